"""The collector of cyclic garbage, put off while an answer is made.

A library remembers hundreds of thousands of objects, and a full collection looks at every one of
them: half a second in the middle of a question, to find nothing, since an answer leaves hardly
any cycles behind.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the collector off until the block ends; leave it off where it was off before.

    It is one switch for the whole process: where threads overlap, the first that ends turns it
    on again for all, and none leaves it off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
