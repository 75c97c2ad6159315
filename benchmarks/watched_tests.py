"""A plugin of pytest: which conditions of the answering engine never act in the tests that are run.

    PYTHONPATH=benchmarks python -m pytest -p watched_tests -n 0 tests/answering

At the end it lists them, as `ablation.py --never` does for questions.
"""

from __future__ import annotations

from ablation_rules import SEEN, forget, never_acting, watched

_watch = watched()


def pytest_configure() -> None:
    """Watch from the first test on."""
    _watch.__enter__()
    forget()


def pytest_unconfigure() -> None:
    """List what never acted."""
    _watch.__exit__(None, None, None)
    for (module, function, _), words in never_acting(SEEN):
        print(f"{module}.{function}", words, sep="\t")
