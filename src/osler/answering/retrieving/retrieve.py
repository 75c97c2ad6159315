"""A question → the statements that may answer it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache, partial

from osler.answering.candidates.candidate import Found, candidate_of
from osler.answering.candidates.served import serves
from osler.answering.retrieving.topics import (
    MOST_SOURCES,
    MOST_SOURCES_ON_A_DRUG,
    Topics,
    find_topics,
)
from osler.answering.understanding.question_scope import is_general
from osler.domain import Aspect, Question, SourceStatus, Term
from osler.library import Filters, Hit, Library
from osler.statements.groups.kidneys import IMPAIRED
from osler.statements.vocabulary.substances import base_of, classes_of, members

PASSAGES = 40  # of the question itself; finding is nearly solved by twenty
EXPANDED_PASSAGES = 20  # of each subject with what is asked about it
MOST_EXPANSIONS = 3
MOST_FORMS = 4
FORM_PASSAGES = 12
MOST_SYNONYMS = 3
DRUG_WEIGHT = 3
TOPIC_PASSAGES = 120
TITLES = 100  # passages whose titles are looked at
IN_TOPIC = 24  # passages of the chapters on the subject
IN_TOPIC_DOSED = 12  # more of them that state an amount, where a dose is asked for
IN_TOPIC_GENERAL = 60  # the same for a question about no one in particular
SURE = 4  # of each search that stay, however far the others' best are ahead
DEEPER = 3  # times as many are looked at for those that name the drug, or state a dose
MOST_PASSAGES = 50  # of all searches together, but for a question about no one in particular

_AMOUNT = re.compile(
    r"\d\s*(?:mg|mcg|μg|µg|micrograms?|g|ml|units?|iu|mmol|drops?)\b", re.IGNORECASE
)


def retrieve(library: Library, question: Question) -> tuple[Found, ...]:
    """Statements of the best passages for the question and for its subjects by other names,
    and of the chapters that are on its subject.

    Scores are scaled so that the best passage of each search has 1. Held statements and
    retracted sources are left out here, so that nothing later can show them.
    """
    subjects = [t.name for t in question.terms if t.kind == "substance"]
    related = frozenset().union(*map(related_names, subjects)) if subjects else None
    queries = _queries(question)
    most = sum(k for _, k in queries) if is_general(question) else MOST_PASSAGES
    found: dict[str, tuple[float, Hit]] = {}
    seen: list[Hit] = []
    always: set[str] = set()
    for number, (query, k) in enumerate(queries):
        # The first is the question; the others are lists of names.
        deep = TITLES if number == 0 else DEEPER * k
        hits = library.search(query, k=deep, words_only=number > 0)
        hits = hits if number == 0 else naming_first(hits, question)[:k]
        seen += hits
        always.update(hit.passage.id for hit in hits[:SURE])
        _merge(found, hits[:k])
    conditions = " ".join(t.name for t in question.terms if t.kind not in _DRUGS)
    if conditions:
        seen += library.search(conditions, k=TITLES, words_only=True)
    topics = find_topics(question, seen, library.idf)
    kept = _best(found, most, always)
    general = is_general(question)
    chapters_on_it = topics.sources(MOST_SOURCES_ON_A_DRUG if general else MOST_SOURCES)
    if chapters_on_it:
        inside = Filters(sources=chapters_on_it)
        query = f"{queries[0][0]} {_what_is_asked(question)}"
        chapters: dict[str, tuple[float, Hit]] = {}
        most = IN_TOPIC_GENERAL if general else IN_TOPIC
        hits = library.search(query, k=DEEPER * most, filters=inside, words_only=True)
        _merge(chapters, (*hits[:most], *dosing(hits[most:], question)))
        known = {hit.passage.id for _, hit in kept}
        best = _best(chapters, len(chapters))
        kept += [entry for entry in best if entry[1].passage.id not in known]
    return statements_of_hits(library, kept, related, topics)


def retrieve_topic(library: Library, question: Question) -> tuple[Found, ...]:
    """Statements of the best passages on a topic, many more than for one question."""
    names = " ".join(w for t in question.terms for w in (t.name, *t.synonyms[:4]))
    query = f"{_without_corrections(question)} {names}"
    found: dict[str, tuple[float, Hit]] = {}
    _merge(found, library.search(query, k=TOPIC_PASSAGES))
    return statements_of_hits(library, _best(found, TOPIC_PASSAGES), None, Topics())


def _merge(found: dict[str, tuple[float, Hit]], hits: Sequence[Hit]) -> None:
    """Add the hits of one search, scaled, each passage with its best score."""
    best = max((hit.score for hit in hits), default=0.0)
    worst = min((hit.score for hit in hits), default=0.0)
    floor = min(worst, 0.0)  # fused scores are z-scores and may be negative
    for hit in hits:
        scaled = (hit.score - floor) / (best - floor) if best > floor else 0.0
        known = found.get(hit.passage.id)
        if known is None or scaled > known[0]:
            found[hit.passage.id] = (scaled, hit)


def naming_first(hits: Sequence[Hit], question: Question) -> tuple[Hit, ...]:
    """The hits of a list of names, those first that hold a whole name of a drug asked about,
    or of its class: what bars all of a class need not name the drug."""
    drugs = [t for t in question.terms if t.kind == "substance"]
    names = {
        name.lower()
        for t in drugs
        for name in (t.name, t.text, base_of(t.name), *t.synonyms, *classes_of(t.name))
    }
    return tuple(sorted(hits, key=lambda hit: not _holds(hit, names)))


def _holds(hit: Hit, names: set[str]) -> bool:
    passage = hit.passage
    text = " ".join((passage.title, *passage.section, passage.text)).lower()
    return any(name in text for name in names)


def dosing(hits: Sequence[Hit], question: Question) -> list[Hit]:
    """The best hits that state an amount, where a dose is asked for; else none.

    Few words of a line such as "Adult: 25 mg twice daily" are those of a question.
    """
    if Aspect.DOSE not in question.aspects:
        return []
    return [hit for hit in hits if _AMOUNT.search(hit.passage.text)][:IN_TOPIC_DOSED]


def _best(
    found: dict[str, tuple[float, Hit]], most: int, always: Collection[str] = ()
) -> list[tuple[float, Hit]]:
    """The best by score; of the first of each search all are `always` there."""
    order = sorted(
        found.values(),
        key=lambda entry: (entry[1].passage.id not in always, -entry[0], entry[1].passage.id),
    )
    return order[:most]


def statements_of_hits(
    library: Library,
    hits: list[tuple[float, Hit]],
    related: frozenset[str] | None,
    topics: Topics,
) -> tuple[Found, ...]:
    """The usable statements of passages, without those of sources that are retracted."""
    found: dict[str, Found] = {}
    for scaled, hit in hits:
        source = library.source(hit.passage.source_id)
        if source.status is SourceStatus.RETRACTED:
            continue
        statements, named = library.statements_naming(hit.passage, related)
        whole = serves(source, partial(library.statements_of, source.id))
        for statement in statements:
            candidate = candidate_of(statement, source, named, whole)
            if candidate.usable and statement.id not in found:
                topic = topics.of(source.id, statement.section)
                found[statement.id] = Found(candidate, scaled, topic)
    return tuple(found[identifier] for identifier in sorted(found))


def _what_is_asked(question: Question) -> str:
    asked = " ".join(aspect.value for aspect in question.aspects if aspect is not Aspect.ANY)
    return f"{asked} {' '.join(phase.value for phase in question.phases)}"


def _queries(question: Question) -> list[tuple[str, int]]:
    """The question; its subjects by their other names with what is asked; what goes with them.

    A drug is also looked for by the other forms of the same substance: their doses are shown
    as what they are. The last query is for monitoring, choice and cautions beside a dose.
    """
    conditions = [t for t in question.terms if t.kind not in ("substance", "co-drug")]
    names = [t.name for t in conditions if t.name != t.text.lower()]
    full_names = " ".join([*names, *(name for _, name in question.written_out)])
    queries = [(f"{_without_corrections(question)} {full_names}", PASSAGES)]
    subjects = [t for t in question.terms if t.kind == "substance"][:MOST_EXPANSIONS]
    if not subjects:
        return queries
    asked = _what_is_asked(question)
    others = " ".join(
        name
        for t in question.terms
        if t.kind != "substance"
        for name in (t.name, *t.synonyms[:MOST_SYNONYMS])
    )
    # Repeated, so that a drug outweighs the many words for what it is asked about with.
    names = [n for t in subjects for n in (t.name, *t.synonyms[:MOST_SYNONYMS])] * DRUG_WEIGHT
    queries.append((f"{' '.join(names)} {others} {asked}", EXPANDED_PASSAGES))
    if others:
        # What is said of the drug for a broader condition stands under other words.
        companions = " ".join(t.name for t in question.terms if t.kind == "co-drug")
        queries.append((f"{' '.join(names)} {companions} {asked}", EXPANDED_PASSAGES))
    forms = dict.fromkeys(form for t in subjects for form in _other_forms(t))
    queries += [(f"{form} {asked}", FORM_PASSAGES) for form in forms]
    if in_the_way := _may_be_in_the_way(question):
        # What bars the drug, or its class, for who has this too stands in texts on other illnesses.
        classes = [name for t in subjects for name in classes_of(t.name)]
        beside = " ".join(dict.fromkeys((*names, *classes, *in_the_way)))
        queries.append((f"{beside} {_IN_THE_WAY}", FORM_PASSAGES))
    if is_general(question):
        drugs = " ".join(t.name for t in subjects)
        queries.append((f"{drugs} {_BESIDE_A_DOSE}", EXPANDED_PASSAGES))
    return queries


def _may_be_in_the_way(question: Question) -> tuple[str, ...]:
    """What the patient has beside the problem that may bar a drug, and is allergic to."""
    patient = question.patient
    estimates = (patient.egfr, patient.crcl)
    impaired = any(value is not None and value < IMPAIRED for value in estimates)
    kidneys = ("renal impairment",) if impaired else ()
    sensitive = ("hypersensitivity", *patient.allergies) if patient.allergies else ()
    return (*question.background, *kidneys, *sensitive)


_DRUGS = ("substance", "co-drug")
_IN_THE_WAY = "contraindicated avoid caution"
_BESIDE_A_DOSE = "monitoring measure avoid contraindicated caution pitfalls preferred alternative"


def _other_forms(term: Term) -> list[str]:
    """What the substance is a form of, and other forms of that."""
    base = base_of(term.name)
    if base == term.name:
        return []
    return [base, *[form for form in members(base) if form != term.name][:MOST_FORMS]]


@lru_cache(maxsize=1024)
def related_names(name: str) -> frozenset[str]:
    """A substance, its forms and members, what it is a form of and the classes it belongs to."""
    base = base_of(name)
    return frozenset(
        {
            name,
            base,
            *name.split("-"),
            *members(name),
            *members(base),
            *classes_of(name),
            *classes_of(base),
        }
    )


def _without_corrections(question: Question) -> str:
    """The question as corrected, without the remark on what was corrected."""
    text = question.text
    for typed, meant in question.corrections:
        text = text.replace(typed, f"{typed} {meant}")
    return text
