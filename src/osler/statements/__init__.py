"""A document's text as atomic statements, and who each is about."""

from osler.statements.applicability import applies, open_criteria
from osler.statements.conditions import find_conditions
from osler.statements.extraction import extract, statement_id
from osler.statements.groups import read_group
from osler.statements.patients import read_patient
from osler.statements.rows import Cell, cells
from osler.statements.sentences import sentence_spans
from osler.statements.substances import find_substances

__all__ = [
    "Cell",
    "applies",
    "cells",
    "extract",
    "find_conditions",
    "find_substances",
    "open_criteria",
    "read_group",
    "read_patient",
    "sentence_spans",
    "statement_id",
]
