"""More than, at most, up to: the comparators that stand before or after a number."""

from __future__ import annotations

BEFORE: dict[tuple[str, ...], str] = {
    tuple(words.split()): sign
    for sign, phrases in {
        "<": "<|less than|below|under|lower than|fewer than|younger than|smaller than|shorter than",
        "<=": "≤|<=|at most|up to|not more than|no more than|not exceeding|not to exceed|"
        "should not exceed|must not exceed|do not exceed|does not exceed|not exceed|maximum of|"
        "a maximum of|maximum|max|max of|not above|not over|not greater than|no greater than|"
        "no longer than|not longer than|maximum dose|maximum dose of|upper limit of|"
        "maximum daily dose of|maximum dose is|maximum is|limit of|ceiling of|"
        "not be above|not be more than|not go above|less than or equal to|"
        "should not be more than|must not be more than|no later than|not later than|limited to|"
        "restricted to|capped at|as much as|as many as|as high as|no faster than|"
        "not faster than|no larger than|not larger than|limit of|a limit of|to a limit of|"
        "a ceiling of|to a ceiling of|the ceiling is|to a total of|up to a total of",
        ">": ">|more than|above|over|greater than|higher than|older than|longer than|exceeding|"
        "exceeds|exceed|larger than|in excess of|beyond",
        ">=": "≥|>=|at least|not less than|no less than|minimum of|a minimum of|minimum|min of|"
        "not below|not under|not be below|not go below|not fewer than|no fewer than|"
        "a minimum|should not be below|must not be below|not be less than|"
        "greater than or equal to|more than or equal to|equal to or greater than|"
        "equal to or more than|no sooner than|not sooner than|no earlier than|not earlier than|not before",
        "~": "~|≈|about|approximately|around|roughly|circa|some|approx|nearly|almost",
    }.items()
    for words in phrases.split("|")
}
AFTER: dict[tuple[str, ...], str] = {
    tuple(words.split()): sign
    for sign, phrases in {
        ">=": "or more|or above|or over|and above|and over|or greater|or higher|or older|"
        "and older|or longer|or later|+|and more|or up|and up|minimum|upwards|or at least|at the least|at least|as the minimum|as a minimum",
        "<=": "or less|or below|or under|and below|and under|or fewer|or younger|or lower|"
        "and younger|or shorter|maximum|max|at most|or earlier|or sooner|as the upper limit|as an upper limit|as the maximum|as a maximum|"
        "as the limit|as the ceiling|at the most|at the outside",
    }.items()
    for words in phrases.split("|")
}
LONGEST = max(len(words) for words in (*BEFORE, *AFTER))

FIRST_WORDS = frozenset(words[0] for words in BEFORE)
SIGNS = {"<": "-", "<=": "≤", ">": "+", ">=": "≥"}
FLIPPED = {"<": ">=", ">": "<="}
# Between a negation and the comparator that it turns: "should not be raised by more than".
TURNED_OVER = frozenset(
    "be been being go goes going come up down rise rises risen rising raise raised increase "
    "increased fall fallen drop reduce reduced lower lowered allowed allow let to by dose dosed "
    "doses the at a it exceed exceeding reach last".split()
)
# "Do not give more than 4 g", but "not given above 38 °C" says when.
TURNED_BY_COUNT = TURNED_OVER | frozenset(
    "use used give given take taken receive have for continue continued inject injected infuse "
    "infused drink".split()
)
COUNTING = frozenset(("more", "less", "longer", "fewer", "greater", "larger"))
