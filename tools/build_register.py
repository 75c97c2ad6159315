"""Build `register.tsv`: by which routes a drug is registered, in which units and strengths.

    python tools/build_register.py drugs_at_fda_products.tsv.gz

The table (Drugs@FDA, a work of the US government) has one row a product. The result has one
line for each drug, group of routes, sort of strength and unit: drug, routes, sort, unit, the
smallest and the largest strength, and how many products they come from. Drugs are named as
`osler.statements` names them, salts under what they are salts of. Of a product with several
ingredients each counts for itself; where the combination has a name of its own ("co-amoxiclav")
it is entered under that too, from its first ingredient alone to the sum of all.

Sorts: "unit" is what one tablet, capsule, puff, packet, vial or bag of stated volume holds;
"ml" what a millilitre does; "h" what a patch gives an hour. Percentages and radioactivity are
left out. Units: "ug", "U", "meq" (international units are U here: labels use them alike).
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import permutations
from pathlib import Path

from osler.statements.vocabulary.substances import all_names, base_of, canonical, is_class

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "osler" / "plausibility" / "data" / "register.tsv"

ROUTES = {
    "oral": "oral", "sublingual": "oral", "buccal": "oral", "transmucosal": "oral",
    "injection": "injected", "intravenous": "injected", "intramuscular": "injected",
    "subcutaneous": "injected", "iv": "injected", "parenteral": "injected",
    "intrathecal": "intrathecal", "intradermal": "injected", "epidural": "injected",
    "inhalation": "inhaled", "nasal": "nasal", "rectal": "rectal", "vaginal": "vaginal",
    "topical": "topical", "transdermal": "transdermal", "ophthalmic": "eye", "otic": "ear",
}  # fmt: skip
UNITS = {
    "ng": ("ug", "0.001"), "mcg": ("ug", "1"), "ug": ("ug", "1"), "mg": ("ug", "1000"),
    "gm": ("ug", "1000000"), "g": ("ug", "1000000"), "units": ("U", "1"), "unit": ("U", "1"),
    "iu": ("U", "1"), "usp units": ("U", "1"), "meq": ("meq", "1"),
}  # fmt: skip
STRENGTH = re.compile(
    r"(?:eq\s*)?(?P<number>[\d,]*\.?\d+)\s*(?P<unit>usp units|units?|iu|mcg|ug|mg|gm|ng|g|meq)\b"
    r"(?P<of>[a-z ,]*)"
    r"(?:/\s*(?P<over>[\d.]*)\s*(?P<what>ml|hr|[a-z]+))?"
)
HOLDERS = re.compile(
    r"vial|packet|inh|spray|spr|actuation|bot|bottle|syringe|ampule|amp|suppository|scoopful"
    r"|insert|dose|cartridge|pump|blister|metered"
)
SUFFIX = re.compile(r"\s*\([^)]*\)|,.*$|-[a-z]{4}$")
LESS_COMMON = 20  # a strength of fewer than one product in so many counts as an oversight
APART = 5  # when it is also this many times its nearest neighbour

MOST_INGREDIENTS = 3  # mixtures of more hold what food holds, not doses

KNOWN = frozenset(all_names())

Key = tuple[str, str, str, str]  # drug, routes, sort, unit


def main(table: str) -> None:
    """Write the register."""
    found: dict[Key, Counter[Decimal]] = defaultdict(Counter)
    with gzip.open(table, "rt", encoding="utf-8", errors="replace") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            routes = _routes(row["Form"] or "")
            names = [_drug(part) for part in (row["ActiveIngredient"] or "").split(";")]
            said = re.sub(r"\*\*.*|\(.*?\)", "", (row["Strength"] or "").lower()).split(";")
            if len(said) != len(names) or len(names) > MOST_INGREDIENTS:
                continue
            parts = [_strength(strength) for strength in said]
            for name, part in [*zip(names, parts, strict=True), *_combined(names, parts)]:
                if part is None or len(name) < 4 or is_class(name):
                    continue
                sort, unit, amount = part
                for route in routes:
                    found[name, route, sort, unit][amount] += 1
    rows = []
    for key, amounts in sorted(found.items()):
        low, high = _ends(amounts)
        rows.append("\t".join((*key, f"{low:f}", f"{high:f}", str(amounts.total()))))
    OUT.write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{len(rows)} lines, {len({key[0] for key in found})} drugs, {OUT.stat().st_size} bytes")


def _routes(form: str) -> set[str]:
    """The groups of routes that a form names; none where a product is for no patient."""
    words = re.findall(r"[a-z]+", form.lower().rpartition(";")[2])
    return {ROUTES[word] for word in words if word in ROUTES}


def _drug(ingredient: str) -> str:
    name = SUFFIX.sub("", " ".join(ingredient.lower().split())).strip(' "')
    return canonical(base_of(canonical(name)))


def _strength(text: str) -> tuple[str, str, Decimal] | None:
    """The sort, the unit and the amount of one ingredient's strength."""
    match = STRENGTH.match(text.strip())
    if match is None:
        return None
    unit, factor = UNITS[match["unit"]]
    amount = Decimal(match["number"].replace(",", "")) * Decimal(factor)
    if amount == 0:
        return None
    over, what = Decimal(match["over"] or 1), match["what"]
    if what is None or HOLDERS.fullmatch(what):
        return "unit", unit, amount
    if what == "ml":
        # "4 mg/100 mL" is a bag, "50 mg/2 mL" a vial; "125 mg/5 mL" a spoon: each is one unit.
        return ("ml", unit, amount) if over <= 1 else ("unit", unit, amount)
    if what == "hr" and over:
        return "h", unit, (amount / over).normalize()
    return None


def _combined(
    names: list[str], parts: list[tuple[str, str, Decimal] | None]
) -> list[tuple[str, tuple[str, str, Decimal]]]:
    """A combination under its own name: from its smallest part to the sum of all."""
    amounts = [part[2] for part in parts if part]
    kinds = {part[:2] for part in parts if part}
    if not 2 <= len(names) <= 3 or len(amounts) < len(parts) or len(kinds) > 1:
        return []
    sort, unit = kinds.pop()
    for order in permutations(names):
        for written in (" ".join(order), " and ".join(order), "-".join(order)):
            name = canonical(written)
            if name in KNOWN:
                total = sum(amounts, Decimal(0))
                return [(name, (sort, unit, amount)) for amount in (min(amounts), total)]
    return []


def _ends(amounts: Counter[Decimal]) -> tuple[Decimal, Decimal]:
    """The smallest and largest strength, rare ones that stand far from all others left out."""
    ordered = sorted(amounts)
    rare = amounts.total() / LESS_COMMON
    while len(ordered) > 1 and amounts[ordered[0]] < rare and ordered[1] >= APART * ordered[0]:
        ordered.pop(0)
    while len(ordered) > 1 and amounts[ordered[-1]] < rare and ordered[-1] >= APART * ordered[-2]:
        ordered.pop()
    return ordered[0], ordered[-1]


if __name__ == "__main__":
    main(sys.argv[1])
