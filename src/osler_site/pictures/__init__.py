"""The pictures of an answer and of a pathway: what each source doses, when, and why."""

from osler_site.pictures.checks import Check
from osler_site.pictures.flow import Flow, FlowStep, Way
from osler_site.pictures.regimens import Mark, Regimens, regimens
from osler_site.pictures.schedule import Courses, Schedule, Step, schedule
from osler_site.pictures.svg import Drawn, Picture, drawn, to_svg
from osler_site.pictures.table import Row, Table

__all__ = [
    "Check",
    "Courses",
    "Drawn",
    "Flow",
    "FlowStep",
    "Mark",
    "Picture",
    "Regimens",
    "Row",
    "Schedule",
    "Step",
    "Table",
    "Way",
    "drawn",
    "regimens",
    "schedule",
    "to_svg",
]
