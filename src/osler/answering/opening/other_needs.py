"""Doses for another need than the one asked about: a missed dose, an emergency, prevention."""

from __future__ import annotations

import re
from collections.abc import Sequence

from osler.answering.candidates.aspects import phases_of
from osler.answering.candidates.candidate import terms_of
from osler.answering.candidates.rows import phases_named
from osler.answering.candidates.subject import best_relation
from osler.answering.composing.compose import Composed
from osler.answering.disagreeing.sides import treated
from osler.answering.judging.sources_on_it import is_of_procedures
from osler.answering.opening.its_kin import nearest_conditions
from osler.answering.understanding.emergencies import EMERGENCY
from osler.answering.understanding.question_scope import facets_of
from osler.domain import Applies, Aspect, BlockKind, Phase, Question, Term
from osler.dosage import parse_dosages
from osler.statements.sentences.cues import phase_of
from osler.statements.vocabulary.conditions import is_a


def phases_shown(item: Composed) -> frozenset[Phase]:
    """The phases of its doses; of a row, those of the columns that the claim keeps."""
    stated = phases_of(item.scored.candidate)
    if item.scored.candidate.statement.block is not BlockKind.ROW:
        return stated
    parts = re.split(r"[:;]\s", item.claim.text)
    kept = {phase for part in parts for phase in phases_named(part.strip())}
    # "Treatment" stands before "Prophylaxis": the row as a whole is of no phase, this part is.
    return stated & kept if stated else frozenset(kept & {Phase.PROPHYLAXIS})


def needs_shown(item: Composed) -> frozenset[Phase]:
    """The phases of its doses but for their ceilings; prevention where the lead-in tells of it."""
    stated = phases_shown(item) - {Phase.MAXIMUM}
    if not stated and phase_of(item.scored.candidate.lead_text) is Phase.PROPHYLAXIS:
        return frozenset({Phase.PROPHYLAXIS})
    return stated


def is_for_another_need(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether its doses are for a need that nobody asked about: a missed dose, the contacts of
    the ill, prevention where the illness is there, another dose that is switched from."""
    return bool(item.claim.dosages) and (
        _is_for_a_missed_dose(item, question)
        or _is_for_contacts(item, all_, question)
        or _prevents_instead(item, all_, question)
        or _is_not_around_it(item, all_, question)
        or _is_for_the_emergency(item, all_, question)
        or _is_beside_the_other_drug(item, all_, question)
        or _is_switched_from_another_dose(item, all_, question)
        or _is_a_row_less_to_the_point(item, all_, question)
        or _is_a_row_for_another_use(item, all_, question)
    )


_DOSES = r"(?:doses?|tablets?|pills?|capsules?|injections?|patch(?:es)?)"
# That a dose was missed, or who misses one. "Omit the loading dose and give 200 mg" is an order.
_WHO_MISSES = (
    r"(?:(?:if|when(?:ever)?|should)\s(?:(?:an?|the|your)\s)?(?:you|he|she|they|patients?|"
    r"child(?:ren)?|someone|somebody|anyone|anybody|people|wom[ae]n|m[ae]n)|who|has|have|had)\s(?:\w+ly\s)?"
)
_MISSED = re.compile(
    rf"(?<!not )\b(?:missed|forgotten|forgot|missing|forgetting)\s(?:[\w-]+\s){{0,3}}{_DOSES}\b|"
    rf"\b{_WHO_MISSES}(?:miss|forg[eo]t|omit|skip)\w*\s(?:[\w-]+\s){{0,3}}{_DOSES}\b|"
    rf"(?<!no )\b{_DOSES}\s(?:(?:is|are|was|were|has been|have been)\s)?(?:missed|forgotten)\b|"
    rf"\b(?:if|when(?:ever)?|where)\s(?:[\w-]+\s){{0,4}}{_DOSES}\s"
    r"(?:is|are|was|were|has been|have been)\s(?:omitted|skipped)\b",
    re.IGNORECASE,
)
_ASKS_MISSED = re.compile(
    r"\b(?:miss\w*|forg[eo]t\w*|omit\w*|skip\w*|overdue|late|vomit\w*|lapsed?|restart\w*|"
    r"ran out|since (?:\w+ )?last|last (?:\w+ )?(?:dose|jab|injection|tablet))\b",
    re.IGNORECASE,
)


def _is_for_the_emergency(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether it stands under an emergency, a plain illness is asked about, and another line of
    the drug stands under no emergency: of epilepsy, what stops status epilepticus."""
    wanted = treated(question)
    if not wanted or any(map(EMERGENCY.search, wanted)) or not _is_of_an_emergency(item, wanted):
        return False
    return any(
        _doses_the_same(other, item) and not _is_of_an_emergency(other, wanted) for other in all_
    )


def _is_of_an_emergency(item: Composed, wanted: frozenset[str]) -> bool:
    """Whether what stands nearest is an emergency, and no kind of what is asked about: who fits
    may be in status epilepticus."""
    near = nearest_conditions(item.scored.candidate)
    urgent = [name for name in near if _STATE.search(name)]
    return bool(urgent) and not any(is_a(name, w) for name in near for w in wanted)


_STATE = re.compile(r"\b(?:status|crisis|storm|coma|emergency|ketoacidosis|hyperosmolar)\b")


def _is_beside_the_other_drug(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether it is asked how a drug goes with another, which another line of it names and this
    one does not: of folic acid with methotrexate, what is taken before conception."""
    beside = tuple(
        t
        for t in question.terms
        if t.kind == "co-drug"
        and re.search(rf"\bwith {re.escape(t.text)}\b", question.text, re.IGNORECASE)
    )
    if not beside or treated(question) or _names_any(item, beside):
        return False
    return any(_names_any(other, beside) and _doses_the_same(other, item) for other in all_)


def _names_any(item: Composed, drugs: tuple[Term, ...]) -> bool:
    candidate = item.scored.candidate
    named = (
        *candidate.own_substances,
        *candidate.lead_substances,
        *candidate.heading_substances,
        *candidate.title_substances,
    )
    return best_relation(drugs, named) > 0


_DISCOURAGED = re.compile(
    r"\b(?:discouraged|(?:advised|recommended) against|not (?:recommended|advised|advisable)|"
    r"inadvisable|(?:should|must) (?:not|never) be (?:used|given|exceeded))\b",
    re.IGNORECASE,
)


def only_discourages(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether each clause that holds an amount advises against it, and another line says what to
    give: "more than 30 mg is advised against". Where a limit is asked for, it tells one."""
    limits = Phase.MAXIMUM in question.phases or question.yes_no
    if limits or not item.claim.dosages or not _DISCOURAGED.search(item.claim.text):
        return False
    clauses = [m.span() for m in re.finditer(r"(?:[^;,.:]|[,.:](?=\d))+", item.claim.text)]
    return all(
        any(a <= d.start < b and _DISCOURAGED.search(item.claim.text, a, b) for a, b in clauses)
        for d in item.claim.dosages
    ) and any(other is not item and _doses_the_same(other, item) for other in all_)


def _is_for_a_missed_dose(item: Composed, question: Question) -> bool:
    """Whether it tells what to take when a dose was missed, and no dose before that."""
    if _ASKS_MISSED.search(question.text):
        return False
    found = _MISSED.search(item.claim.text)
    return found is not None and all(d.start > found.start() for d in item.claim.dosages)


def tells_of_a_missed_dose(text: str) -> bool:
    """Whether a text speaks of a dose that was not taken in time."""
    return _MISSED.search(text) is not None


_CONTACT = re.compile(
    r"(?:^|[:;.]\s+)(?:(?:close|household|family|adult|child)\s+)*contacts?\b(?!\s+(?:dermatitis|lens))",
    re.IGNORECASE,
)
_NOT_YET_ILL = re.compile(
    r"\b(?:contacts?|expos\w+|household|lives with|prevent\w*|prophyla\w*|travel\w*|before|cover|"
    r"carriers?|carriage|history of|previous\w*|recurren\w*|avoid|risk)\b",
    re.IGNORECASE,
)


# Another person who may be the one that is ill, or that the one who asks is well.
_BESIDE_THE_ILL = re.compile(
    r"\b(?:(?:house|flat|room|class|team|school|work|play)-?\s?mates?|husband|wife|spouse|partner|"
    r"(?:boy|girl)?friends?|brother|sister|siblings?|twin|cousin|aunt|uncle|niece|nephew|"
    r"(?:grand)?(?:son|daughter|mother|father|parents?|child(?=ren of\b))|mum|mom|dad|family|"
    r"relatives?|neighbou?rs?|colleagues?|co-?workers?|nurses?|staff|carers?|teachers?|"
    r"someone else|"
    r"my (?:own )?(?:baby|child|kid|boy|girl)|"
    r"(?:of|to|by|near|beside|from|nurs\w+|kiss\w+|shar\w+ with) (?:an?|the) (?:index )?"
    r"(?:patient|case)|"
    r"(?:am|is|are|feel\w*|remains?|keeps?|'m|'s) (?:(?:still|quite|very|perfectly|otherwise) )?"
    r"(?:well|healthy|fine|unaffected|symptom-?free)|(?:no|without|free of) (?:any )?symptoms|"
    r"asymptomatic|not (?:ill|sick|unwell))\b",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"\b(?:has|have|with|got|suffer\w*|diagnosed|admitted|develop(?:s|ed)|present\w*|ill|unwell|"
    r"septic|symptoms)\b",
    re.IGNORECASE,
)


def may_be_well(question: Question) -> bool:
    """Whether a question asks to prevent an illness, or for somebody who may not have it yet."""
    return Phase.PROPHYLAXIS in question.phases or _NOT_YET_ILL.search(question.text) is not None


def _may_be_a_contact(question: Question) -> bool:
    """Whether the illness may be that of somebody near the patient: "my housemate has it"."""
    return _BESIDE_THE_ILL.search(question.text) is not None


def _has_the_illness(question: Question) -> bool:
    """Whether the question shows that the patient has the illness, and does not only fear it."""
    if may_be_well(question):
        return False
    told = _is_ill(question) or _HAS.search(question.text) is not None
    return told and not _may_be_a_contact(question)


def _is_for_contacts(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether it doses the contacts of the ill, and another line who has the illness, which the
    question shows that the patient has."""
    return (_names_contacts(item) and _has_the_illness(question)) and any(
        not _names_contacts(other) and _doses_the_same(other, item) for other in all_
    )


def _names_contacts(item: Composed) -> bool:
    found = _CONTACT.search(item.claim.text)
    return found is not None and all(d.start > found.start() for d in item.claim.dosages)


_ATTACK = re.compile(r"\b(?:acute|attacks?|flares?|exacerbations?|relapses?)\b", re.IGNORECASE)
_TREATMENT = re.compile(r"\btreatment (?:doses?|dosing|course)\b|\bto treat\b", re.IGNORECASE)
_SEVERITY = r"\b(?:mild|moderate|severe|acute|active|confirmed|proven|established)\b[^.;?]{0,25}"


def _prevents_instead(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether it is for prevention, where the illness is said to be there and another line of
    the drug treats it: "450 mg every second day", of those who have no disease yet."""
    if may_be_well(question):
        return False
    candidate = item.scored.candidate
    of_this = needs_shown(item)
    if of_this == {Phase.MAINTENANCE} and not question.phases and _ATTACK.search(question.text):
        return any(
            not phases_shown(other) & {Phase.MAINTENANCE, Phase.PROPHYLAXIS}
            and _doses_the_same(other, item)
            for other in all_
        )
    if of_this != {Phase.PROPHYLAXIS} or _may_be_a_contact(question):
        return False
    is_ill, wanted = _is_ill(question), treated(question)
    if not is_ill and nearest_conditions(candidate) & wanted:
        return False
    return any(
        Phase.PROPHYLAXIS not in phases_shown(other)
        and _doses_the_same(other, item)
        and (is_ill or bool(nearest_conditions(other.scored.candidate) & wanted))
        and other.scored.relevance.condition >= max(item.scored.relevance.condition, 0.1)
        for other in all_
    )


def _is_not_around_it(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether prevention around an operation is asked for, and another line of the drug is on
    that, and this one on no operation."""
    around = frozenset(t.name for t in question.terms if t.kind == "procedure")
    if not around or Phase.PROPHYLAXIS not in question.phases:
        return False
    return not is_of_procedures(item.scored.candidate, around) and any(
        is_of_procedures(other.scored.candidate, around) and _doses_the_same(other, item)
        for other in all_
    )


def _is_ill(question: Question) -> bool:
    """Whether it says in words that the illness is there: its severity, or that it is treated."""
    if _TREATMENT.search(question.text):
        return True
    named = [t.text for t in question.terms if t.name in treated(question)]
    return any(
        re.search(_SEVERITY + re.escape(text), question.text, re.IGNORECASE) for text in named
    )


def _doses_the_same(one: Composed, other: Composed) -> bool:
    """Whether it doses a drug of the other, and not surely for other people."""
    drugs = set(one.scored.candidate.statement.substances)
    shared = drugs & set(other.scored.candidate.statement.substances)
    return bool(one.claim.dosages and shared) and one.claim.applies is not Applies.NO


_SWITCHES = re.compile(
    r"\b(?:swap\w*|switch\w*|convert\w*|conversion|chang\w+ (?:\w+ )?(?:to|over)|equivalent\w*|"
    r"same as)\b",
    re.IGNORECASE,
)


def _is_switched_from_another_dose(
    item: Composed, all_: Sequence[Composed], question: Question
) -> bool:
    """Whether another row of its table begins with the dose that the patient is switched from."""
    if not _SWITCHES.search(question.text) or not _is_of_a_table_of_switches(item):
        return False
    told = {(d.low, d.high, d.unit) for d in parse_dosages(question.text)}
    rows = [c for c in all_ if _is_of_a_table_of_switches(c) and table_of(c) == table_of(item)]
    return _first_amount(item) not in told and any(_first_amount(c) in told for c in rows)


def _is_a_row_less_to_the_point(
    item: Composed, all_: Sequence[Composed], question: Question
) -> bool:
    """Whether the first cell of another row of its table has all that its own has of the words
    asked, and more: "Kidney, adult" beside "Heart, adult". Where several doses are asked for,
    each may have its row."""
    if sum(facet.aspect is Aspect.DOSE for facet in facets_of(question)) > 1:
        return False
    if _names_contacts(item) and not _has_the_illness(question):
        return False  # "of a patient" is no word for the row of the patients
    own = _asked_in_first_cell(item, question)
    return own is not None and any(
        table_of(c) == table_of(item)
        and c.claim.dosages
        and c.claim.applies is Applies.YES
        and own < (_asked_in_first_cell(c, question) or frozenset())
        for c in all_
    )


def _is_a_row_for_another_use(item: Composed, all_: Sequence[Composed], question: Question) -> bool:
    """Whether nothing in it or above it names what is to be treated, and another row of its table
    does: of embolism, the row of "acute medical illness"."""
    wanted = treated(question)
    if item.scored.candidate.statement.block is not BlockKind.ROW or not wanted:
        return False
    return item.scored.relevance.condition == 0 and any(
        table_of(other) == table_of(item)
        and other.scored.candidate.statement.block is BlockKind.ROW
        and bool(other.scored.candidate.own_conditions & wanted)
        and _doses_the_same(other, item)
        for other in all_
    )


def _asked_in_first_cell(item: Composed, question: Question) -> frozenset[str] | None:
    """The words asked that the first cell of a row has below its header; None of what is no row."""
    statement = item.scored.candidate.statement
    if statement.block is not BlockKind.ROW:
        return None
    _, _, cell = statement.text.partition("; ")[0].partition(": ")
    return terms_of(cell) & terms_of(question.understood)


def _is_of_a_table_of_switches(item: Composed) -> bool:
    is_row = item.scored.candidate.statement.block is BlockKind.ROW
    return is_row and len(item.claim.dosages) > 1


def _first_amount(item: Composed) -> tuple[object, ...]:
    first = min(item.claim.dosages, key=lambda d: d.start)
    return first.low, first.high, first.unit


def table_of(item: Composed) -> tuple[object, ...]:
    """What its list or table stands under, by which its lines are known."""
    candidate = item.scored.candidate
    return candidate.source.id, tuple(c.quote for c in (*candidate.headings, *candidate.lead))
