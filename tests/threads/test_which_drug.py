"""Which drug, which problem and what is asked: what a follow-up in a few words stands for."""

from __future__ import annotations

import pytest
from conversation import after

from osler.domain import Aspect, Phase
from osler.threads.lacking import avoided
from osler.threads.topic import read, topic_of
from osler.threads.unsaid import unsaid

PROPRANOLOL = "What is the dose of propranolol for migraine?"


@pytest.mark.parametrize(
    "typed",
    [
        "he's asthmatic... something other than a beta blocker?",
        "not a beta blocker please",
        "apart from beta blockers?",
        "she can't have a beta blocker",
        "anything but beta blockers",
        "he is asthmatic so no beta blocker",
    ],
)
def test_a_class_that_is_to_be_avoided_is_never_dosed(typed: str) -> None:
    full = after(PROPRANOLOL, typed).full
    assert full.startswith("What can be given instead of ")
    assert "migraine" in full
    assert Aspect.DOSE not in read(full, None).aspects


def test_a_drug_that_is_to_be_avoided_is_not_asked_about() -> None:
    full = after("Dose of doxycycline for chlamydia", "she is pregnant so not doxycycline").full
    assert full.startswith("What can be given instead of doxycycline for chlamydia")


@pytest.mark.parametrize(
    "text",
    [
        "he has had no propranolol",
        "she is not on propranolol",
        "no propranolol allergy",
        "why not propranolol?",
        "propranolol is not working",
    ],
)
def test_what_is_told_of_a_drug_does_not_rule_it_out(text: str) -> None:
    assert avoided(text, read(text, None).terms) == ()


def test_what_is_stuck_with_is_asked_about_and_the_other_is_not_taken() -> None:
    now = topic_of(
        read(
            after(
                "aciclovir dose for shingles in an adult",
                "or valaciclovir?",
                "Stick with aciclovir. Her creatinine clearance is 8.",
            ).full,
            None,
        )
    )
    assert [t.name for t in now.drugs] == ["aciclovir"]
    assert now.patient.drugs == ()
    assert now.patient.crcl == 8


def test_what_is_added_is_asked_about_beside_what_is_given() -> None:
    now = topic_of(
        read(after("Spironolactone for ascites, what dose?", "plus furosemide?").full, None)
    )
    assert [t.name for t in now.drugs] == ["furosemide"]
    assert now.patient.drugs == ("spironolactone",)


def test_a_class_to_go_with_a_drug_is_chosen_from() -> None:
    full = after("Ceftriaxone dose for cellulitis?", "Which antibiotics go along with that?").full
    assert full == "Which antibiotics are preferred for cellulitis in a patient taking ceftriaxone?"


def test_what_another_drug_is_taken_for_is_not_what_is_treated() -> None:
    told = "The GP has her on clarithromycin for her chest since Friday. Does that matter?"
    before = ("Colchicine for a gout flare, dose?", told)
    assert after(*before).full.startswith("Does colchicine interact with clarithromycin for gout")
    assert "chest" not in after(*before, "prednisolone instead?").full


@pytest.mark.parametrize(
    ("before", "typed", "aspects", "phases"),
    [
        (PROPRANOLOL, "most in 24h?", {Aspect.DOSE}, {Phase.MAXIMUM}),
        (PROPRANOLOL, "capped at?", {Aspect.DOSE}, {Phase.MAXIMUM}),
        ("Dose of lithium for mania?", "levels how often",
         {Aspect.MONITORING, Aspect.INTERVAL}, set()),
        ("Loading dose of magnesium sulphate in eclampsia", "then per hour?", {Aspect.RATE}, set()),
        ("How long is lithium given for mania?", "She refuses blood tests. Valproate instead?",
         {Aspect.DOSE}, set()),
        ("For how long is dexamethasone given for croup?", "we have none left, prednisolone?",
         {Aspect.DOSE}, set()),
        ("For how long is rifampicin given for tuberculosis?",
         "He's started dialysis. What about ethambutol now?", {Aspect.DOSE}, set()),
    ],
)  # fmt: skip
def test_what_is_asked_in_words_of_speech(
    before: str, typed: str, aspects: set[Aspect], phases: set[Phase]
) -> None:
    got = read(after(before, typed).full, None)
    assert set(got.aspects) == aspects
    assert set(got.phases) == phases


def test_a_new_problem_takes_no_drug_along() -> None:
    resolved = after("Dose of ephedrine for a common cold?", "What helps against constipation?")
    assert resolved.stands_alone
    assert resolved.changed_topic


def test_to_prevent_something_that_no_lexicon_has_is_a_purpose() -> None:
    typed = "And ondansetron by mouth to prevent sickness after surgery, in an adult?"
    full = after("How is scurvy treated?", typed).full
    assert "scurvy" not in full
    assert "to prevent sickness" in full


def test_a_kind_of_what_is_treated_does_not_replace_it() -> None:
    typed = "still passing blood. anything else for resistant strains?"
    assert after("Dose of ciprofloxacin for dysentery", typed).full.startswith(
        "What can be given instead of ciprofloxacin for resistant strains of dysentery"
    )


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        ("IV quinine for severe malaria, dose?", "max rate for the quinine drip?",
         "What is the maximum rate of quinine intravenously for severe malaria?"),
        ("Dose of carvedilol for heart failure", "target? he's 92 kg",
         "What is the target dose of carvedilol for heart failure in a man weighing 92 kg?"),
        ("Gentamicin for endocarditis, dose with CrCl 31?",
         "can i just use the egfr, it's on the screen",
         "Can i just use the egfr with gentamicin for endocarditis in a patient with CrCl 31?"),
        ("Dose of doxy for pulm TB", "and for 5 days?", None),
    ],
)  # fmt: skip
def test_only_words_that_nothing_holds_are_left(before: str, typed: str, full: str | None) -> None:
    got = after(before, typed).full
    if full is None:
        assert "doxycycline" in got
        assert "pulmonary tuberculosis" in got
    else:
        assert got == full


@pytest.mark.parametrize(
    ("words", "full", "left"),
    [
        ("I misread the scale, he's 24 kg", "What is the dose in a boy weighing 24 kg?", ""),
        ("third week", "What is the dose?", "third week"),
        ("P. vivax", "What is the dose?", "P. vivax"),
        ("nothing after a minute", "What is the dose?", "nothing after a minute"),
        ("he spat it out, he is 5", "What is the dose in a boy aged 5 years?", "he spat it out"),
        ("he's 8", "What is the dose in a boy weighing 24 kg?", "he's 8"),  # a number is kept
    ],
)
def test_clauses_are_dropped_only_where_all_is_said(words: str, full: str, left: str) -> None:
    assert unsaid(words, full) == left


def test_what_was_avoided_is_not_dosed_in_the_next_question() -> None:
    full = after(PROPRANOLOL, "not a beta blocker, he has asthma", "dose?").full
    assert topic_of(read(full, None)).drugs == ()
    assert "migraine" in full
    assert "blocker" not in full


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        ("Dose of naloxone for opioid overdose?", "how long should we keep watching him?",
         "For how long is the patient observed after naloxone for opioid overdose in a man?"),
        ("Apixaban dose for AF", "She's currently on warfarin. At what INR do I make the switch?",
         "At what INR do I make the switch with apixaban for atrial fibrillation in a woman "
         "taking warfarin?"),
        ("Maximum dose of labetalol for hypertension?", "she has asthma, so nifedipine?",
         "What is the dose of nifedipine for hypertension in a woman with asthma?"),
        ("Can timolol be given for glaucoma?", "ok so acetazolamide then?",
         "Can acetazolamide be given for glaucoma?"),
        ("Does ramipril need monitoring in hypertension?", "and is it safe in asthma?", None),
    ],
)  # fmt: skip
def test_what_is_asked_reads_as_it_is_meant(before: str, typed: str, full: str | None) -> None:
    got = after(before, typed).full
    if full is None:
        assert got.startswith("Can ramipril be given")
    else:
        assert got == full


def test_a_form_that_is_not_swallowed_is_not_by_mouth() -> None:
    full = after("Dose of oral metronidazole for bacterial vaginosis?", "what about the gel").full
    assert "by mouth" not in full
    assert "gel" in full
