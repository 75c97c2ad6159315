"""One question after another: what a short question takes from those before it."""

from osler.threads.follow import follow
from osler.threads.serialise import to_json
from osler.threads.thread import Resolved, Thread, Turn

__all__ = ["Resolved", "Thread", "Turn", "follow", "to_json"]
