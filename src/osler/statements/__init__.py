"""A document's text as atomic statements, and who each is about."""

from osler.statements.extraction import extract, statement_id
from osler.statements.groups.applicability import applies, open_criteria
from osler.statements.groups.reading import read_group
from osler.statements.patients.reading import read_patient
from osler.statements.sentences.splitting import sentence_spans
from osler.statements.tables.rows import Cell, cells
from osler.statements.vocabulary.conditions import find_conditions
from osler.statements.vocabulary.substances import find_substances

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
