"""Fit what tells names in questions and write it to the data files of `osler.privacy`.

    python tools/fit_names.py PLAIN.txt DRUGS.txt CONDITIONS.txt [--sets dev,heldout,second]

PLAIN.txt has questions without a name, one a line; the others names of drugs and of conditions.
Sentences are made of the frames of tools/name_frames.toml and of the sets named, with names of the
packaged lists. Three names in ten are taken for unlisted, and so are three drugs in ten and some
ordinary words: what is learned must hold for what no list has. The same input gives the same
weights. Nothing of the set `third` or a later one is read unless it is named.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from osler.domain.identifier import IdentifierKind
from osler.evaluation import identified
from osler.privacy import likeness
from osler.privacy.clinical import clinical_spans, is_word, named_after
from osler.privacy.evidence import evidence, sort_of_word, sorts_of
from osler.privacy.finding import find_others
from osler.privacy.lists import listed
from osler.privacy.tokens import TokenKind, tokens_of

HERE = Path(__file__).parent
DATA = HERE.parent / "src/osler/privacy/data"
HEAD = "# {}, in hundredths of a logit.\n# Written by tools/fit_names.py; not by hand.\n"
ROUNDS, TIMES, TIMES_OTHERS, TIMES_SETS = 250, 50, 60, 12
PENALTY, LEAST, LEAST_LETTERS, SEEN, SEEN_LETTERS = 2e-6, 0.08, 0.15, 12, 6
UNKNOWN_WORD = 0.03
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Example:
    text: str
    names: tuple[tuple[int, int], ...]


def is_unlisted(word: str) -> bool:
    return crc32(word.encode()) % 10 < 3


# -- logistic regression -------------------------------------------------------------------


def fit(
    rows: Sequence[Iterable[str]], good: Sequence[bool], seen: int, least: float
) -> dict[str, float]:
    """Weights of a logistic regression by Adam on the whole, of features seen so often."""
    counts: Counter[str] = Counter(f for row in rows for f in row)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= seen))}
    cells = [[index[f] for f in row if f in index] for row in rows]
    lengths = np.array([len(c) for c in cells])
    flat: Ints = np.fromiter((i for c in cells for i in c), np.int64, int(lengths.sum()))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    owner = np.repeat(np.arange(len(cells)), lengths)
    y = np.array(good, float)
    w, m, v = (np.zeros(len(index)) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        z = np.add.reduceat(w[flat], starts)
        error = (1 / (1 + np.exp(-z)) - y) / len(y)
        gradient = np.bincount(flat, error[owner], len(w)) + PENALTY * w
        m, v = 0.9 * m + 0.1 * gradient, 0.98 * v + 0.02 * gradient**2
        w -= 0.1 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.98**step)) + 1e-8)
    print(f"  {len(rows):,} rows, {len(index):,} features, wrong {((z > 0) != (y > 0)).mean():.4f}")
    return {f: float(w[i]) for f, i in index.items() if abs(w[i]) >= least}


def write(name: str, what: str, weights: dict[str, float]) -> None:
    lines = (f"{round(w * 100)}\t{f}" for f, w in sorted(weights.items()))
    DATA.joinpath(f"{name}.tsv").write_text(HEAD.format(what) + "\n".join(lines) + "\n", "utf-8")
    print(name, len(weights))


def fit_letters(words: Iterable[str]) -> None:
    names = sorted(listed("given_names") | listed("surnames"))
    names = [n for n in names if not is_unlisted(n) and len(n) > 2]
    others = sorted({w for w in words if len(w) > 2 and not is_unlisted(w)} - set(names))
    rows = [("", *likeness.runs(w)) for w in [*names, *others]]
    # As many of the one as of the other, or rare words would all be names.
    share = max(1, round(len(names) / len(others)))
    rows += [("", *likeness.runs(w)) for w in others] * (share - 1)
    good = [True] * len(names) + [False] * (len(rows) - len(names))
    print(len(names), "names", len(others), "words, each", share, "times")
    weights = fit(rows, good, SEEN_LETTERS, LEAST_LETTERS)
    write("name_letters", "What runs of letters count for a name", weights)
    likeness._weights.cache_clear()


# -- sentences -----------------------------------------------------------------------------


class Maker:
    def __init__(
        self, plain: list[str], drugs: list[str], conditions: list[str], rng: random.Random
    ) -> None:
        self.plain, self.drugs, self.conditions, self.rng = plain, drugs, conditions, rng
        self.given = sorted(listed("given_names"))
        self.family = sorted(listed("surnames"))
        self.words = sorted(listed("word_names"))
        self.eponyms = sorted(w for w in listed("eponyms") if len(w) > 2)
        self.places = sorted(w for w in listed("places") if len(w) > 3)
        self.slots: dict[str, Callable[[], str]] = {
            "Q": self.question,
            "D": self.drug,
            "C": self.condition,
            "V": self.value,
            "A": self.age,
            "X": self.hidden,
            "T": self.title,
            "R": self.relation,
            "P": self.place,
            "N": self.any_name,
            "F": self.full,
            "S": lambda: self.cased(self.surname()),
            "G": lambda: self.cased(self.first()),
            "L": self.last_first,
            "J": self.initial_name,
            "I": self.initials,
            "E": self.eponym,
            "B": self.abbreviation,
            "M": self.amount, "O": self.trade,
        }

    def pick(self, *of: str) -> str:
        return self.rng.choice(of)

    def first(self) -> str:
        word = self.rng.choice(self.words if self.rng.random() < 0.03 else self.given)
        if self.rng.random() < 0.04:
            word = f"{word}-{self.rng.choice(self.given)}"
        return word

    def surname(self) -> str:
        draw = self.rng.random()
        word = self.rng.choice(self.words if draw < 0.04 else self.family)
        if draw > 0.95:
            word = f"{word}-{self.rng.choice(self.family)}"
        elif draw > 0.92:
            word = self.pick("o'", "d'", "mc", "mac", "al-", "el-") + word
        elif draw > 0.88:
            word = (
                self.pick(
                    "van ",
                    "de ",
                    "van der ",
                    "da ",
                    "al ",
                    "von ",
                    "del ",
                    "bin ",
                    "el ",
                    "dos ",
                    "ben ",
                    "le ",
                    "la ",
                )
                + word
            )
        return word

    def cased(self, name: str) -> str:
        draw = self.rng.random()
        if draw < 0.17:
            return name
        if draw < 0.24:
            return name.upper()
        return re.sub(
            r"[^\W\d_]+",
            lambda m: (
                m.group()
                if m.group() in ("van", "de", "der", "da", "von", "del", "bin", "dos", "al")
                and m.start() == 0
                and self.rng.random() < 0.6
                else m.group().capitalize()
            ),
            name,
        )

    def full(self) -> str:
        draw, first, last = self.rng.random(), self.first(), self.surname()
        if draw < 0.08:
            middle = self.rng.choice("abcdefghijklmnoprstw").upper()
            return f"{self.cased(first)} {middle}{self.pick('.', '')} {self.cased(last)}"
        if draw < 0.16:
            return self.cased(f"{first} {self.first()} {last}")
        if draw < 0.22:
            return self.cased(f"{first} {last} {self.surname()}")
        if draw < 0.3:
            return f"{first.capitalize()} {last.upper()}"
        return self.cased(f"{first} {last}")

    def last_first(self) -> str:
        last, first = self.surname(), self.first()
        last = self.pick(last.upper(), last.upper(), last.title(), last)
        first = first if last.islower() else self.pick(first.title(), first.title(), first.upper())
        return f"{last}{self.pick(', ', ', ', ',', ' ')}{first}{self.pick('', '', '', ' ' + first[0].upper())}"

    def initial_name(self) -> str:
        first = self.pick("", "", self.rng.choice("ABCDEFGHJKLMNPRST"))
        dot = self.pick(".", "", " ")
        return f"{self.rng.choice('ABCDEFGHIJKLMNOPRSTVWYZ')}{dot.strip()}{first}{'.' if first and dot == '.' else ''} {self.cased(self.surname())}"

    def initials(self) -> str:
        letters = self.rng.sample(
            "ABCDEFGHJKLMNOPRSTW", (self.pick("2", "2", "3") == "3" and 3) or 2
        )
        return "".join(letters) if self.rng.random() < 0.2 else "".join(f"{x}." for x in letters)

    def amount(self) -> str:
        n = self.pick(
            "5",
            "10",
            "20",
            "40",
            "50",
            "75",
            "100",
            "250",
            "500",
            "1000",
            "0.5",
            "1",
            "2",
            "7.5",
            "15",
            "30",
            "120",
        )
        unit = self.pick(
            "mg",
            "mg",
            "mg",
            " mg",
            " mg",
            " mg",
            " mcg",
            "mcg",
            " micrograms",
            " g",
            "g",
            " ml",
            " units",
            "",
            " puffs",
            " tablets",
            " mg/kg",
            "%",
            " mg/m2",
            " sachets",
        )
        when = self.pick(
            "",
            "",
            "od",
            "bd",
            "tds",
            "qds",
            "daily",
            "once daily",
            "12 weekly",
            "every 8 hours",
            "nocte",
            "po",
            "iv",
            "IM",
            "prn",
            "with food",
            "weekly",
            "for 7 days",
            "twice a day",
            "at night",
            "every 3 months",
            "BD",
            "stat",
            "24 months",
            "5 times a day",
            "alternate days",
        )
        return f"{n}{unit} {when}".strip()

    def eponym(self) -> str:
        word = self.rng.choice(self.eponyms)
        draw = self.rng.random()
        return word if draw < 0.15 else word.title()

    def abbreviation(self) -> str:
        if self.rng.random() < 0.4:
            return self.pick(
                *[
                    "NKDA",
                    "PMH",
                    "SOB",
                    "OOH",
                    "AXR",
                    "CXR",
                    "NPO",
                    "TPN",
                    "GBS",
                    "HRS",
                    "SP",
                    "VL",
                    "PRN",
                    "NBM",
                    "ABG",
                    "VBG",
                    "LFT",
                    "FBC",
                    "U&E",
                    "CTPA",
                    "ECHO",
                    "LVEF",
                    "NOF",
                    "MSK",
                    "DMARD",
                    "PPI",
                    "ACEi",
                    "ARB",
                    "CCB",
                    "NSAID",
                    "SSRI",
                    "TCA",
                    "MAOI",
                    "LMWH",
                    "UFH",
                    "VTE",
                    "PCP",
                    "MRSA",
                    "VRE",
                    "ESBL",
                    "CDI",
                    "URTI",
                    "LRTI",
                    "PID",
                    "STI",
                    "IUD",
                    "COCP",
                    "POP",
                    "HRT",
                    "IVF",
                    "PPH",
                    "PET",
                    "HELLP",
                    "GDM",
                    "NVP",
                    "SGA",
                    "IUGR",
                    "NICU",
                    "PICU",
                    "HDU",
                    "AMU",
                    "SAU",
                    "MAU",
                    "EAU",
                    "CCU",
                    "RRT",
                    "CRRT",
                    "HD",
                    "PD",
                    "AVF",
                    "EPO",
                    "PTH",
                    "IHD",
                    "NSTEMI",
                    "STEMI",
                    "PCI",
                    "CABG",
                    "AVR",
                    "MVR",
                    "TAVI",
                    "ICD",
                    "PPM",
                    "SVT",
                    "VT",
                    "VF",
                    "LBBB",
                    "AAA",
                    "PVD",
                    "CVA",
                    "TIA",
                    "SAH",
                    "SDH",
                    "GCS",
                    "EVD",
                    "VP",
                    "ICP",
                    "MND",
                    "MS",
                    "MG",
                    "IIH",
                    "TN",
                    "BPPV",
                    "RA",
                    "OA",
                    "SLE",
                    "PMR",
                    "GCA",
                    "AS",
                    "PsA",
                    "JIA",
                    "OP",
                    "IBD",
                    "UC",
                    "CD",
                    "PBC",
                    "PSC",
                    "AIH",
                    "HCC",
                    "ALD",
                    "NAFLD",
                    "SBP",
                    "HE",
                    "OGD",
                    "ERCP",
                    "PEG",
                    "NG",
                    "NJ",
                    "TB",
                    "NTM",
                    "CF",
                    "OSA",
                    "ILD",
                    "IPF",
                    "AML",
                    "CLL",
                    "CML",
                    "ALL",
                    "MM",
                    "HL",
                    "NHL",
                    "DLBCL",
                    "MDS",
                    "ITP",
                    "TTP",
                    "HUS",
                    "DIC",
                    "HIT",
                    "APS",
                    "SCD",
                    "G6PD",
                    "CKD",
                    "AKI",
                    "ATN",
                    "IgA",
                    "FSGS",
                    "ADPKD",
                    "BPH",
                    "LUTS",
                    "ED",
                    "UI",
                ]
            )
        return "".join(
            self.rng.choice("ABCDEFGHIKLMNOPRSTUV")
            for _ in range(self.rng.choice((2, 3, 3, 3, 4, 4)))
        )

    def any_name(self) -> str:
        draw = self.rng.random()
        if draw < 0.55:
            return self.full()
        if draw < 0.65:
            return self.cased(self.first())
        if draw < 0.78:
            return self.cased(self.surname())
        if draw < 0.86:
            return self.initial_name()
        if draw < 0.93:
            return self.last_first()
        return f"{self.cased(self.surname())} {self.cased(self.first())}"

    def question(self) -> str:
        draw = self.rng.random()
        if draw < 0.5:
            return self.rng.choice(self.plain)
        return self.fill(
            self.pick(
                "{D} dose?",
                "{D} ok?",
                "is {D} safe?",
                "max {D}?",
                "can she have {D}?",
                "what dose of {D}?",
                "dose of {D} in {C}?",
                "{D} or {D}?",
                "{D} and {D} interact?",
                "when to stop {D}?",
                "{C}, what next?",
                "how to treat {C}?",
                "can he drive",
                "increase {D}?",
                "restart {D} when?",
                "{V}, what now?",
                "please advise on {D}",
                "needs {D} plan",
                "does {D} need monitoring?",
                "start {D} now?",
                "{D} 5 mg bd with {V}",
                "next step?",
                "any ideas",
                "repeat bloods when?",
                "{D} with food?",
                "how long for?",
                "any interactions with {D}?",
            )
        )[0]

    def drug(self) -> str:
        drug, draw = self.rng.choice(self.drugs), self.rng.random()
        if draw > 0.96 and len(drug) > 6:
            at = self.rng.randrange(1, len(drug) - 1)
            drug = self.pick(drug[:at] + drug[at + 1 :], drug[:at] + drug[at] + drug[at:])
        return drug.lower() if draw < 0.5 else drug.title() if draw < 0.93 else drug.upper()

    def condition(self) -> str:
        draw, one = self.rng.random(), self.rng.choice(self.conditions)
        return (
            one.lower()
            if draw < 0.6
            else one
            if draw < 0.8
            else self.pick(
                "AF",
                "CKD 4",
                "T2DM",
                "COPD",
                "UTI",
                "DVT",
                "PE",
                "CAP",
                "gout",
                "HF",
                "epilepsy",
                "asthma",
                "sepsis",
                "AKI",
                "migraine",
                "cellulitis",
            )
        )

    def value(self) -> str:
        r = self.rng
        return self.pick(
            f"K {r.randrange(20, 75) / 10}",
            f"k+ {r.randrange(20, 75) / 10}",
            f"INR {r.randrange(10, 99) / 10}",
            f"eGFR {r.randrange(8, 90)}",
            f"Hb {r.randrange(55, 150)}",
            f"Na {r.randrange(110, 155)}",
            f"TSH {r.randrange(1, 300) / 10}",
            f"B12 {r.randrange(60, 300)}",
            f"ferritin {r.randrange(3, 400)}",
            f"creat {r.randrange(50, 400)}",
            f"BP {r.randrange(70, 220)}/{r.randrange(40, 110)}",
            f"hba1c {r.randrange(40, 120)}",
            "INR high",
            "low sodium",
            "b12 low",
            f"CrCl {r.randrange(10, 99)}",
            f"{r.randrange(30, 120)} kg",
            f"lithium {r.randrange(3, 20) / 10}",
            f"CRP {r.randrange(5, 300)}",
            "potassium low",
            "bloods abnormal",
            f"weight {r.randrange(30, 120)}kg",
            f"plt {r.randrange(10, 90)}",
        )

    def age(self) -> str:
        n = self.rng.randrange(1, 90)
        return self.pick(
            f"{n}F",
            f"{n}M",
            f"{n}f",
            f"{n}m",
            f"{n} yo",
            f"{n}yo woman",
            f"{n} years old",
            f"{n} y/o man",
            f"aged {n}",
            f"age {n}",
            f"{n}-year-old man",
            f"{n}",
            f"{n}y",
            f"F{n}",
            f"a {n} year old lady",
            f"{n} yr old",
            "[AGE OVER 89]",
            "[AGE OVER 89]F",
            f"female {n}",
            f"{n}, female",
            "[AGE OVER 89] years old",
        )

    def hidden(self) -> str:
        return self.pick(
            "[DATE OF BIRTH]",
            "[DATE OF BIRTH]",
            "DOB [DATE OF BIRTH]",
            "[NHS NUMBER]",
            "[NHS NUMBER]",
            "[RECORD NUMBER]",
            "[RECORD NUMBER]",
            "[BED OR ROOM]",
            "[BED OR ROOM]",
            "[BED OR ROOM]",
            "[PHONE NUMBER]",
            "[DATE]",
            "[ADDRESS]",
            "[POSTAL CODE]",
            "[E-MAIL ADDRESS]",
            "[ADDRESS], [POSTAL CODE]",
            "[SOCIAL SECURITY NUMBER]",
            "ward",
            "bay 3",
        )

    def trade(self) -> str:
        return self.pick("coach", "Coach", "midwife", "Midwife", "dietitian", "Dietitian", "physio", "pharmacist", "teacher", "interpreter", "carer", "consultant", "registrar", "reg", "SHO", "matron", "Sr", "Sister", "Nurse", "nurse", "HV", "social worker", "health visitor", "dentist", "paramedic", "porter", "radiographer", "surgeon", "GP", "keyworker", "foster carer", "solicitor", "vicar", "Imam", "Rabbi", "Cllr", "Sgt", "PC", "Capt", "Judge", "Officer", "neighbour", "landlady", "OT", "SALT", "CNS", "F1", "locum", "technician", "Student", "headteacher", "childminder")

    def title(self) -> str:
        return self.pick(
            "Mr",
            "Mrs",
            "Ms",
            "Miss",
            "mr",
            "mrs",
            "Mr.",
            "Mrs.",
            "Dr",
            "MR",
            "MRS",
            "Prof",
            "Sister",
        )

    def relation(self) -> str:
        return self.pick(
            "mum",
            "dad",
            "son",
            "daughter",
            "wife",
            "husband",
            "mother",
            "father",
            "gran",
            "sister",
            "brother",
            "partner",
            "nan",
            "grandson",
            "aunt",
            "uncle",
            "niece",
            "nephew",
            "carer",
            "friend",
            "neighbour",
            "boyfriend",
            "cousin",
            "mother-in-law",
            "stepson",
            "granddaughter",
            "twin",
            "fiancé",
            "flatmate",
            "colleague",
        )

    def place(self) -> str:
        return self.rng.choice(self.places).title()

    def fill(self, frame: str) -> tuple[str, list[tuple[int, int]]]:
        pieces: list[str] = []
        names: list[tuple[int, int]] = []
        length = at = 0
        for match in re.finditer(r"\{(\w)\}", frame):
            before, slot = frame[at : match.start()], match.group(1)
            value = self.slots[slot]()
            start = length + len(before)
            if slot in "NFSGLJI":
                if self.rng.random() < 0.06:
                    value = "[NAME]"
                else:
                    names.append((start, start + len(value)))
            pieces += [before, value]
            length, at = start + len(value), match.end()
        return "".join([*pieces, frame[at:]]), names

    def example(self, frame: str) -> Example:
        text, names = self.fill(frame)
        return self.styled(text, names)

    def styled(self, text: str, names: Iterable[tuple[int, int]]) -> Example:
        draw = self.rng.random()
        if draw < 0.22:
            changed = "".join(
                p if p.startswith("[") else p.lower() for p in re.split(r"(\[[A-Z -]+\])", text)
            )
            text = changed if len(changed) == len(text) else text
        elif draw < 0.25:
            text = text.upper() if len(text.upper()) == len(text) else text
        return Example(text, tuple(names))


def of_sets(sets: Iterable[str], maker: Maker) -> list[Example]:
    """The sentences of sets, with names of the packaged lists."""
    made = []
    for name in sets:
        lists = identified._lists(name)
        for _ in range(TIMES_SETS if name != "heldout" else TIMES_SETS * 2):
            for sentence in lists["sentences"]:
                lists["names"] = [f"{maker.first().title()}|{maker.surname().title()}"]
                lists["given"] = [maker.first().title()]
                lists["surname"] = [maker.surname().title() for _ in range(3)]
                one = identified._filled(sentence, lists, maker.rng)
                spans = [(p.start, p.end) for p in one.planted if p.kind is IdentifierKind.NAME]
                made.append(maker.styled(one.text, spans))
        made += [maker.styled(q, ()) for q in identified.plain_questions(name) for _ in range(3)]
    return made


@cache
def _unlisted_sort(word: str) -> str:
    return "u" + str(likeness.likeness(word.lower()))


def rows_of(
    example: Example, rng: random.Random, unlisted_drugs: frozenset[str]
) -> tuple[list[tuple[str, ...]], list[bool]]:
    text = example.text
    tokens = tokens_of(text, find_others(text))
    spans = [*clinical_spans(text), *named_after(text)]
    good = [any(s < t.end and t.start < e for s, e in example.names) for t in tokens]
    sorts = sorts_of(tokens, [] if not spans else spans)
    for at, token in enumerate(tokens):
        if token.kind is not TokenKind.WORD or len(token.bare) < 3:
            continue
        word = token.bare.lower()
        if good[at]:
            if any(is_unlisted(p) for p in re.split(r"[-'’]", word)):
                sorts[at] = _sort_unlisted(token.bare)
            elif sorts[at] == "c":
                sorts[at] = sort_of_word(token.bare)
        elif (
            word in unlisted_drugs
            or (sorts[at][0] in "op" and is_unlisted(word))
            or (sorts[at] in ("v", "e") and rng.random() < UNKNOWN_WORD)
        ):
            sorts[at] = _unlisted_sort(word)
    rows, is_name = [], []
    for row, name, sort in zip(evidence(tokens, sorts), good, sorts, strict=True):
        if row:
            rows.append(row)
            is_name.append(name)
    return rows, is_name


@cache
def _sort_unlisted(word: str) -> str:
    return sort_of_word(word, listed_names=False)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("plain", type=Path)
    parser.add_argument("drugs", type=Path)
    parser.add_argument("conditions", type=Path)
    parser.add_argument("--sets", default="dev,heldout,second")
    parser.add_argument("--letters", action="store_true")
    args = parser.parse_args()
    plain, drugs, conditions = (
        p.read_text("utf-8").splitlines() for p in (args.plain, args.drugs, args.conditions)
    )
    rng = random.Random(1)
    if args.letters:
        texts = " ".join([*plain, *conditions, *drugs])
        words = {w for w in re.findall(r"[a-z]{3,}", texts.lower())} | set(likeness_words())
        words |= set(rng.sample(sorted(listed("english")), 9_000))
        fit_letters(words)
    maker = Maker(plain, drugs, conditions, rng)
    frames = tomllib.loads(HERE.joinpath("name_frames.toml").read_text("utf-8"))
    drugs += [b for b in sorted(listed("brands")) for _ in range(3)]
    made = [maker.example(f) for f in frames["people"] for _ in range(TIMES)]
    made += [maker.example(f) for f in frames["others"] for _ in range(TIMES_OTHERS)]
    made += [maker.styled(q, ()) for q in plain]
    made += of_sets([s for s in args.sets.split(",") if s], maker)
    unlisted = frozenset(
        w for d in drugs for w in d.lower().split() if is_unlisted(w) and len(w) > 3
    )
    rows: list[tuple[str, ...]] = []
    good: list[bool] = []
    for example in made:
        some, names = rows_of(example, rng, unlisted)
        rows += some
        good += names
    print(f"{len(made):,} sentences")
    write("name_weights", "What evidence counts for a name", fit(rows, good, SEEN, LEAST))


def likeness_words() -> Iterable[str]:
    from osler.library.embedders.static import frequent_words
    from osler.privacy.clinical import _names_of_things

    return [w for w in [*frequent_words(10_000), *_names_of_things()] if w.isalpha() and is_word(w)]


if __name__ == "__main__":
    main()
