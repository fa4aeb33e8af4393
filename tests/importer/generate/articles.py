"""Invented articles: what the files of `generate` are made of, and what has to come of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FIRST = "Ann Bo Cara Edda Noor Piet Ines Tomas Maëlle Jürgen Zoé Rui Søren Béla".split()
LAST = "Ames Berg Dahl Marsh Halden Vance Calder Quint Brandt Peel Lind Moss Faro".split()
SOURCES = ("The Salm Courier", "Quillhaven Gazette", "Marrowick Mail", "Hafenblatt Salm", "Le Val")
SECTIONS = ("News", "City", "Comment", "Sport", "Culture")
PLACES = "Salm Quillhaven Marrowick Valbruyère Steinfurt Porto-Vento".split()
THINGS = {
    "en": "ferry clock heron bakery lighthouse orchard tramway library weathercock quarry".split(),
    "de": "Fähre Turmuhr Reiher Bäckerei Leuchtturm Obstwiese Straßenbahn Bücherei Mühle".split(),
    "fr": "bac horloge héron boulangerie phare verger tramway bibliothèque carrière".split(),
    "es": "barca reloj garza panadería faro huerto tranvía biblioteca molino".split(),
}
TITLES = {
    "en": "The {thing} of {place} waits for {other}",
    "de": "In {place} wartet die {thing} auf {other}",
    "fr": "À {place}, {thing} et {other} attendent encore",
    "es": "En {place} siguen esperando {thing} y {other}",
}
SENTENCES = {
    "en": (
        "The {thing} in {place} will stay open for {number} more years, the council decided after"
        " a debate that lasted until the last tram had gone.",
        "Nobody had asked for the {thing} to be moved, said a clerk who had counted {number}"
        " letters and answered most of them by hand.",
        "A class of {number} children painted the {thing} in the colours of the harbour, and was"
        " given soup for it in the {other}.",
        "The {other} next door, which is older than the town, leans {number} centimetres to the"
        " west and is not expected to fall before the spring.",
        "Visitors to {place} are asked to leave their umbrellas at the {other}, because the wind"
        " has taken {number} of them since the summer.",
    ),
    "de": (
        "Die {thing} in {place} bleibt noch {number} Jahre geöffnet, beschloss der Stadtrat nach"
        " einer Sitzung, die länger dauerte als die Nacht davor.",
        "Niemand habe verlangt, dass man die {thing} versetze, sagte ein Beamter, der {number}"
        " Briefe gezählt und die meisten davon beantwortet hat.",
        "Eine Klasse von {number} Kindern hat den Zaun um die {other} gestrichen und bekam dafür"
        " eine Suppe, die für alle reichte.",
        "Gäste in {place} werden gebeten, ihre Schirme bei der {other} abzugeben, weil der Wind"
        " seit dem Sommer {number} davon mitgenommen hat.",
    ),
    "fr": (
        "Le conseil de {place} a décidé de garder {thing} pendant {number} ans, après un débat qui"
        " a duré jusqu'au départ du dernier train du soir.",
        "Personne n'avait demandé que l'on déplace {thing}, a déclaré un employé qui a compté"
        " {number} lettres et répondu à la plupart d'entre elles.",
        "Une classe de {number} enfants a repeint la grille de {other} et a reçu de la soupe, que"
        " le maire a servie lui-même sans en renverser.",
    ),
    "es": (
        "El ayuntamiento de {place} decidió conservar {thing} durante {number} años, después de un"
        " debate que duró hasta que salió el último tren.",
        "Nadie había pedido que se moviera {thing}, dijo un empleado que contó {number} cartas y"
        " contestó a la mayoría de ellas a mano.",
        "Una clase de {number} niños pintó la valla de {other} y recibió una sopa que alcanzó para"
        " todos los que pasaban por la plaza.",
    ),
}


@dataclass(frozen=True)
class Article:
    """What a file says of an article, and so what the import has to find."""

    title: str
    authors: tuple[str, ...]
    day: date
    source: str
    section: str
    page: str
    lang: str
    paragraphs: tuple[str, ...]
    url: str
    number: int  # differs between all articles

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def make_article(random: Random, number: int, lang: str = "") -> Article:
    """An article that differs from all others of the seed."""
    lang = lang or random.choice("en en de fr es".split())
    thing, other = random.sample(THINGS[lang], 2)
    place = random.choice(PLACES)
    people = [f"{random.choice(FIRST)} {last}" for last in random.sample(LAST, 2)]
    wanted = random.sample(SENTENCES[lang], 3)
    paragraphs = tuple(
        " ".join(
            row.format(thing=thing, other=other, place=place, number=random.randint(3, 90))
            for row in (sentence, random.choice(SENTENCES[lang]))
        )
        for sentence in wanted
    )
    return Article(
        title=f"{TITLES[lang].format(thing=thing, other=other, place=place)} {number + 2}",
        authors=tuple(people[: random.randint(1, 2)]),
        day=date(2026, 1, 3) + timedelta(days=random.randint(0, 320)),
        source=random.choice(SOURCES),
        section=random.choice(SECTIONS),
        page=random.choice("ABC") + str(random.randint(2, 40)),
        lang=lang,
        paragraphs=paragraphs,
        url=f"https://news.example/{number}/{thing.lower()}",
        number=number,
    )


def make_articles(seed: int, count: int, lang: str = "") -> list[Article]:
    """``count`` articles of a file."""
    random = Random(seed)
    return [make_article(random, seed * 50 + n, lang) for n in range(count)]


def day_in_words(day: date) -> str:
    """`26 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def day_in_american(day: date) -> str:
    """`November 26, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def turned(name: str) -> str:
    """`Marsh, Edda`."""
    given, _, family = name.rpartition(" ")
    return f"{family}, {given}"
