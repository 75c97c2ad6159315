"""Osler: a self-hosted clinical evidence engine. Every sentence it shows is cited and checked."""

import os

# A question's product with the vectors is done in a millisecond. Threads of numpy's that wait for
# the next one only take the cores from other questions. numpy reads this when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
