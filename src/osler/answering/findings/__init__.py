"""What a trial report found: the statements that say it, and which way the outcome went."""

from osler.answering.findings.asking import read_comparison
from osler.answering.findings.finding import find
from osler.answering.findings.model import Comparison, Direction, Finding
from osler.answering.findings.report import Report

__all__ = ["Comparison", "Direction", "Finding", "Report", "find", "read_comparison"]
