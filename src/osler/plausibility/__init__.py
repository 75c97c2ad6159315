"""Is a stated dose plausible? Held against the register, what else is said, and itself.

    reasons(statement, others)

It reads nothing but a packaged table and what it is given; `osler.library` keeps the doses of
all statements and what persons have decided.
"""

from osler.plausibility.contradictions import contradictions, downwards
from osler.plausibility.doses import Dose, doses_of
from osler.plausibility.judging import judge
from osler.plausibility.lost_units import lost_unit
from osler.plausibility.reasons import reasons
from osler.plausibility.register import Registered, registered

__all__ = [
    "Dose",
    "Registered",
    "contradictions",
    "doses_of",
    "downwards",
    "judge",
    "lost_unit",
    "reasons",
    "registered",
]
