"""The parts of a question → the question in words, to be understood as these parts again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from osler.domain import Aspect, Phase, Term
from osler.statements.vocabulary.substances import members
from osler.threads.patient_words import in_patient
from osler.threads.topic import Topic
from osler.threads.written_out import written_out

_PHASES = {
    Phase.LOADING: "loading", Phase.START: "starting", Phase.TITRATION: "titration",
    Phase.MAINTENANCE: "maintenance", Phase.PROPHYLAXIS: "prophylactic",
    Phase.MAXIMUM: "maximum", Phase.TAPER: "tapering",
}  # fmt: skip
_ROUTES = {
    "oral": "by mouth", "intravenous": "intravenously", "intramuscular": "intramuscularly",
    "subcutaneous": "subcutaneously", "rectal": "rectally", "inhaled": "by inhalation",
    "nebulised": "by nebuliser", "topical": "topically", "sublingual": "sublingually",
    "ophthalmic": "as eye drops", "otic": "as ear drops", "vaginal": "vaginally",
    "nasogastric": "by nasogastric tube", "intranasal": "intranasally",
}  # fmt: skip
_OF_A_DRUG = {
    Aspect.DOSE: "what is the {phase}dose of {drug}",
    Aspect.MONITORING: "what monitoring does {drug} need",
    Aspect.TARGET: "what is the target level of {drug}",
    Aspect.CHOICE: "which {drug} is preferred",
    Aspect.CAUTION: "what are the cautions with {drug}",
    Aspect.CONTRAINDICATION: "when should {drug} be avoided",
    Aspect.INTERACTION: "what interacts with {drug}",
    Aspect.DURATION: "for how long is {drug} given",
    Aspect.ADJUSTMENT: "how is {drug} adjusted",
    Aspect.TREATMENT: "how is treatment with {drug} given",
    Aspect.INTERVAL: "how often is {drug} given",
    Aspect.RATE: "how fast is {drug} given",
    Aspect.DEFINITION: "what is {drug}",
    Aspect.ANY: "what about {drug}",
}
_OF_A_CONDITION = {
    Aspect.DOSE: "what {phase}dose is given",
    Aspect.RATE: "what is the {phase}infusion rate",
    Aspect.MONITORING: "what is monitored",
    Aspect.TARGET: "what is the target",
    Aspect.CHOICE: "which drug is preferred",
    Aspect.CAUTION: "what are the cautions",
    Aspect.CONTRAINDICATION: "what should be avoided",
    Aspect.DURATION: "how long is the course",
    Aspect.ADJUSTMENT: "what is stopped",
    Aspect.TREATMENT: "what is the treatment",
    Aspect.INTERVAL: "how often is it given",
    Aspect.DEFINITION: "what is {condition}",
    Aspect.ANY: "what about {condition}",
}
_OF_A_PHASE = {
    Aspect.DURATION: "for how long is the {phase} dose of {drug} given",
    Aspect.INTERVAL: "how often is the {phase} dose of {drug} given",
    Aspect.RATE: "how fast is the {phase} dose of {drug} given",
}
_FORMS = 5  # salts and forms of one drug; what has more members is a class
_LEAVE = "can {drug} be given"


def worded(topic: Topic) -> str:
    """A question that asks for these parts: "What is the dose of B12 in pregnancy?"."""
    heads = " and ".join(dict.fromkeys(_heads(topic)))
    return sentence(f"{heads}{_rest(topic, heads)}")


def subject_in_words(topic: Topic) -> str:
    """The parts as a phrase, to stand behind a question's own words."""
    phase = "".join(f"{p} " for p in _phases_of(topic))
    of_dose = "dose of " if phase or (topic.drugs and Aspect.DOSE in topic.aspects) else ""
    head = f"{phase}{of_dose}{_names(topic.drugs)}"
    return f"{head}{_rest(topic, head)}".strip()


def sentence(text: str) -> str:
    """The text with a capital and a question mark."""
    text = text.strip().rstrip("?.!,;: ")
    return f"{text[:1].upper()}{text[1:]}?"


def _heads(topic: Topic) -> Iterator[str]:
    names = _names(topic.drugs)
    condition = " and ".join(map(condition_of, topic.treated))
    if names and {Aspect.MONITORING, Aspect.INTERVAL} == set(topic.aspects):
        yield f"how often is {names} monitored"
        return
    if names and {Aspect.TARGET, Aspect.DOSE} == set(topic.aspects) and not topic.phases:
        yield f"what is the target dose of {names}"
        return
    if names and {Aspect.DURATION, Aspect.MONITORING} == set(topic.aspects):
        yield f"for how long is the patient observed after {names}"
        return
    times = [a for a in topic.aspects if a in _OF_A_PHASE]
    if names and set(topic.aspects) <= {Aspect.RATE, Aspect.DOSE} and _is_most(topic):
        yield f"what is the maximum rate of {names}"
        return
    steps = _phases_of(topic)
    if names and steps and times and set(topic.aspects) == {*times, Aspect.DOSE}:
        phase = " and ".join(steps)
        yield from (_OF_A_PHASE[a].format(phase=phase, drug=names) for a in times)
        return
    if names and topic.aspects == (Aspect.INTERACTION,) and topic.patient.drugs:
        yield f"does {names} interact with {' or '.join(topic.patient.drugs)}"
        return
    for aspect in topic.aspects:
        if names and aspect is Aspect.CONTRAINDICATION and topic.yes_no:
            yield _LEAVE.format(drug=names)
        elif names and aspect is not Aspect.DOSE and _prevents_unnamed(topic):
            wording = _OF_A_DRUG.get(aspect, _OF_A_DRUG[Aspect.ANY])
            yield wording.format(drug=f"prophylactic {names}")
        elif names and aspect is Aspect.DOSE:
            phases = [f"{step} " for step in steps] or [""]
            yield from (_OF_A_DRUG[aspect].format(phase=p, drug=names) for p in phases)
        elif names and aspect is Aspect.CHOICE and not any(map(is_class, topic.drugs)):
            yield f"when is {names} preferred"
        elif names and aspect is Aspect.CHOICE and names.endswith("s"):
            yield f"which {names} are preferred"
        elif names:
            yield _OF_A_DRUG.get(aspect, _OF_A_DRUG[Aspect.ANY]).format(drug=names)
        else:
            wording = _OF_A_CONDITION.get(aspect, _OF_A_CONDITION[Aspect.ANY])
            step = "".join(f"{s} " for s in steps)
            yield wording.format(condition=condition or topic.purpose or "it", phase=step)


def _rest(topic: Topic, said: str) -> str:
    """How it is given, for what, and in whom, as far as that is not said yet."""
    route = f" {_ROUTES.get(topic.route, topic.route)}" if topic.route else ""
    purpose = _for(topic, said)
    whom = in_patient(topic.patient, {t.name for t in topic.treated})
    if whom and purpose.endswith(whom):  # "for hypertension in pregnancy"
        whom = ""
    return f"{route}{purpose}{whom}"


def _for(topic: Topic, said: str) -> str:
    purpose = topic.purpose or ""
    for term in topic.treated:
        purpose = re.sub(rf"(?<!\w){re.escape(term.text)}(?!\w)", condition_of(term), purpose)
    known = map(condition_of, topic.treated)
    names = [name for name in known if not _has(said, name) and not _has(purpose, name)]
    if purpose and not _has(said, purpose):
        names.insert(0, purpose)
    if not names:
        return ""
    severity = (topic.patient.severity or "").replace("not ", "non-")
    if severity and topic.treated and not _has(" ".join(names), severity):
        names[0] = f"{severity} {_SEVERITY.sub('', names[0])}"
    listed = " and ".join(names)
    to_prevent = _is_to_prevent(topic) and not _PREVENTED.search(listed)
    return f" to prevent {listed}" if to_prevent else f" for {listed}"


# How bad it was before is not said of it any more.
_SEVERITY = re.compile(r"^(?:(?:non|not)[- ])?(?:severe|moderate|mild)\s+", re.IGNORECASE)
_PREVENTED = re.compile(r"prophyla|prevent", re.IGNORECASE)


def _is_most(topic: Topic) -> bool:
    return Aspect.RATE in topic.aspects and Phase.MAXIMUM in topic.phases


def _is_to_prevent(topic: Topic) -> bool:
    return Phase.PROPHYLAXIS in topic.phases and bool(topic.treated or topic.purpose)


def _prevents_unnamed(topic: Topic) -> bool:
    """Whether a drug prevents what is not named: "preventive rivaroxaban"."""
    return Phase.PROPHYLAXIS in topic.phases and not _is_to_prevent(topic)


def _phases_of(topic: Topic) -> list[str]:
    """The steps of a course as adjectives; what is to be prevented is named as such."""
    told = [p for p in topic.phases if not (p is Phase.PROPHYLAXIS and _is_to_prevent(topic))]
    return [_PHASES[p] for p in told if p in _PHASES]


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def is_class(term: Term) -> bool:
    """Whether a name stands for many drugs: "anticoagulant"."""
    return len(members(term.name)) > _FORMS


def _names(terms: tuple[Term, ...]) -> str:
    return " and ".join(map(name_of, terms))


def condition_of(term: Term) -> str:
    """A condition as typed; a poisoning by its name, for it was typed as what was taken."""
    whole = term.name.startswith(term.text.lower()) and _POISONING.search(term.name)
    return term.name if whole or " is " in term.text else written_out(term.text, term.name)


_POISONING = re.compile(r"\b(?:overdose|poisoning|toxicity)$")


def with_article(term: Term) -> str:
    """A name as what is spoken of: "a beta blocker", "atenolol"."""
    name = name_of(term)
    if not is_class(term) or name.endswith("s"):
        return name
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def name_of(term: Term) -> str:
    """A name as typed, but for the capital of a sentence that began with it."""
    text = written_out(term.text, term.name)
    spelt = text[1:2].isupper()  # "ACE inhibitor"
    return text[:1].lower() + text[1:] if text.lower() == term.name and not spelt else text
