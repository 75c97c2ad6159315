"""Candidates with how well they answer, and those that speak against a drug for this patient."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log

from osler.answering.advising.relative_doses import find_changes
from osler.answering.candidates.aspects import OF_LEAVE
from osler.answering.candidates.barred import is_beyond, with_either_estimate
from osler.answering.candidates.candidate import Candidate
from osler.answering.candidates.forbidden import (
    barred_drugs,
    behind_its_bar,
    has_a_barring_cell,
    may_only_warn,
    only_warns,
)
from osler.answering.candidates.subject import OF_ITS_CLASS, relation
from osler.answering.cues import cues
from osler.answering.judging.barred_cells import is_barred_by_a_cell
from osler.answering.judging.barred_in import (
    is_barred_in,
    is_untold_but_for_its_setting,
    says_that_it_bars,
)
from osler.answering.judging.barred_since import barred_since
from osler.answering.judging.barred_with import barred_with
from osler.answering.judging.exceptions import in_force, is_excepted
from osler.answering.judging.kidney_grades import is_for_worse_kidneys, lowers_for_lesser
from osler.answering.judging.relevance import (
    Relevance,
)
from osler.domain import (
    Applies,
    Combinator,
    Criterion,
    Group,
    Patient,
    Polarity,
    Question,
    StatementKind,
)
from osler.dosage import find_routes
from osler.statements import applies
from osler.statements.beyond import barred_beyond
from osler.statements.groups.allowing import without_allowed
from osler.statements.groups.joining import as_one
from osler.statements.groups.kidneys import is_dialysed, names_dialysis
from osler.statements.groups.reasons_against import reasons_against
from osler.statements.patients.untreated import find_untreated
from osler.statements.tables.barring_cells import barred_people
from osler.statements.vocabulary.analytes import analyte_units
from osler.statements.vocabulary.substances import find_substances
from osler.statements.words.exceptions import exceptions_in

ON_THE_SUBJECT = 0.5  # subject score from which a statement may answer at all
ON_ITS_OWN = 0.75  # subject score from which a statement is on the drug asked about
# Of a patient, by measurement or record; ages alone bar too often in passing.
MEASURED = frozenset({"egfr", "crcl", "creatinine", "weight", "bmi", "gestation", "allergy"})
PREGNANCY = frozenset({"pregnancy", "breastfeeding"})
FERTILE_AGES = range(12, 56)  # years, in which a woman may become pregnant
_BESIDE_A_BAR = 20  # characters from the bar to the route that it bars
_CLAUSES = re.compile(r"[.;]\s")
_ACTS = re.compile(
    r"[.;]\s|,?\s(?:and|but)\s(?=(?:halve|reduce|lower|cut|give|use|take|double|extend)\b)", re.I
)
_SMALLEST = 1e-4
_FILTRATION = frozenset({"egfr", "crcl"})
_AGES = frozenset({"age", "life stage"})
_HAD = frozenset({"never had"})
_NOBODY = Patient()
_AGAINST = frozenset({StatementKind.CONTRAINDICATION})
_WARNS = frozenset({StatementKind.CONTRAINDICATION, StatementKind.CAUTION})


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with how well it answers."""

    candidate: Candidate
    relevance: Relevance
    likelihood: float = 0.0  # that it states something that the answer needs

    @property
    def logit(self) -> float:
        """The likelihood as the logarithm of its odds."""
        chance = min(max(self.likelihood, _SMALLEST), 1 - _SMALLEST)
        return log(chance / (1 - chance))

    @property
    def key(self) -> tuple[float, str]:
        """Best first; ties by statement id, so that order never depends on the library's."""
        return (-self.relevance.score, self.candidate.statement.id)


def bars(scored: Scored, question: Question) -> bool:
    """Whether a statement speaks against the drug for this patient.

    "Stop below 30" for an eGFR of 24 belongs to any answer on the drug, whatever was asked; so
    does "not in the first trimester". It picks the patient out by what is measured, by pregnancy
    or by what the patient has beside the problem; the problem itself may stay unsaid.
    """
    relevance, statement = scored.relevance, scored.candidate.statement
    title = scored.candidate.source.title
    if is_untold_but_for_its_setting(statement.text):
        return False
    if statement.dosages and (has_a_barring_cell(statement) or barred_people(statement)):
        return False  # the cell that bars is a statement of its own
    hangs_on_a_bar = bool(cues().bar.search(scored.candidate.lead_text))
    against = (
        statement.polarity is Polarity.NEGATIVE
        or may_only_warn(scored.candidate)
        or statement.kind in _AGAINST
        or hangs_on_a_bar
        or bool(reasons_against(statement.text))
        or is_barred_in(statement.text, question, title)
    )
    beyond = barred_beyond(statement)
    if not (is_on_the_drug(scored, question) and (against or beyond)):
        return False
    if is_barred_by_a_cell(statement, question):
        return True
    if beyond:
        return is_beyond(beyond, question.patient) is Applies.YES
    if is_for_the_fertile(statement.text, question.patient):
        return True
    if barred_with(scored.candidate, question) or barred_since(scored.candidate, question):
        return True
    if _bars_a_time(statement.text):
        return False
    if _is_for_worse_kidneys(scored, question) and not lowers_for_lesser(statement.text):
        return False
    said = in_force(statement.text, question)
    if not said.strip() or cues().leave.search(said):
        return False  # "may be used down to 30; avoid below"
    if is_barred_in(behind_its_bar(scored.candidate), question, title) or (
        not statement.dosages and _bars_route(statement.text, question.route)
    ):
        return True
    group = statement.group
    any_ = group.combinator is Combinator.ANY
    criteria = (as_one(group.criteria),) if any_ else group.criteria
    told = [
        c
        for c in criteria
        if _tells_one_apart(c, question)
        and _is_said_near(c, scored)
        and (may_only_warn(scored.candidate) or not _is_allowed(c, said))
    ]
    barred = _of_the_bar(told, statement.text)
    patient = with_either_estimate(question.patient)
    judged = [(c, applies(Group((c,)), patient).applies) for c in barred]
    # What is excepted lifts a bar only where it is known to be so.
    fits = {a for c, a in judged if a is not Applies.UNKNOWN or not is_excepted(c, statement.text)}
    left = (c for c in criteria if c not in told and not is_excepted(c, statement.text))
    rest = {c.attribute for c in left if c.value != "adult"}
    return fits == {Applies.YES} and (
        relevance.applicability.applies is Applies.YES or rest <= {"condition"}
    )


# "Do not give before dialysis", "not on dialysis days": when it is not given, to whom it is.
_BY_SESSIONS = re.compile(
    r"\b(?:before|after|during|following|pre|post)[\s-]+(?:(?:each|every|an?|the|session|of)\s+)*"
    r"(?:\w+\s)?\w*dialysis|\bdialysis days?\b|\bdays (?:of|on|without|between) \w*dialysis",
    re.IGNORECASE,
)


def _bars_a_time(text: str) -> bool:
    """Whether all that it bars is a time around dialysis. What is given where an exception holds
    is not barred: "unless on dialysis, when 2 mg/kg is given after dialysis"."""
    clauses = [part for part in _CLAUSES.split(text) if cues().bar.search(part)]
    ends = [next((e.start for e in exceptions_in(c)), len(c)) for c in clauses]
    return bool(clauses) and all(
        _BY_SESSIONS.search(c, 0, end) for c, end in zip(clauses, ends, strict=True)
    )


def _is_for_worse_kidneys(scored: Scored, question: Question) -> bool:
    """Whether it bars for worse kidneys than this patient's, and for nothing else that it lists."""
    statement, patient = scored.candidate.statement, question.patient
    group = statement.group
    listed = group.criteria if group.combinator is Combinator.ANY else ()
    listed += tuple(m for c in group.criteria for m in (c, *c.alternatives) if c.alternatives)
    others = (
        replace(c, alternatives=(), needed=1)
        for c in listed
        if c.attribute not in _FILTRATION and c.value != "renal impairment"
    )
    return is_for_worse_kidneys(statement.text, question) and not any(
        applies(Group((c,)), patient).applies is Applies.YES for c in others
    )


def is_on_the_drug(scored: Scored, question: Question) -> bool:
    """Whether what bars is on the drug: on it alone, or on its class by the nearest words that
    name any."""
    candidate, subject = scored.candidate, scored.relevance.subject
    drugs = [t.name for t in question.terms if t.kind == "substance"]
    if find_untreated(candidate.statement.text):
        # "No fentanyl in opioid-naive patients" is not on opioids.
        barred = barred_drugs(candidate)
        if barred and not any(relation(d, b) or relation(b, d) for d in drugs for b in barred):
            return False
    if subject >= ON_ITS_OWN or subject < ON_THE_SUBJECT:
        return subject >= ON_ITS_OWN
    nearest = candidate.nearest_substances
    return any(relation(drug, name) == OF_ITS_CLASS for drug in drugs for name in nearest)


def _bars_route(text: str, route: str | None) -> bool:
    """Whether a clause bars the route that is asked about: "do not give intramuscularly"."""
    if route is None:
        return False
    for clause in _CLAUSES.split(text):
        bar = cues().bar.search(clause)
        if bar and not find_substances(clause[bar.end() :]):
            routes = (f for f in find_routes(clause) if f.value == route and f.start >= bar.end())
            return any(f.start - bar.end() <= _BESIDE_A_BAR for f in routes)
    return False


def _tells_one_apart(criterion: Criterion, question: Question) -> bool:
    """Whether a criterion tells the patient apart, or one of several that bar alike does."""
    alike = criterion.alternatives if criterion.needed == 1 else ()
    return any(_tells_apart(c, question) for c in (criterion, *alike))


def _is_said_near(criterion: Criterion, scored: Scored) -> bool:
    """Whether its own words, its lead-in or the heading right above name a condition: what a title
    is on ("Leflunomide for psoriatic arthritis") is treated, and bars nothing."""
    if criterion.attribute != "condition":
        return True
    candidate = scored.candidate
    near = (
        candidate.statement.text,
        candidate.lead_text,
        *(c.quote for c in candidate.headings[-1:]),
    )
    members = (criterion, *criterion.alternatives)
    return any(member.text.lower() in text.lower() for member in members for text in near)


def _is_allowed(criterion: Criterion, text: str) -> bool:
    """Whether a text names it only where it allows: "never in shock; with caution in gout"."""
    words = criterion.text.lower()
    return words in text.lower() and words not in without_allowed(text).lower()


def _tells_apart(criterion: Criterion, question: Question) -> bool:
    beside = criterion.attribute == "condition" and criterion.value in question.background
    # "On haemodialysis: do not use"; nothing is given to treat the dialysis itself.
    beside |= names_dialysis(criterion) and is_dialysed(question.patient)
    if criterion.attribute in _AGES and criterion.value != "adult":
        # Whether a child may have it is asked: "not recommended for children".
        is_of_it = applies(Group((criterion,)), question.patient).applies is Applies.YES
        return is_of_it and bool(OF_LEAVE & set(question.aspects))
    if criterion.attribute in _FILTRATION and criterion.high is None:
        return False  # no kidney is too good
    if criterion.attribute == "condition" and not criterion.negated:
        # "Poor kidney function" is measured too: by an eGFR of 20.
        its_values = replace(_NOBODY, egfr=question.patient.egfr, crcl=question.patient.crcl)
        beside |= applies(Group((criterion,)), its_values).applies is Applies.YES
    return beside or criterion.attribute in measured() | PREGNANCY | _HAD


def _of_the_bar(criteria: list[Criterion], text: str) -> list[Criterion]:
    """Of several bands of one measure, those that the bar itself is for.

    "Below 30: avoid. 30–60: lower the dose" bars below 30, as does "stop below 30 and halve it
    from 30 to 60".
    """
    clauses = [part for part in _ACTS.split(text) if cues().bar.search(part)]
    if not clauses:
        return criteria
    told = (m for c in criteria for m in (replace(c, alternatives=()), *c.alternatives))
    members = list(dict.fromkeys(told))
    several = {m.attribute for m in members if m.attribute in _FILTRATION | {"weight", "age"}}
    several = {a for a in several if sum(m.attribute == a for m in members) > 1}
    others = [c for c in criteria if c.attribute not in several]
    bands = [m for m in members if m.attribute in several]
    return others + [m for m in bands if any(m.text in clause for clause in clauses)]


def is_for_the_fertile(text: str, patient: Patient) -> bool:
    """Whether it is about women who may become pregnant, and the patient may be one."""
    age = patient.age_years
    fertile = patient.sex == "female" and age is not None and int(age) in FERTILE_AGES
    return fertile and cues().childbearing.search(text) is not None


def adjusts(scored: Scored, question: Question) -> bool:
    """Whether it changes a dose because of what this patient has or takes.

    "Halve it below 30", by a measure; "amiodarone: halve the digoxin dose", by another drug.
    """
    relevance, statement, patient = scored.relevance, scored.candidate.statement, question.patient
    fit = relevance.applicability.applies
    if relevance.subject < ON_ITS_OWN or not any(find_changes(statement.text)):
        return False
    taken = {*patient.drugs, *(t.name for t in question.terms if t.kind == "co-drug")}
    beside = taken - {t.name for t in question.terms if t.kind == "substance"}
    if fit is not Applies.NO and beside & set(scored.candidate.own_substances):
        return True
    told = [c for c in statement.group.criteria if c.attribute in measured() | {"drug"}]
    met = any(applies(Group((c,)), patient).applies is Applies.YES for c in told)
    return fit is Applies.YES and met


def cautions_beside(leave: Iterable[Scored], others: Iterable[Scored]) -> list[Scored]:
    """What the sentence after one of leave warns of: "No change in renal impairment. The risk
    rises below 30 mL/min." """
    ends = {
        (s.candidate.source.id, s.candidate.statement.end)
        for s in leave
        if cues().leave.search(s.candidate.statement.text)
    }
    return [
        s
        for s in others
        if s.candidate.statement.kind in _WARNS
        and any(
            (s.candidate.source.id, s.candidate.statement.start - gap) in ends for gap in (1, 2)
        )
    ]


def rules_out(scored: Scored, question: Question) -> bool:
    """Whether what speaks against a drug rules it out, and does not only lower or delay it."""
    candidate = scored.candidate
    text = candidate.statement.text
    if only_warns(candidate):
        return False
    if _is_for_worse_kidneys(scored, question) and not barred_with(candidate, question):
        return False
    if any(cues().bar.search(t) for t in (text, candidate.lead_text)):
        return True
    return says_that_it_bars(text) and not _may_be_excepted(text, question.patient)


def _may_be_excepted(text: str, patient: Patient) -> bool:
    """Whether it is said of women who may become pregnant, with an exception, of one who is not
    said to be pregnant or to plan it."""
    is_not_told = patient.pregnancy in (None, "not pregnant")
    return is_not_told and is_for_the_fertile(text, patient) and bool(exceptions_in(text))


def measures(scored: Scored) -> frozenset[str]:
    """The measured things by which a statement picks out its patients."""
    return measured() & scored.relevance.group.attributes


def measured() -> frozenset[str]:
    """The attributes of patients that are measured or on record, laboratory values included."""
    return MEASURED | analyte_units().keys()


def is_for_those(scored: Scored, barred: Scored) -> bool:
    """Whether a dose is for the very patients that a bar is about ("pregnant: 5 mg")."""
    theirs, its = barred.candidate.statement.group, scored.relevance.group
    by = (measured() | PREGNANCY) & theirs.attributes
    fits = scored.relevance.applicability.applies is Applies.YES
    return fits and bool(by) and by <= its.attributes
