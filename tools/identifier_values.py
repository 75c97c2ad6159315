"""Beds, addresses, dates and ages over 89 in the many ways that people write them, by chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from osler.privacy.lists import listed

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "fourteenth", "twentieth", "twenty first", "thirtieth",
)  # fmt: skip
ENDINGS = {1: "st", 2: "nd", 3: "rd"}
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty")
WARDS = (
    "Birch", "Juniper", "Nightingale", "Rowan", "Maple", "Kestrel", "Lister", "Fleming", "Acorn",
    "Heather", "Windsor", "Churchill", "Florence", "Seacole", "Barnes", "Elgar", "Thistle",
    "Lavender",
    "Oak", "Willow", "Cedar", "Aspen", "Bluebell", "Victoria", "Albert", "Alexandra", "Dickens",
)  # fmt: skip
UNITS = (
    "AMU",
    "ITU",
    "ICU",
    "HDU",
    "CCU",
    "SAU",
    "MAU",
    "EAU",
    "ED",
    "NICU",
    "HASU",
    "SDEC",
    "PICU",
)
STREETS = (
    "Street", "Road", "Lane", "Avenue", "Close", "Drive", "Crescent", "Terrace", "Way", "Grove",
    "Court", "Place", "Gardens", "Hill", "Rise", "View", "Row", "Walk", "Parade", "Square", "Mews",
    "Green", "Park", "St", "Rd", "Ave", "Ln", "Dr", "Yard", "Approach", "End", "Gate", "Bank",
    "Estate",
)  # fmt: skip
WORDS = (
    "Orchard", "Mill", "Church", "Station", "Harbour", "Meadow", "Priory", "Castle", "Bridge",
    "Garden",
    "Abbey", "Quarry", "Chapel", "School", "River", "Market", "Tanner's", "Baker's", "St Mary's",
    "King's", "Queens", "Victoria", "Albert", "Spring", "Holly", "Elm", "Cherry Tree", "Park",
    "Unity",
    "Fairfield", "Highfield", "Old Forge", "Lower", "Windmill", "Lark", "Swan", "Brook",
    "Sandy Bay",
    "Harmony", "Nehru", "Gandhi", "Adeola", "Obafemi", "Garibaldi", "Lincoln", "Jefferson",
    "Oakmont",
)  # fmt: skip
TOWNS = sorted(listed("towns"))
ENDS = ("end", "yard", "approach", "meadows", "view", "bridge", "cottages")
HOUSES = (
    "Rose Cottage", "The Old Forge", "The Rectory", "The Gables", "The Beeches", "Penhallow",
    "Fernlea",
    "Sunnybank", "Hillcrest", "Ty Gwyn", "The Old Mill", "Ivy House", "Glenview", "Braemar",
    "Woodside",
    "The Paddocks", "The Bungalow", "Ashgrove", "Meadow View", "Mount Pleasant", "Lyndhurst",
    "Oaklands",
)  # fmt: skip
TOWN_ENDS = (
    "ton", "ham", "ford", "bury", "field", "wick", "worth", "mouth", "ville", "burgh", "by",
    "stead",
    "minster", "port", "pool", "dale", "combe", "stow", "abad", "pur", "nagar", "grad", "stadt",
    "berg",
)  # fmt: skip


class Values:
    """Draws values; `rng` decides, so that the order of calls counts."""

    def __init__(self, rng: random.Random, places: Sequence[str], names: Sequence[str]) -> None:
        self.rng, self.places, self.names = rng, places, names

    def _number(self, most: int = 40) -> str:
        draw, n = self.rng.random(), str(self.rng.randint(1, most))
        if draw < 0.12:
            return n + self.rng.choice("ABCDEF")
        return self.rng.choice("ABCDE") + n if draw < 0.2 else n

    def bed(self) -> str:
        """A bed, a bay, a room, a ward, or several of them."""
        rng = self.rng
        letter, n, m = rng.choice("ABCDEFGHJKLW"), rng.randint(1, 32), rng.randint(1, 12)
        whole = rng.choice(
            (
                f"bed {self._number()}",
                f"bed {n}",
                f"bay {m} bed {n}",
                f"side room {m}",
                f"SR{m}",
                f"SR {m}",
                f"room {rng.randint(1, 400)}",
                f"rm {rng.randint(1, 400)}",
                f"cubicle {self._number(12)}",
                f"bay {rng.choice('ABCDEF')}",
                f"ward {self._number(12)}",
                f"ward {m}{rng.choice('ABC')} bed {n}",
                f"{letter}{n}",
                f"{letter}{n}",
                f"{letter}{n}",
                f"{letter}{m} on ward {n}",
                f"{letter}{m}-{n}",
                f"{letter}{m}/{n}",
                f"{m}{letter}",
                f"{m}{letter}",
                f"{m}{letter} bed {n}",
                f"{m}{rng.choice('NSEWABC')}-{n}",
                f"{rng.choice(WARDS)} Ward",
                f"{rng.choice(WARDS)} ward",
                f"{rng.choice(WARDS)} Unit",
                f"{rng.choice(WARDS)} Ward bed {n}",
                f"{rng.choice(UNITS)} {n}",
                f"{rng.choice(UNITS)}-{n}",
                f"{rng.choice(UNITS)} bed {n}",
                f"bed {n} on {rng.choice(UNITS)}",
                f"chair {m}",
                f"trolley {n}",
                f"resus {m}",
                f"majors {n}",
                f"pod {m}",
                f"theatre {m}",
                f"corridor {m}",
                f"level {m} bed {n}",
                f"{m} {rng.choice(('North', 'South', 'East', 'West'))}",
                f"zone {m}",
                f"cell {letter}{m}-{n}",
                f"triage {m}",
                f"station {m}",
                f"recovery {m}",
                f"theatre {m}",
                f"window seat {m}",
                f"{m} {rng.choice(('North', 'South', 'East', 'West'))} room {n}",
                f"cot {m}",
                f"table {m}",
            )
        )
        draw = rng.random()
        return whole.title() if draw < 0.15 else whole.lower() if draw < 0.25 else whole

    def number_of_bed(self) -> str:
        """Only its number: "the lady in 14"."""
        return self._number(36)

    def date(self) -> str:
        """A day, with its year or without."""
        rng = self.rng
        d, m, y = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2019, 2027)
        nth = f"{d}{ENDINGS.get(d % 10, 'th') if d not in (11, 12, 13) else 'th'}"
        month, weekday = MONTHS[m - 1], rng.choice(DAYS)
        if rng.random() < 0.5:
            month, weekday = month[:3], weekday[:3]
        day = rng.choice((str(d), nth))
        whole = rng.choice(
            (
                f"{day} {month}",
                f"{day} {month}",
                f"{month} {day}",
                f"{day} of {month}",
                f"the {nth} of {month}",
                f"{weekday} {day} {month}",
                f"{weekday} the {nth} of {month}",
                f"{weekday} {day}",
                f"the {nth}",
                f"{weekday} the {nth}",
                f"{d}/{m}",
                f"{d}/{m}",
                f"{d:02}/{m:02}",
                f"{m}/{d}",
                f"{d}.{m}",
                f"{d:02}.{m:02}",
                f"{weekday} {d}/{m}",
                f"{d}/{m}/{y % 100}",
                f"{m}/{d}/{y % 100}",
                f"{d}.{m}.{y % 100}",
                f"{d}-{m}-{y % 100}",
                f"{d}/{m}/{y}",
                f"{y}-{m:02}-{d:02}",
                f"{rng.choice(NTH)} of {month}",
                f"{day} {month} {y}",
                f"{day} {month} last year",
                f"{d}-{month}",
                f"{weekday}, {month} {day}",
                f"{d}{month}",
                f"{month}. {d}",
                f"{rng.choice(NTH)} of {MONTHS[m - 1]}",
                f"{day} {month} {y % 100}",
            )
        )
        draw = rng.random()
        return whole.lower() if draw < 0.25 else whole.upper() if draw < 0.3 else whole

    def birth(self) -> str:
        """A day of birth, as dates are written, or with blanks, or in words."""
        rng = self.rng
        d, m, y = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1925, 2024)
        return rng.choice(
            (
                f"{d:02} {m:02} {y % 100:02}",
                f"{d:02} {m:02} {y}",
                f"{d}/{m}/{y % 100:02}",
                f"{d}.{m}.{y % 100:02}",
                f"{rng.choice(NTH)} of {MONTHS[m - 1].lower()} nineteen "
                f"{rng.choice(TENS)} {rng.choice(ONES)}",
                f"{d} {MONTHS[m - 1]} {y}",
                f"{d}/{m}/{y}",
            )
        )

    def record(self) -> str:
        """A number of a record, of insurance: letters, digits and what parts them."""
        rng = self.rng

        def digits(n: int) -> str:
            return "".join(rng.choices("0123456789", k=n))

        def letters(n: int) -> str:
            return "".join(rng.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=n))

        return rng.choice(
            (
                digits(rng.randint(5, 10)),
                letters(1) + digits(rng.randint(5, 8)),
                f"{letters(1)} {digits(3)} {digits(3)}",
                f"{digits(2)}-{digits(2)}-{digits(2)}",
                f"{digits(2)}.{digits(2)}.{digits(2)}",
                f"{letters(2)}{digits(2)}/{digits(5)}",
                f"{letters(3)}-{digits(4)}-{digits(4)}",
                f"{letters(2)}/{digits(2)}/{digits(6)}",
                f"{digits(2)}/{digits(6)}",
                f"{digits(1)}{letters(2)}{digits(1)}-{letters(2)}{digits(1)}-{letters(2)}{digits(2)}",
                f"{letters(1)}{digits(4)} {digits(5)}",
                f"{letters(rng.randint(3, 4))} {digits(8)}",
                f"{letters(3)} {digits(4)} {digits(5)}",
                f"{letters(1)}{digits(2)}-{digits(4)}",
                f"{digits(2)} {digits(2)} {digits(2)}",
                f"{digits(3)} {digits(3)}",
                f"{digits(6)}-{letters(1)}",
                f"{letters(1)}-{digits(2)}-{digits(2)}-{digits(2)}",
                f"{letters(1).lower()}{digits(6)}",
                f"{digits(4)}-{digits(2)}",
                f"{digits(8)}{letters(1)}",
            )
        )

    def phone(self) -> str:
        """A telephone's number, of many countries; now and then short, or a bleep's."""
        rng = self.rng

        def digits(n: int) -> str:
            return "".join(rng.choices("0123456789", k=n))

        return rng.choice(
            (
                f"07{digits(3)} {digits(6)}",
                f"0{digits(3)} {digits(3)} {digits(4)}",
                f"+{rng.randint(20, 99)} {digits(2)} {digits(4)} {digits(4)}",
                f"({digits(3)}) 555-{digits(4)}",
                f"555-{digits(4)}",
                f"bleep {digits(4)}",
                f"ext {digits(4)}",
                f"x{digits(4)}",
                f"0{digits(3)}/{digits(3)} {digits(2)} {digits(2)}",
                f"06 {digits(2)} {digits(2)} {digits(2)} {digits(2)}",
                f"{digits(5)} {digits(5)}",
                f"pager {digits(4)}",
                f"0{digits(1)} {digits(4)} {digits(4)}",
                f"{digits(4)} {digits(4)}",
            )
        )

    def postcode(self) -> str:
        """Of four to six digits, or of letters and digits."""
        n = self.rng.randint(1000, 9999)
        return self.rng.choice(
            (
                f"{n}",
                f"{n}",
                f"{n}{n % 7}",
                f"PIN {n}{n % 90 + 10}",
                f"LS{n % 9 + 1} {n % 7 + 1}QT",
                f"{n}-{n % 900 + 100}",
                f"{n} {self._letters(2)}",
                f"{n} {self._letters(2)}",
                f"{n}{n % 7}-{n}",
            )
        )

    def _letters(self, count: int) -> str:
        return "".join(self.rng.choices("ABCDEFGHJKLNPRSTVWXZ", k=count))

    def age(self) -> str:
        """In figures, or now and then in words."""
        n = self.rng.randint(90, 105)
        if self.rng.random() < 0.12:
            return f"ninety{self.rng.choice('- ')}{self.rng.choice(ONES)}"
        return str(n)

    def town(self) -> str:
        """A place of the lists, or one of no list."""
        rng = self.rng
        draw = rng.random()
        if draw < 0.25:
            whole = rng.choice(self.places).title()
        elif draw < 0.7:
            whole = rng.choice(TOWNS).replace("-", " ").title()
        else:
            whole = rng.choice(self.names)[:6].title().rstrip("aeiou'- ") + rng.choice(TOWN_ENDS)
        return whole.lower() if rng.random() < 0.12 else whole

    def address(self) -> str:
        """A street with its number or without, a house with a name, a flat."""
        rng = self.rng
        word = rng.choice((*WORDS, *(n.title() for n in rng.sample(self.names, 20))))
        kind, n = rng.choice(STREETS), rng.randint(1, 220)
        street = f"{word} {kind}"
        whole = rng.choice(
            (
                f"{n} {street}",
                f"{n} {street}",
                f"{n}{rng.choice('abc')} {street}",
                street,
                f"{rng.choice(HOUSES)}, {street}",
                f"{rng.choice(HOUSES)}, {self.town().title()}",
                f"Flat {n % 20 + 1}, {n} {street}",
                f"no {n} {street}",
                f"{n} The {rng.choice(WORDS)}",
                f"{rng.choice(ONES)} {street}",
                f"{n} {street}, {self.town().title()}",
                rng.choice(HOUSES),
                f"{word} {rng.choice(('House', 'Lodge', 'Apartments', 'Village', 'Flats'))}",
                f"{n} {word}",
                f"{rng.choice(('Via', 'Rue', 'Calle', 'Rua', 'Jalan', 'Avenida'))} {word} {n}",
                f"Plot {n % 30}, Block {rng.choice('ABCD')}, {word} Estate",
                f"{rng.choice(HOUSES)} {self.town()}",
                f"Block {rng.choice('ABCD')} Flat {n % 40}, {street}",
                f"Caravan {n % 60}, {word} Park",
                f"{n} {word.lower()} {rng.choice(ENDS)}",
            )
        )
        return whole.lower() if rng.random() < 0.3 else whole


def drawers(values: Values) -> dict[str, Callable[[], str]]:
    """By the slots of the sets."""
    return {
        "bed": values.bed,
        "date": values.date,
        "address": values.address,
        "town": values.town,
        "low_address": lambda: values.address().lower(),
        "house": lambda: values.rng.choice(HOUSES),
        "roomno": values.number_of_bed,
        "cell": values.bed,
        "old": values.age,
        "age": values.age,
        "dob": values.birth,
        "mrn": values.record,
        "policy": values.record,
        "phone": values.phone,
        "postcode": values.postcode,
    }
