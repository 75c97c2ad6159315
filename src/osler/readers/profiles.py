"""What each kind of reader is given: which words, which order, how much. Data, not code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from osler.domain import Audience

GROUP = "group"  # the topic of a section that is titled by whom it is for


@dataclass(frozen=True, slots=True)
class Gathered:
    """Lines of one topic, taken together from every section."""

    topic: str
    title: str
    cue: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of reader.

    `words` is "composed", "in full" or "plain"; `first` is the order of topics, empty where
    sections stay as they are; `most` bounds the lines without a dose of a topic's section, and
    `hardest` is the school grade above which such a line is left to other readers.
    """

    words: str
    split: bool = False
    first: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    hardest: float | None = None
    gathers: tuple[Gathered, ...] = ()

    def place(self, topic: str) -> int:
        """Where a topic stands; what is not named stands last."""
        return self.first.index(topic) if topic in self.first else len(self.first)


def profile_of(audience: Audience) -> Profile:
    """The profile of a kind of reader."""
    return _profiles()[0][audience.value]


def topic_of(title: str) -> str:
    """The topic of a section, by the title that answering gave it."""
    return _profiles()[1].get(title, GROUP)


def titles() -> tuple[str, ...]:
    """Every title that a section may have by its topic, for whoever translates them."""
    profiles, topics = _profiles()
    own = [title for profile in profiles.values() for title in profile.titles.values()]
    gathered = [each.title for profile in profiles.values() for each in profile.gathers]
    return tuple(dict.fromkeys((*topics, *own, *gathered)))


@cache
def _profiles() -> tuple[Mapping[str, Profile], Mapping[str, str]]:
    path = Path(__file__).with_name("data") / "audiences.toml"
    data = tomllib.loads(path.read_text("utf-8"))
    gathered = {
        topic: Gathered(topic, each["title"], re.compile(each["cue"], re.IGNORECASE))
        for topic, each in data["gathered"].items()
    }
    profiles = {
        name: Profile(
            words=each["words"],
            split=each.get("split", False),
            first=tuple(each.get("first", ())),
            titles=each.get("titles", {}),
            most=each.get("most", {}),
            hardest=each.get("hardest"),
            gathers=tuple(gathered[topic] for topic in each.get("gathers", ())),
        )
        for name, each in data["readers"].items()
    }
    return profiles, data["topics"]
