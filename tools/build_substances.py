"""Build `substances.tsv`: drug names from the FDA's product table and our own synonyms.

    python tools/build_substances.py drugs_at_fda_products.tsv.gz

The table (Drugs@FDA, a work of the US government) gives ingredients and the brand names of
products with one ingredient. `tools/substances_own.tsv` (ours) gives international names,
classes and their members, and substances that are not sold in the United States. The result
is one line a substance: name, what it is a salt or form of, classes, other names, brands.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tools" / "substances_own.tsv"
ORDINARY = ROOT / "tools" / "ordinary_words.txt"
OUT = ROOT / "src" / "osler" / "statements" / "data" / "substances.tsv"

SALTS = frozenset(
    [
        "hydrochloride",
        "dihydrochloride",
        "monohydrochloride",
        "hydrobromide",
        "sodium",
        "disodium",
        "trisodium",
        "potassium",
        "dipotassium",
        "calcium",
        "magnesium",
        "acetate",
        "diacetate",
        "sulfate",
        "bisulfate",
        "mesylate",
        "dimesylate",
        "maleate",
        "dimaleate",
        "phosphate",
        "diphosphate",
        "chloride",
        "citrate",
        "bromide",
        "tartrate",
        "bitartrate",
        "fumarate",
        "hemifumarate",
        "succinate",
        "meglumine",
        "dimeglumine",
        "lactate",
        "tosylate",
        "nitrate",
        "mononitrate",
        "dinitrate",
        "besylate",
        "tromethamine",
        "polistirex",
        "pamoate",
        "monohydrate",
        "dihydrate",
        "trihydrate",
        "tetrahydrate",
        "hemihydrate",
        "sesquihydrate",
        "anhydrous",
        "propionate",
        "dipropionate",
        "benzoate",
        "malate",
        "iodide",
        "gluconate",
        "valerate",
        "pivalate",
        "palmitate",
        "decanoate",
        "cypionate",
        "enanthate",
        "furoate",
        "edisylate",
        "esylate",
        "napsylate",
        "isethionate",
        "camsylate",
        "stearate",
        "ethylsuccinate",
        "estolate",
        "axetil",
        "proxetil",
        "pivoxil",
        "medoxomil",
        "mofetil",
        "disoproxil",
        "alafenamide",
        "etexilate",
        "cilexetil",
        "acetonide",
        "hyclate",
        "procaine",
        "benzathine",
        "oxalate",
        "embonate",
        "xinafoate",
        "caproate",
        "undecanoate",
        "hydrate",
        "hydroxide",
        "oxide",
        "dioxide",
        "carbonate",
        "subsalicylate",
        "zinc",
        "lysine",
        "arginine",
        "erbumine",
        "aluminum",
        "human",
        "recombinant",
        "kit",
        "usp",
    ]
)
# A salt of these is named by its whole name ("sodium chloride"), and is a form of the element.
ELEMENTS = {
    "sodium": "sodium", "potassium": "potassium", "calcium": "calcium", "magnesium": "magnesium",
    "zinc": "zinc", "ferrous": "iron", "ferric": "iron", "iron": "iron", "lithium": "lithium",
    "aluminum": "aluminium", "cupric": "copper", "copper": "copper", "selenious": "selenium",
    "manganese": "manganese", "ammonium": "ammonium", "gold": "gold", "silver": "silver",
    "bismuth": "bismuth", "strontium": "strontium", "barium": "barium",
}  # fmt: skip
# Brands that name a time in every other text.
TIMES = frozenset({"pre-op", "pre-op ii"})
SKIP = re.compile(
    r"\b(i-1\d\d|f-18|c-1\d|tc-99|p-32|co-\d\d|cr-51|in-111|ga-6\d|rb-82|xe-1|sr-8|kit|serum|extract|"
    r"beef|pork|unknown|and|water|oil|alcohol|triglycerides|root|esters)\b"
)
STRIP = re.compile(r"\s*\([^)]*\)|,.*$|-[a-z]{4}$")


def ingredient(name: str) -> str:
    """Clean an ingredient's name of suffixes and remarks."""
    return STRIP.sub("", " ".join(name.lower().split())).strip(' "')


def base_of(name: str) -> str:
    """Take the salt off: "metformin hydrochloride" is a form of "metformin"."""
    words = name.split()
    if words[0] in ELEMENTS and len(words) > 1:
        return ELEMENTS[words[0]]
    while len(words) > 1 and words[-1] in SALTS:
        words.pop()
    return " ".join(words)


def read_own() -> tuple[dict[str, list[str]], dict[str, str], dict[str, list[str]]]:
    """Read our own names, forms and classes."""
    synonyms: dict[str, list[str]] = {}
    bases: dict[str, str] = {}
    classes: dict[str, list[str]] = {}
    for line in OWN.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, name, rest = [*line.split("\t"), "", ""][:3]
        values = [v for v in rest.split("|") if v]
        if kind == "class":
            names, _, members = rest.partition("=")
            synonyms.setdefault(name, []).extend(v for v in names.split("|") if v)
            classes.setdefault(name, []).extend(v for v in members.split("|") if v)
        elif kind == "form":
            for value in values:
                bases[value] = name
                synonyms.setdefault(value, [])
            synonyms.setdefault(name, [])
        else:
            synonyms.setdefault(name, []).extend(values)
    return synonyms, bases, classes


def main(table: str) -> None:
    """Write the table of substances."""
    own, own_bases, classes = read_own()
    canonical = {s: name for name, others in own.items() for s in others}
    ordinary = set(ORDINARY.read_text("utf-8").split())
    names: dict[str, set[str]] = defaultdict(set)
    brands: dict[str, set[str]] = defaultdict(set)
    bases: dict[str, str] = {}
    for name, others in own.items():
        names[name].update(others)
    with gzip.open(table, "rt", encoding="utf-8", errors="replace") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            parts = [ingredient(p) for p in (row["ActiveIngredient"] or "").split(";")]
            brand = " ".join((row["DrugName"] or "").lower().split())
            for part in parts:
                if len(part) < 4 or SKIP.search(part) or part in ordinary:
                    continue
                if part.count("(") != part.count(")"):  # "pancrelipase (amylase; lipase; protease)"
                    continue
                name = canonical.get(part, part)
                names[name].update({part} - {name})
                base = base_of(part)
                base = canonical.get(base, base)
                if base != name and len(base) > 3 and base not in ordinary:
                    bases.setdefault(name, base)
                    names[base].update(())
            if len(parts) == 1 and 4 <= len(brand) <= 30 and "%" not in brand:
                whole = canonical.get(parts[0], parts[0])
                if brand in TIMES:
                    continue
                if whole in names and not _adds_nothing(brand, whole, ordinary):
                    brands[bases.get(whole, whole)].add(brand)
    bases.update(own_bases)
    of: dict[str, list[str]] = defaultdict(list)
    for group, members in classes.items():
        for member in members:
            of[canonical.get(member, member)].append(group)
            names[canonical.get(member, member)].update(())
    taken = set(names) | {n for others in names.values() for n in others}
    rows = []
    for name in sorted(names):
        marks = sorted(b for b in brands.get(name, ()) if b not in taken)
        kind = "class" if name in classes else ""
        rows.append(
            "\t".join(
                (
                    name,
                    bases.get(name, ""),
                    "|".join(of[name]),
                    "|".join(sorted(names[name])),
                    "|".join(marks),
                    kind,
                )
            )
        )
    OUT.write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{len(rows)} substances, {sum(map(len, brands.values()))} brand names")


def _adds_nothing(brand: str, name: str, ordinary: set[str]) -> bool:
    words = re.findall(r"[a-z0-9]+", brand)
    return (
        brand == name
        or not words
        or all(w in ordinary or w.isdigit() for w in words)
        or words[0] == name.split()[0]
        or len(words) > 3
    )


if __name__ == "__main__":
    main(sys.argv[1])
