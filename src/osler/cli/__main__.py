"""`python -m osler.cli` is `osler`."""

from osler.cli import main

if __name__ == "__main__":
    main()
