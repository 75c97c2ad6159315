"""Dates and times as far as they are known: "1956", "1956-03", a day, a moment."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from osler.pathways.fhirpath.errors import ExpressionError
from osler.pathways.quantities import Quantity

_FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
    r"(?:T(?:(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d(?:\.\d+)?))?)?"
    r"(?P<zone>Z|[+-]\d\d:\d\d)?)?)?"
)
_LONGEST = 64  # characters; digits of a second beyond that are nobody's
_CLOCK = re.compile(r"(?P<hour>\d\d)(?::(?P<minute>\d\d)(?::(?P<second>\d\d(?:\.\d+)?))?)?")
_UNITS: dict[str, tuple[str, int | Decimal]] = {
    "year": ("months", 12), "years": ("months", 12), "month": ("months", 1),
    "months": ("months", 1), "week": ("days", 7), "weeks": ("days", 7), "wk": ("days", 7),
    "day": ("days", 1), "days": ("days", 1), "d": ("days", 1), "hour": ("seconds", 3600),
    "hours": ("seconds", 3600), "h": ("seconds", 3600), "minute": ("seconds", 60),
    "minutes": ("seconds", 60), "min": ("seconds", 60), "second": ("seconds", 1),
    "seconds": ("seconds", 1), "s": ("seconds", 1), "millisecond": ("seconds", Decimal("0.001")),
    "milliseconds": ("seconds", Decimal("0.001")), "ms": ("seconds", Decimal("0.001")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, date and time, or time of day, with the text it was read from.

    `parts` are year, month, day, hour, minute and second as far as given (of a time of day, from
    the hour on); `offset` is minutes east of Greenwich, None where no zone was given.
    """

    text: str
    parts: tuple[int | Decimal, ...]
    offset: int | None = None
    clock: bool = False

    @classmethod
    def read(cls, text: str, *, clock: bool = False) -> Moment | None:
        """From FHIR's or FHIRPath's form (without "@"); None where it is none."""
        return _read(text, clock) if len(text) <= _LONGEST else None

    @classmethod
    def literal(cls, text: str) -> Moment:
        """From a literal of FHIRPath, with its "@".

        Raises `ExpressionError` for a day that the calendar does not have.
        """
        clock = text.startswith("@T")
        moment = cls.read(text[2:] if clock else text[1:], clock=clock)
        if moment is None:
            raise ExpressionError(f"{text} is no date or time")
        return moment

    def compare(self, other: Moment) -> int | None:
        """-1, 0 or 1; None where one is not known far enough to tell."""
        if self.clock != other.clock:
            raise ExpressionError(f"cannot compare {self.text} with {other.text}")
        a, b = self.parts, other.parts
        if len(a) > 3 and len(b) > 3 and not self.clock and self.offset != other.offset:
            a, b = self._utc(), other._utc()
        for x, y in zip(a, b, strict=False):
            if x != y:
                return -1 if x < y else 1
        return 0 if len(a) == len(b) else None

    @property
    def key(self) -> tuple[bool, tuple[int | Decimal, ...]]:
        """The same for two moments exactly where they compare as equal."""
        later = len(self.parts) > 3 and not self.clock
        return self.clock, self._utc() if later else self.parts

    @property
    def sortable(self) -> str:
        """A text that sorts as the moments do, in universal time where a zone is known."""
        parts = self._utc() if len(self.parts) > 3 and not self.clock else self.parts
        return "-".join(f"{part:08.3f}" if part % 1 else f"{int(part):04d}" for part in parts)

    def plus(self, quantity: Quantity, sign: int = 1) -> Moment:
        """This moment and a duration in calendar units; as far known as before.

        The 29th of February and a year is the 28th. Raises `ExpressionError` for a unit that is
        no duration of the calendar, and for what lies outside of the years 1 to 9999.
        """
        found = _UNITS.get(quantity.unit)
        if found is None or self.clock or quantity.comparator:
            raise ExpressionError(
                f"cannot add {quantity} to {self.text}: write years, months, weeks, days, hours, "
                "minutes or seconds without quotes"
            )
        kind, factor = found
        amount = Decimal(sign) * Decimal(factor) * Decimal(quantity.value)
        known = len(self.parts)
        if known < 3 and kind != "months":
            amount = amount / (86400 if kind == "seconds" else 1) / 30
            kind = "months"
        elif known == 3 and kind == "seconds":
            amount, kind = amount / 86400, "days"
        if kind != "seconds":
            amount = Decimal(int(amount))
        if known == 1:
            amount = Decimal(int(amount / 12) * 12)
        try:
            return self._moved(kind, amount)
        except (OverflowError, ValueError):
            raise ExpressionError(f"{self.text} and {quantity} is no year of ours") from None

    def _moved(self, kind: str, amount: Decimal) -> Moment:
        year, month, day = (*(int(p) for p in self.parts[:3]), 1, 1)[:3]
        if kind == "months":
            year, month = divmod(year * 12 + month - 1 + int(amount), 12)
            month += 1
            day = min(day, monthrange(year, month)[1])
        moved = datetime(year, month, day)
        rest = self.parts[3:]
        if kind == "days":
            moved += timedelta(days=int(amount))
        elif kind == "seconds":
            hour, minute, second = (*rest, 0, 0)[:3]
            seconds = int(hour) * 3600 + int(minute) * 60 + Decimal(second) + amount
            days, within = seconds // 86400, seconds % 86400
            if within < 0:
                days, within = days - 1, within + 86400
            moved += timedelta(days=int(days))
            clock = (int(within // 3600), int(within % 3600 // 60), within % 60)
            rest = clock[: len(rest)]
        return _from_parts((moved.year, moved.month, moved.day, *rest)[: len(self.parts)], self)

    def _possible(self) -> bool:
        clock = self.parts if self.clock else self.parts[3:]
        if any(p >= limit for p, limit in zip(clock, (24, 60, 61), strict=False)):
            return False
        if self.clock:
            return True
        year, month, day = (*self.parts[:3], 1, 1)[:3]
        try:
            datetime(int(year), int(month), int(day))
        except ValueError:
            return False
        return True

    def _utc(self) -> tuple[int | Decimal, ...]:
        if not self.offset:
            return self.parts
        year, month, day, hour, minute = (*(int(p) for p in self.parts[:5]), 0)[:5]
        try:
            moved = datetime(year, month, day, hour, minute) - timedelta(minutes=self.offset)
        except OverflowError:
            return self.parts
        shifted = (moved.year, moved.month, moved.day, moved.hour, moved.minute)
        return (*shifted, *self.parts[5:])[: len(self.parts)]


@lru_cache(maxsize=4096)
def _read(text: str, clock: bool) -> Moment | None:
    """The moment of a text: the dates of a record are compared many times over."""
    found = (_CLOCK if clock else _FORM).fullmatch(text)
    if found is None:
        return None
    names = ("hour", "minute", "second") if clock else _NAMES
    parts: list[int | Decimal] = []
    for name in names:
        if found[name] is None:
            break
        parts.append(Decimal(found[name]) if name == "second" else int(found[name]))
    offset = None if clock else _offset(found["zone"])
    moment = Moment(text, tuple(parts), offset, clock)
    return moment if moment._possible() else None


_NAMES = ("year", "month", "day", "hour", "minute", "second")


def today_of(now: datetime) -> Moment:
    """The day of a moment."""
    return _from_parts((now.year, now.month, now.day), None)


def moment_of(now: datetime) -> Moment:
    """A moment of Python's; without a zone it is taken for UTC."""
    aware = now if now.tzinfo else now.replace(tzinfo=UTC)
    text = aware.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    found = Moment.read(text)
    if found is None:
        raise ExpressionError(f"{text} is no date or time")
    return found


def _offset(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


def _from_parts(parts: tuple[int | Decimal, ...], like: Moment | None) -> Moment:
    text = f"{int(parts[0]):04d}" + "".join(f"-{int(p):02d}" for p in parts[1:3])
    clock = parts[3:]
    if clock:
        text += "T" + ":".join(f"{int(p):02d}" for p in clock[:2])
        if len(clock) > 2:
            whole, dot, fraction = f"{clock[2]:f}".partition(".")
            text += f":{int(whole):02d}{dot}{fraction}"
        if like is not None and (zone := re.search(r"(Z|[+-]\d\d:\d\d)$", like.text[10:])):
            text += zone[0]
    return Moment(text, parts, like.offset if like is not None else None)
