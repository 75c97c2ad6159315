"""The pictures of an answer: what each source doses, and when."""

from osler_site.pictures.checks import Check
from osler_site.pictures.regimens import Mark, Regimens, regimens
from osler_site.pictures.schedule import Schedule, Step, schedule
from osler_site.pictures.svg import Drawn, drawn, to_svg
from osler_site.pictures.table import Row, Table

__all__ = [
    "Check",
    "Drawn",
    "Mark",
    "Regimens",
    "Row",
    "Schedule",
    "Step",
    "Table",
    "drawn",
    "regimens",
    "schedule",
    "to_svg",
]
