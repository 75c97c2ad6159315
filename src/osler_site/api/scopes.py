"""What a token may be good for."""

from enum import StrEnum


class Scope(StrEnum):
    """A kind of use."""

    ASK = "ask"
    SEARCH = "search"
    READ = "read"
    FEEDBACK = "feedback"
    ADMIN = "admin"
