"""Bylines to people: joined, glued and decorated names, and none of them torn apart.

The one reader of names: pages, feeds, mail, copied text, exports and front matter come here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from sitegen.base.calendar import MONTHS, WEEKDAYS
from sitegen.base.clean import clean_inline
from sitegen.base.page_words import page_words
from sitegen.model.article import Person
from sitegen.names import words as w
from sitegen.names.eastasian import is_east_asian, split_east_asian
from sitegen.names.shape import is_agency, is_office, is_organisation, looks_like_name, recased

MAX_BYLINE = 5_000
MAX_PEOPLE = 500

_EDGES = " \t\u00a0,;:|·•-–—/*()[]"
_TOKEN = re.compile(r"\S+")
_GROUP = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+")

# E-mail addresses and markup ----------------------------------------------------------------

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_BREAK = re.compile(r"<(?:br|/p|/li|/div)\b[^<>]{0,200}>", re.I)
_ADDRESS = r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_MAILBOX = re.compile(rf"\s*<\s*(?:mailto:)?{_ADDRESS}\s*>\s*[,;]?\s*")
_COMMENTED = re.compile(rf"(?:mailto:)?{_ADDRESS}\s*\((?P<name>[^()]{{1,200}})\)")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()\s]{1,1000}\)")
_URL = re.compile(r"[(<\[]?\s*(?:https?:)?//[^\s<>()]{1,1000}\s*[)>\]]?")
_HANDLE = re.compile(rf"\s*@\w{{2,30}}|\s*\(?(?:mailto:)?{_ADDRESS}\)?")


_PRONOUNS = re.compile(
    r"\s*[(\[]\s*(?:she|he|they|it|ze|xe|sie|er|elle|il|iel|ella|él|lei|lui|ela|ele|hon|han|hen"
    r"|hun|zij|hij|die)\s?[/,|]\s?[^\W\d_]{2,8}(?:\s?[/,|]\s?[^\W\d_]{2,8})?\s*[)\]]",
    re.I,
)


def bare(text: str) -> str:
    """``text`` as one line without entities (also twice escaped ones), markup, links and e-mail
    addresses."""
    text = text[:5000]
    for _ in range(3):
        if "&" not in text or text == (plain := html.unescape(text)):
            break
        text = plain
    text = _COMMENTED.sub(lambda m: m["name"], text)
    text = "; ".join(_turned_mailbox(part) for part in _MAILBOX.split(text) if part.strip(_EDGES))
    text = _PRONOUNS.sub("", text)
    text = _MARKDOWN_LINK.sub(r"\1", _TAG.sub(" ", _BREAK.sub("; ", text)))
    return _HANDLE.sub(" ", _URL.sub(" ", clean_inline(text)))[:MAX_BYLINE].strip()


def _turned_mailbox(part: str) -> str:
    """The name before an e-mail address; in quotation marks it is one person's (RFC 5322)."""
    name = part.strip()
    quoted = re.fullmatch(r"\"([^\"]{1,200})\"|'([^']{1,200})'", name)
    return (quoted[1] or quoted[2]) if quoted else name


# Words in front of names ---------------------------------------------------------------------

_LEAD = re.compile(rf"(?:{'|'.join(w.LEADS)})(?::\s*|\s+)(?=\S)", re.I)
_GLUED_LEAD = re.compile(
    r"(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|Author|Autor|Auteur|Text)(?=[A-ZÀ-Þ][a-zß-ÿ]+ [A-ZÀ-Þ])"
)
# `Guest post by Jane Roe`, `Posted on 3 March by Jane Roe`
_LEAD_WITHIN = re.compile(
    r"(?P<front>[^,;:|]{3,40}?) (?:[Bb]y|BY|par|por|door):? (?P<rest>[^\W\d_a-zß-ÿ].{3,})"
)
_WEAK_LEAD = re.compile(rf"({'|'.join(w.WEAK_LEADS)})(:\s*|\s+)(?=\S)", re.I)


def strip_lead(text: str, lang: str = "") -> str:
    """``text`` without ``By`` and its like in front."""
    for strip in (_strip_glued_lead, _strip_plain_lead, _strip_lead_within, _strip_weak_lead):
        rest = strip(text, lang)
        if rest is not None:
            return rest
    return text


def _strip_glued_lead(text: str, lang: str) -> str | None:
    """Two elements side by side: `By`, `Jane Roe`."""
    glued = _GLUED_LEAD.match(text)
    return text[glued.end() :] if glued else None


def _strip_plain_lead(text: str, lang: str) -> str | None:
    """``By Jane Roe``."""
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else ""
    return rest if lead and _may_follow_lead(rest) else None


def _strip_lead_within(text: str, lang: str) -> str | None:
    """``Guest post by Jane Roe``; ``Ann Lee by Jane Roe`` stays as it is."""
    within = _LEAD_WITHIN.match(text)
    if not within or not _begins_with_name(within["rest"], lang):
        return None
    return text if looks_like_name(within["front"]) else within["rest"]


def _strip_weak_lead(text: str, lang: str) -> str | None:
    """A word that is a lead in the language of the text, or with a colon."""
    weak = _WEAK_LEAD.match(text)
    if not weak:
        return None
    is_lead = ":" in weak[2] or lang[:2] in w.WEAK_LEADS[weak[1].lower()]
    rest = text[weak.end() :]
    return rest if is_lead and _begins_with_name(rest, lang) else None


def _begins_with_name(text: str, lang: str) -> bool:
    return looks_like_name(next(iter(_parts(text, lang)), ""))


def _may_follow_lead(rest: str) -> bool:
    """A lead is followed by a capital, a script without capitals, an agency, or another lead."""
    first_word, *others = rest.split() or [""]
    if _BEFORE_A_DAY.issuperset(others):
        return True  # the name of a user
    return _may_begin_a_name(rest[:1]) or is_organisation(first_word) or bool(_LEAD.match(rest))


def _may_begin_a_name(sign: str) -> bool:
    """Whether a sign is not a small letter."""
    is_caseless = sign.lower() == sign.upper()
    return sign.isupper() or not sign.isalpha() or is_caseless


def has_lead(text: str) -> bool:
    """Whether ``text`` starts with ``By`` or its like and a capital."""
    return strip_lead(text) != text


# Who helped ----------------------------------------------------------------------------------

_HELPERS = [
    (role, re.compile(rf"(?:^|[\s.,;:|(/–—-])\s*(?:{phrases})\s*(?=\S)", re.I))
    for role, phrases in w.HELPERS
]


_CLOSING = [
    (role, re.compile(rf"(?:{phrases})\s*(?=\S)", re.I))
    for role, phrases in (*w.HELPERS, *w.CLOSING_WORK)
]


def read_helpers(text: str) -> tuple[Person, ...]:
    """Who translated, photographed or edited, as a byline or a value of metadata names them beside
    its authors."""
    return cut_helpers(bare(text))[1]


def cut_helpers(text: str) -> tuple[str, tuple[Person, ...]]:
    """(the byline of the authors, who translated, photographed …) of ``text``.

    ``By Jane Roe. Translated from the Dutch by Griet Maas`` has one author and one translator.
    """
    found: list[tuple[int, int, str]] = []
    for role, pattern in _HELPERS:
        match = pattern.search(text)
        labelled = match is not None and match[0].rstrip().endswith(":")
        if match and (role in ("translator", "reviewer") or match.start() > 2 or labelled):
            found.append((match.start(), match.end(), role))
    if not found:
        return text, ()
    found.sort()
    borders = [*(start for start, _, _ in found[1:]), len(text)]
    helpers: list[Person] = []
    for (_, end, role), border in zip(found, borders, strict=True):
        helpers += _helpers_in(text[end:border].strip(_EDGES + "."), role)
    return text[: found[0][0]].rstrip(" .,;:|(/–—-"), tuple(helpers)


def closing_helpers(text: str) -> tuple[Person, ...]:
    """The people of a line below an article, each with the work: `Reporting by Jane Roe; Editing by
    John Doe`."""
    found = sorted(
        (match.start(), match.end(), role)
        for role, pattern in _CLOSING
        for match in pattern.finditer(text)
    )
    borders = [*(start for start, _, _ in found), len(text)][1:]
    helpers: dict[str, Person] = {}
    for (_, end, role), border in zip(found, borders, strict=True):
        if end > border:
            continue  # `additional reporting by` is also `reporting by`
        for one in _helpers_in(text[end:border].strip(_EDGES + "."), role):
            helpers.setdefault(one.name, one)
    return tuple(helpers.values())


def _helpers_in(text: str, role: str) -> list[Person]:
    if is_east_asian(text):
        return [Person(name, role) for name, _ in split_east_asian(text)]
    names = _authors_of(text, "")
    return [Person(p.name, role, p.url, p.org) for p in names if looks_like_name(p.name)]


# Words behind names --------------------------------------------------------------------------

_LABEL_WORD = "|".join(
    sorted((*map(re.escape, w.LABELS), *page_words("updated")), key=len, reverse=True)
)
_FURNITURE = re.compile(
    rf"[\s,|·•(–—-]+(?:(?:{'|'.join(w.HALF_LABELS)})\s+)?(?:{_LABEL_WORD})(?:$|(?!\s(?:by|von|par"
    rf"|por|di|av|door)\b)[\s:,|@].*$)",
    re.I,
)
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}[./-]\d{1,2}\b")
_BEFORE_A_DAY = frozenset("on at am um le el il op em kl den".split())
_ON_A_DAY = frozenset("on at am um den le il el op em på den the of a".split())


_DAY_BEHIND = re.compile(r"(?<=\w)\s?(?:19|20)\d\d\s?[-/.年].*")
_LABEL_END = re.compile(rf"[\s,|·•/]+(?:{_LABEL_WORD})[\s:]*$")
_GLUED = re.compile(
    r"(?<=[a-zà-ÿ])(?=(?:Follow|Updated|Published|Posted|Share|Aktualisiert|Publié|Actualizado)\b)"
)
_WITH_AGENCY = re.compile(
    r"(.{4,200}?)\s+(?:mit|with|avec|con)\s+(?:Material (?:von|der)\s+)?"
    r"(\S{2,30}(?: \S{2,20})?)"
)
_FOR = re.compile(
    r"(?P<name>.{4,60}?)\s+(?:on behalf of|im Auftrag (?:von|der|des)|au nom de|for (?=[Tt]he"
    r" [A-Z]))\s*(?P<org>.{2,80})"
)


def _before_furniture(text: str) -> str:
    """What is in front of a label of the page: one with a number, or behind two words or more."""
    match = _FURNITURE.search(text)
    if not match:
        return text
    before = text[: match.start()]
    is_certain = len(before.split()) >= 2 or any(map(str.isdigit, match[0]))
    return before if is_certain else text


def _without_furniture(text: str) -> str:
    """``text`` without a date and the page's labels behind the names: ``Jane Roe Updated 9:00``."""
    text = _before_furniture(_GLUED.sub(" ", text))
    words = _without_end(text.split(), _is_before_day)
    at = next((n for n, word in enumerate(words) if word[:1].isdigit()), -1)
    if at < 0 or not _is_time(words, at):
        return " ".join(words)
    return " ".join(_without_end(words[:at], _is_on_day))


def _without_end(words: list[str], is_end: Callable[[str], bool]) -> list[str]:
    """``words`` without those at the end that ``is_end`` is true of; the first always stays."""
    count = len(words)
    while count > 1 and is_end(words[count - 1]):
        count -= 1
    return words[:count]


def _is_before_day(word: str) -> bool:
    return word in _BEFORE_A_DAY


def _is_on_day(word: str) -> bool:
    return _of_calendar(word) or word.lower().strip(_EDGES + ".") in _ON_A_DAY


def _is_time(words: list[str], at: int) -> bool:
    """Whether the number at a position belongs to a date or a time."""
    beside = words[max(0, at - 1) : at + 2]
    return bool(_DATE.search(" ".join(words))) or any(map(_of_time, beside))


def _of_time(word: str) -> bool:
    return _of_calendar(word) or word.lower().strip(_EDGES + ".") in w.UNITS


def _of_calendar(word: str) -> bool:
    low = word.lower().strip(_EDGES + ".")
    return low in MONTHS or low in WEEKDAYS


# Places --------------------------------------------------------------------------------------

_CAPITAL_WORD = r"[A-ZÀ-ÞĀ-ŽА-ЯЁΑ-Ω][\w.’'-]*"
_PLACE = (
    rf"{_CAPITAL_WORD}(?:[ -](?:(?:de|di|da|do|am|of|on|upon|la|del|el) )?{_CAPITAL_WORD}){{0,2}}"
)
_IN_PLACE = re.compile(rf"(?P<by>{'|'.join(w.PLACE_WORDS)})\s+(?P<place>{_CAPITAL_WORD}.*)")
_REGION = rf"(?:,\s(?P<region>{_CAPITAL_WORD}(?: (?:and )?{_CAPITAL_WORD}){{0,3}}))?"
_FROM_PLACE = re.compile(
    rf"(?P<name>[^,;|]{{4,60}}?),?\s+(?:reporting )?(?P<by>{'|'.join(w.PLACE_WORDS)})\s+"
    rf"(?P<place>{_PLACE}){_REGION}(?=$|\s*[,;&|/]|\s+[^\W\d_]{{1,5}}\s)"
)


def byline_place(text: str) -> str:
    """The place behind the names: ``Von Jane Roe, Zürich``; empty where there is none."""
    return _cut_places(" ".join(strip_lead(text[:MAX_BYLINE]).split()).strip(_EDGES))[1]


def _cut_places(group: str, lang: str = "") -> tuple[str, str]:
    """(names, first place): ``in`` and a place behind any name, or one word behind the last
    comma."""
    places: list[str] = []
    out, at = "", 0
    while match := _FROM_PLACE.match(group, at):
        name = _last_name(match["name"], lang)
        if not looks_like_name(name) or is_organisation(name) or not _before_place(match, lang):
            break
        end = match.end() if _is_region(match["region"] or "") else match.end("place")
        if not _is_section(match["place"]):
            places.append(group[match.start("place") : end])
        out += match["name"]
        at = _behind_words(group, end)
        joined = re.compile(r"\s*[,;&|/]\s*|\s+[^\W\d_]{1,5}\s+").match(group, at)
        if not joined:
            break
        out, at = out + joined[0], joined.end()
    names, place = _cut_last_place(out + group[at:])
    return names.strip(), (places[0] if places else place)


def _last_name(text: str, lang: str) -> str:
    return _separator(lang).split(text)[-1].strip(_EDGES)


def _before_place(match: re.Match[str], lang: str) -> bool:
    """Whether the word before a place is no "and" instead: ``Griet Maas en Piet Vance``."""
    by, language = match["by"], lang[:2]
    said_by = w.PLACE_WORDS[by]
    if lang and language in said_by:
        return True
    return "" in said_by and _is_no_joiner(by, match["place"], language)


def _is_no_joiner(by: str, place: str, language: str) -> bool:
    """Whether a word is no "and" before what follows it."""
    if by not in w.WEAK_JOINERS:
        return True
    is_place = by == "in" or _may_be_place(place.split())
    return is_place and not _is_joiner(by, language)


def _is_joiner(word: str, language: str) -> bool:
    """Whether a word means "and" in a language."""
    return word in w.JOINERS.get(language, "").split()


def _may_be_place(words: list[str]) -> bool:
    """Whether words are no name of a person: one, or some that begin as places do."""
    return len(words) < 2 or words[0].lower() in w.PLACE_STARTS


_NEXT_WORD = re.compile(rf",\s(?P<word>{_CAPITAL_WORD})(?=\s*(?:,|$))")


def _behind_words(group: str, at: int) -> int:
    """The end of the single words between commas from a place on, which name nobody: sections,
    as in ``By Jane Roe, in Business, Tourism, Portugal``."""
    while match := _NEXT_WORD.match(group, at):
        if _names_somebody(match["word"]) or is_organisation(match["word"]):
            break
        at = match.end()
    return at


def _is_section(place: str) -> bool:
    """Whether what is behind `in` is a section of the source, and no place."""
    return all(word.lower() in w.SECTIONS for word in place.split())


def _is_region(text: str) -> bool:
    return bool(text) and (" " not in text or text.lower() in w.REGIONS)


def _cut_last_place(group: str) -> tuple[str, str]:
    names, comma, last = group.rpartition(", ")
    single = comma and last.isalpha() and last[:1].isupper() and not last.isupper()
    if not single or last.lower() in w.SUFFIXES | w.ROLES:
        return group, ""
    return (names, last) if looks_like_name(_separator("").split(names)[-1]) else (group, "")


# Between names -------------------------------------------------------------------------------


_AND = frozenset(word for said in w.JOINERS.values() for word in said.split()) | w.WITH


@cache
def _separator(lang: str) -> re.Pattern[str]:
    """What is between two names for certain: signs, and words for "and" that are nothing else."""
    own = w.JOINERS.get(lang[:2], "").split()
    strong = (_AND - w.WEAK_JOINERS) | ({*own} - {"و"})
    words = "|".join(sorted(map(re.escape, strong), key=len, reverse=True))
    capital = "|".join(word.capitalize() for word in ("and", "und", "et", "with"))
    suffix = r",(?!\s*(?:jr|sr|ph\.?d|m\.?d|ii|iii|iv)\b)"
    return re.compile(
        rf"\s*(?:;|\||·|•|/|\s&\s|＆|\+|、|，|،|,?\s(?:{words}|{words.upper()}|{capital})\s"
        rf"|(?i:{suffix})|\s?และ\s?)\s*"
    )


_WEAK = re.compile(rf"\s(?:{'|'.join(sorted(w.WEAK_JOINERS))})\s|\sو(?=\S+\s\S)|\sו(?=\S+\s\S)")


def _parts(group: str, lang: str) -> list[str]:
    """The names in a group; also at joiners that are particles elsewhere, between two whole
    names."""
    out: list[str] = []
    for part in _separator(lang).split(group):
        rest = part.strip(_EDGES)
        while match := next(
            (m for m in _WEAK.finditer(rest) if _between_names(rest, m, lang)), None
        ):
            out.append(rest[: match.start()])
            rest = rest[match.end() :].strip()
        out.append(rest)
    return [part for part in out if part]


def _between_names(text: str, joiner: re.Match[str], lang: str) -> bool:
    """Whether a joiner is between two names, and not a particle in one."""
    left, right = text[: joiner.start()], text[joiner.end() :]
    if joiner[0].strip() == "da" and not _is_joiner("da", lang[:2]):
        return False
    is_name_before = looks_like_name(left) or is_organisation(left)
    return is_name_before and _begins_with_author(right)


def _begins_with_author(text: str) -> bool:
    """Whether a text is a name or an agency, or begins with a name of three words."""
    words = text.split()
    is_longer = len(words) > 3 and looks_like_name(" ".join(words[:3]))
    return is_longer or looks_like_name(text) or is_agency(text)


def unglue(text: str) -> list[str]:
    """Names run together without a blank, as ``Jane RoeJohn Doe``, parted; anything else stays
    whole.

    A border lies between a small and a capital letter, or behind ``Jr.``. It parts two people only
    where each side is a name of at least two words and the first part is not the beginning of a
    surname such as ``Mc`` or ``De``.
    """
    pieces, rest = [], text
    for _ in range(MAX_PEOPLE):
        at = _border(rest)
        if not at:
            break
        pieces.append(rest[:at].strip())
        rest = rest[at:].strip()
    return [*pieces, rest] if rest else pieces


def _border(text: str) -> int:
    words = list(_TOKEN.finditer(text))
    for number, match in enumerate(words):
        left, right = number + 1, len(words) - number
        if left < 2 or right < 2:
            continue
        for i in _borders_within(match.group()):
            if looks_like_name(text[: match.start() + i]):
                return match.start() + i
    return 0


def _borders_within(word: str) -> list[int]:
    """Where a name may begin within a word."""
    return [i for i in range(1, len(word)) if _may_begin(word, i) and not _is_inner(word, i)]


def _may_begin(word: str, i: int) -> bool:
    """Whether a capital follows a small letter or `Jr.`"""
    if not word[i].isupper():
        return False
    return word[i - 1].islower() or word[:i].lower() in ("jr.", "sr.")


def _is_inner(word: str, i: int) -> bool:
    """Whether what is before a letter is the beginning of a surname, as `Mc`."""
    signs = (k for k in range(i) if not word[k].isalpha() and word[k] not in "’'.")
    begin = max(signs, default=-1) + 1
    last_capital = max((k for k in range(begin, i) if word[k].isupper()), default=begin)
    return word[last_capital:i] in w.INNER or word[begin:i] in w.INNER


# Surname first -------------------------------------------------------------------------------

_ONE_WORD = re.compile(r"[^\W\d_][\w’'-]{1,30}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,4}|[A-ZÀ-Þ]{1,2}")


def turned(text: str) -> str:
    """``text`` with names given surname first (``Smith, J. R.``, ``Roe, Jane; Doe, John``) turned
    round."""
    people = re.split(r"\s*;\s*|\s+(?:and|und|et|y|e|&)\s+(?=[^,]+,)", text.strip(" ;"))
    if len(people) > 1 and _are_turned(people, listed=True):
        return "; ".join(map(_turn, people))
    for names in ([text], _pairs(text)):
        if names and _are_turned(names, listed=False):
            return "; ".join(map(_turn, names))
    return text


def _are_turned(names: list[str], listed: bool) -> bool:
    return all(_is_turned(name, listed) for name in names)


def _pairs(text: str) -> list[str]:
    """The pairs of a list with commas, ``Roe, Jane, Doe, John``; none where it has no two pairs."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 4 or len(parts) % 2:
        return []
    return [f"{first}, {second}" for first, second in zip(parts[::2], parts[1::2], strict=True)]


class _Turned(NamedTuple):
    """A name that is given surname first, and what is behind it: `Jr.`"""

    surname: str
    given: str
    suffix: str

    def written(self) -> str:
        """The name as it is said: ``Martin Luther King Jr.``"""
        return f"{self.given} {self.surname} {self.suffix}".strip()


def _as_turned(text: str) -> _Turned | None:
    """The parts of ``King, Martin Luther``, ``King, Martin Luther, Jr.`` or ``King, Jr., Martin
    Luther``; None for what has other parts."""
    surname, *others = map(str.strip, text.split(","))
    suffixes = list(filter(_is_suffix, others))
    match [part for part in others if part not in suffixes], suffixes:
        case [given], []:
            return _Turned(surname, given, "")
        case [given], [suffix]:
            return _Turned(surname, given, suffix)
        case _:
            return None


def _is_suffix(part: str) -> bool:
    return part.lower().replace(".", "") in w.SUFFIXES


def _turn(text: str) -> str:
    name = _as_turned(text)
    return name.written() if name else text


def _is_turned(text: str, listed: bool) -> bool:
    """Whether ``text`` is a surname, a comma and a given name; ``listed``: among others of that
    form."""
    name = _as_turned(text)
    if name is None or not _may_be_parts(name):
        return False
    if _has_initials(name):
        return len(name.surname.split()) == 2 or _is_plain_surname(name.surname.split())
    return _are_parts(name, listed)


def _has_initials(name: _Turned) -> bool:
    """Whether the given name is initials, and not those of a state."""
    is_initials = _INITIALS.fullmatch(name.given) is not None
    return is_initials and not _is_state(name.surname, name.given)


def _may_be_parts(name: _Turned) -> bool:
    return _may_be_surname(name.surname) and _may_be_given(name.given)


def _are_parts(name: _Turned, listed: bool) -> bool:
    """Whether the parts are those of one name; behind a plain surname a suffix makes it certain."""
    surname, given = name.surname.split(), name.given.split()
    if name.suffix:
        return len(given) <= 3 and _is_plain_surname(surname)
    return _are_names(surname, given, listed)


def _are_names(surname: list[str], given: list[str], listed: bool) -> bool:
    """Whether words may be a surname and given names; of one person alone it must be plain."""
    if listed:
        return len(surname) <= 3 and len(given) <= 3
    return _is_plain_surname(surname) and _is_one_given(given)


def _is_plain_surname(words: list[str]) -> bool:
    """One word, or some that begin with a particle: ``van der Berg``."""
    if len(words) > 1:
        return words[0].lower() in w.PARTICLES
    return _ONE_WORD.fullmatch(words[0]) is not None


def _is_state(surname: str, given: str) -> bool:
    """Whether initials are those of a state behind a town of several words: ``New Salem, OR``."""
    return len(given) == 2 and given.isalpha() and not _ONE_WORD.fullmatch(surname)


def _may_be_surname(text: str) -> bool:
    return bool(text) and not is_agency(text) and _capital_names(text)


def _may_be_given(text: str) -> bool:
    return _may_be_surname(text) and text.lower().strip(".") not in w.DEGREES | w.ROLES


def _is_one_given(words: list[str]) -> bool:
    """A given name, and perhaps an initial."""
    if len(words) > 2 or not _ONE_WORD.fullmatch(words[0]):
        return False
    return len(words) == 1 or _INITIALS.fullmatch(words[1]) is not None


_NO_SURNAMES = (w.ROLES | w.NOT_NAMES | w.LABELS | w.PRESS) - w.PARTICLES


def _capital_names(text: str) -> bool:
    words = [word for word in text.split() if word not in w.PARTICLES]
    return all(word[:1].isupper() for word in words) and not any(
        word.lower().strip(".") in _NO_SURNAMES for word in words
    )


# People --------------------------------------------------------------------------------------


def split_byline(text: str, lang: str = "") -> tuple[Person, ...]:
    """The people named in a byline, in order and without doubles.

    Takes off ``By``, handles, addresses, dates, labels and roles (`Jane Roe, Health Editor` keeps
    the role). What follows a bar or dash and is not a person is their organisation (``By Jane Roe |
    Daily Post``); an organisation in the place of a name (``Par Le Monde et AFP``) is kept as
    written. Who translated or photographed is not among them: see `cut_helpers`.
    """
    text = cut_helpers(bare(text))[0]
    if is_east_asian(text):
        text = _without_day(text)
        found = split_east_asian(strip_lead(text, lang), lang[:2])[:MAX_PEOPLE]
        named = ((name, title) for name, title in found if name not in w.LABELS)
        return tuple({name: Person(name, title) for name, title in named}.values())
    people = _authors_of(text, lang)
    office = strip_lead(text, lang).strip(_EDGES)
    return (Person(office),) if _is_one_office(office, people) else people


def _without_day(text: str) -> str:
    """An East Asian ``text`` without a date behind the names, and the label before that:
    ``김철수 기자 수정 2026.11.27``."""
    before = _DAY_BEHIND.split(text)[0]
    return (_LABEL_END.sub("", before) if before != text else text) or text


def _is_one_office(text: str, people: tuple[Person, ...]) -> bool:
    """Whether ``text``, parted into ``people``, is the name of one office, which has a comma or an
    "and" of its own: ``Ministry of Health and Care``."""
    torn = any(" " not in person.name and not is_agency(person.name) for person in people)
    return is_office(text) and (", " in text or torn)


def _authors_of(text: str, lang: str) -> tuple[Person, ...]:
    text = strip_lead(text.strip(_EDGES), lang).strip(_EDGES)
    out: dict[str, Person] = {}
    for number, group in enumerate(_GROUP.split(text)):
        group = _without_furniture(strip_lead(group, lang)).strip(_EDGES)
        if number and out and not _names_people(group):
            if not _is_day(group):
                _give_org(group, out)
            continue
        group, agency = _cut_agency(turned(group))
        _add_all(group, out, lang)
        if agency:
            _give_org(agency, out)
        if len(out) >= MAX_PEOPLE:
            break
    return tuple(out.values())[:MAX_PEOPLE]


def _is_day(group: str) -> bool:
    return all(_of_calendar(word) or not word.isalpha() for word in group.split())


def _add_all(group: str, out: dict[str, Person], lang: str) -> None:
    """Add the people of a group of names to ``out``."""
    for part in _outside_places(_parts(_cut_places(group, lang)[0], lang)):
        for piece in unglue(strip_lead(part.strip(_EDGES), lang)):
            _add(piece, out, lang)


def _outside_places(parts: list[str]) -> Iterator[str]:
    """The parts of a byline but places and sections: one that begins as `in News` does, and the
    single words behind it (``By TPN, in News, Portugal``)."""
    yield from parts[:1]
    within = False
    for part in parts[1:]:
        within = _begins_with_place(part) or (within and not _names_somebody(part))
        if not within:
            yield part


def _begins_with_place(part: str) -> bool:
    """Whether a part is a place behind `in`, or a section; a name may be behind what also means
    "and": ``Griet Maas, en Piet Vance``."""
    match = _IN_PLACE.match(part)
    if match is None:
        return False
    is_joiner = match["by"] in w.WEAK_JOINERS and match["by"] != "in"
    return not is_joiner or not looks_like_name(match["place"]) or _is_section(match["place"])


def _names_somebody(part: str) -> bool:
    """Whether a part of a byline is a whole name, an agency, or what somebody does."""
    is_role = not w.ROLES.isdisjoint(part.lower().split())
    return is_role or is_agency(part) or looks_like_name(part)


def _names_people(group: str) -> bool:
    """Whether a group behind a bar holds names or a role, and not the name of an organisation."""
    if is_organisation(group):
        return False
    return names_only(group) or bool(w.ROLES.intersection(group.lower().split()))


def _cut_agency(group: str) -> tuple[str, str]:
    """(names, agency): ``Jane Roe mit AP``, ``Jane Roe / AP`` and ``Jane Roe The Coast Press``."""
    return (
        _cut_agency_behind_sign(group)
        or _cut_agency_behind_word(group)
        or _cut_agency_at_end(group)
        or (group, "")
    )


def _ends_with_name(text: str) -> bool:
    return looks_like_name(_last_name(text, ""))


_BEHIND_SIGN = re.compile(r"(?P<names>.{4,}?)(?:,\s|\s*/\s*|\s*\()(?P<agency>[^,/()]{2,40})\)?")


def _cut_agency_behind_sign(group: str) -> tuple[str, str] | None:
    """``Jane Roe, AP``, ``Jane Roe / AP``, ``Jane Roe (AP)``."""
    match = _BEHIND_SIGN.fullmatch(group)
    if match is None or not _ends_with_name(match["names"]):
        return None
    agency = match["agency"].strip()
    is_house = is_organisation(agency) and agency.casefold() not in w.DEGREES
    return (match["names"], agency) if is_house else None


def _cut_agency_behind_word(group: str) -> tuple[str, str] | None:
    """``Jane Roe mit AP``, ``Jane Roe for The Coast Press``."""
    match = _WITH_AGENCY.fullmatch(group)
    if match and (is_organisation(match[2]) or match[2].casefold() in w.COLLECTIVE):
        return match[1], match[2]
    behalf = _FOR.fullmatch(group)
    return (behalf["name"], behalf["org"]) if behalf and _ends_with_name(behalf["name"]) else None


def _cut_agency_at_end(group: str) -> tuple[str, str] | None:
    """``Jane Roe The Coast Press``."""
    words = group.split()
    for size in (4, 3, 2, 1):
        names, agency = words[:-size], words[-size:]
        if len(words) < size + 2 or not _ends_with_name(" ".join(names)):
            continue
        if _is_the_press(agency) or is_agency(" ".join(agency)):
            return " ".join(names), " ".join(agency)
    return None


def _is_the_press(words: list[str]) -> bool:
    """``The Coast Press``."""
    return len(words) > 1 and words[0] == "The" and words[-1].lower() in w.PRESS


def _give_org(org: str, out: dict[str, Person]) -> None:
    for key, person in out.items():
        if not person.org and not is_organisation(person.name):
            out[key] = Person(person.name, person.role, person.url, org[:80])


_HOST = re.compile(r"(?:[A-Za-z0-9-]{2,63}\.){1,3}[A-Za-z]{2,10}")


def _add(piece: str, out: dict[str, Person], lang: str) -> None:
    """Add what one piece of a byline names to ``out``: a person, or the role or organisation of
    those before it."""
    name, role = split_role(re.sub(r"\s*\([^()]{1,40}\)?", "", piece).strip(_EDGES))
    if out and (name.casefold() in w.COLLECTIVE or _HOST.fullmatch(name)):
        _give_org(name, out)
    elif not name:
        _give_role(role, out)
    elif out and _describes(name):
        _give_role(f"{name} {role}".strip(), out)
    elif _may_be_called(name):
        person = Person(recased(name, lang[:2]), role)
        key = unicodedata.normalize("NFKC", person.name).casefold()
        out.setdefault(key, person)


def _may_be_called(name: str) -> bool:
    return any(map(str.isalpha, name)) and len(name) <= 80 and not _is_label(name)


def _give_role(role: str, out: dict[str, Person]) -> None:
    last = next(reversed(out), "")
    if role and last and not out[last].role and len(role) <= 80:
        out[last] = Person(out[last].name, role, out[last].url, out[last].org)


def _describes(text: str) -> bool:
    """Whether words behind a name say what its person is: ``professor of history at Tideway``."""
    words = text.split()
    return len(words) >= 2 and any(
        word.islower() and word.isalpha() and word not in w.PARTICLES for word in words
    )


def _is_label(text: str) -> bool:
    """`Last Modified`, `Text Size`, `Do`: words of the page or a weekday, and of no name."""
    if text.lower().strip(".") in WEEKDAYS - w.NAMES_TOO:
        return True
    return all(
        word.strip(_EDGES + ".").lower() in w.LABELS | w.HALF_LABELS for word in text.split()
    )


# Roles ---------------------------------------------------------------------------------------


_ROLE_WORDS = w.ROLES | w.DEPARTMENTS
_BEFORE_NO_SURNAME = _ROLE_WORDS | w.NOT_NAMES


def _places_of_roles(lows: list[str]) -> list[int]:
    """Which of the words, in small letters, are roles."""
    return [number for number, low in enumerate(lows) if low in w.ROLES]


def split_role(piece: str) -> tuple[str, str]:
    """(name, role) of ``Amy Roe Political Correspondent``; the name is empty where all is a role.

    A role is a surname, too: ``Nell Editor`` is a name, ``Health Editor`` is not.
    """
    words = piece.split()
    lows = [word.lower().strip(".,") for word in words]
    roles = _places_of_roles(lows)
    if not roles or _is_surname_of_role(piece, lows):
        return piece, ""
    if lows[0] in _ROLE_WORDS:
        return _split_behind_role(piece, _end_of_role(lows))
    is_within = roles[0] < 2 and roles[-1] < len(words) - 1
    return (piece, "") if is_within else _cut_role(words)


def _split_behind_role(piece: str, end: int) -> tuple[str, str]:
    """(name, role) of ``Health Editor Amy Roe``, whose role ends with the word ``end``."""
    words = piece.split()
    name, role = " ".join(words[end:]), " ".join(words[:end])
    return (name, role) if looks_like_name(name) else ("", piece)


def _is_surname_of_role(piece: str, lows: list[str]) -> bool:
    """Whether a role is a surname: behind one word that is neither a role nor a department."""
    if len(lows) != 2 or lows[0] in _BEFORE_NO_SURNAME or lows[1] in w.NO_SURNAMES:
        return False
    return looks_like_name(piece)


def _end_of_role(lows: list[str]) -> int:
    return next((n for n, low in enumerate(lows) if low not in _ROLE_WORDS), len(lows))


def _cut_role(words: list[str]) -> tuple[str, str]:
    end = _end_of_name(words)
    if not end:
        return "", " ".join(words)
    if end < len(words) and words[end].strip(".,").lower() in w.SUFFIXES:
        end += 1
    return " ".join(words[:end]).strip(","), " ".join(words[end:]).strip(" ,")


def _end_of_name(words: list[str]) -> int:
    """How many words are the name, which ends with its second full word; 0 if a role comes first.

    Initials and particles are not full words.
    """
    full = 0
    for number, word in enumerate(words, 1):
        if word.strip(".,").lower() in w.ROLES:
            return 0
        is_particle = word.lower() in w.PARTICLES
        full += len(word.strip(".")) > 2 and not is_particle
        if full >= 2 and not is_particle:
            return number
    return len(words)


def names_only(text: str) -> bool:
    """Whether ``text`` is nothing but names (glued or joined), as a byline without ``By`` is."""
    text = _HANDLE.sub(" ", text[:200]).strip(_EDGES)
    if not 4 <= len(text) <= 160 or any(map(str.isdigit, text)):
        return False
    parts = _pieces(before_agency(text))
    if not parts:
        return False
    first = split_role(parts[0])[0] or parts[0]
    return looks_like_name(first) and all(map(_is_one_author, parts))


_BEFORE_AGENCY = re.compile(
    r"(?P<names>.{4,}?)(?:\s*[|·•/]\s*|\s+[–—-]\s+|\s*\()(?P<agency>[^()|/]{2,40})\)?"
)


def before_agency(text: str) -> str:
    """The names in front of a news agency that a sign parts from them: ``Ana Ruiz – EFE``; all of
    ``text`` where it ends with none."""
    match = _BEFORE_AGENCY.fullmatch(text)
    return match["names"] if match and is_agency(match["agency"]) else text


def names_several(text: str) -> bool:
    """Whether a text, however long, is the byline of several people: most of it are names."""
    if len(text) > MAX_BYLINE:
        return False
    names = [person.name for person in split_byline(text)]
    return len(names) > 1 and sum(map(len, names)) * 3 > len(text) * 2


def _pieces(text: str) -> list[str]:
    """The parts of a byline, also where two are glued together."""
    pieces = [unglue(part.strip(_EDGES)) for part in _parts(text, "")]
    return list(filter(None, chain.from_iterable(pieces)))


def _is_one_author(part: str) -> bool:
    """Whether a part of a byline is a name, a role, or an organisation."""
    name = split_role(part)[0]
    return not name or looks_like_name(name) or is_organisation(part)


# Values of metadata --------------------------------------------------------------------------

_DEGREE = re.compile(
    r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|R\.?D\.?N?\.?|MBA|M\.?A\.?|M\.?Sc\.?|CFP®?)(?=\s*(?:,|$))"
)
_STAFF = re.compile(
    r"[^\W\d_][\w .&'’-]{1,40}\s(?:staff|news desk|newsroom|editors|editorial board|redaktion)(?:"
    r" (?:reporter|writer)s?)?",
    re.I,
)
_EXPERT = re.compile(
    r"^[\w-]{0,40}-(?:Expert(?:e|in)|Redakteur(?:in)?|Autor(?:in)?|Reporter(?:in)?"
    r"|Korrespondent(?:in)?)\s+(?=[A-ZÀ-Þ])"
)
_INITIALS_OF_DESK = re.compile(r"[a-z]{1,4}(?:/[a-z]{1,4}){1,3}")
_NOBODY = frozenset(
    "admin administrator editor editors staff author null undefined none unknown webmaster root web"
    " online guest n/a by".split()
)


def read_people(text: str, lang: str = "", organisation: bool = False) -> tuple[Person, ...]:
    """The people of a value of metadata or front matter: a byline, or the name of one organisation.

    ``lang`` is the language of the article where known; ``organisation`` says that the source calls
    it one. A URL alone, a desk's initials and ``admin`` name nobody.
    """
    if text.strip().startswith(_URLS) or len(text) > 5000:
        return ()
    text = _without_expertise(bare(text), lang)
    if not text or _INITIALS_OF_DESK.fullmatch(text):
        return ()
    if _is_collective(text) or _is_house(text, organisation):
        return (Person(text),)
    return _plausible_people(_DEGREE.sub("", text), lang)


def _plausible_people(text: str, lang: str) -> tuple[Person, ...]:
    """The people of a byline whose names can be names."""
    people = split_byline(text, lang)
    return tuple(person for person in people if plausible(person.name))


def _without_expertise(text: str, lang: str) -> str:
    """``text`` without a title in front such as ``Klima-Redakteurin``, and without its ``By``."""
    bare_name = strip_lead(text, lang)
    return _EXPERT.sub("", bare_name) if _EXPERT.match(bare_name) else text


_URLS = ("http:", "https:", "//", "/", "@")


def _is_house(text: str, organisation: bool) -> bool:
    """Whether ``text`` is the name of an organisation, or of its staff."""
    if has_lead(text):
        return False
    return bool(_STAFF.fullmatch(text)) or (organisation and len(text.split()) <= 6)


def _is_collective(text: str) -> bool:
    """``Staff and agencies``: more than one word, and none of them a name."""
    words = [word for word in re.split(r"[\s,/&]+", strip_lead(text).casefold()) if word]
    return len(words) >= 2 and all(word in w.COLLECTIVE | _AND for word in words)


_SHORTENED_END = re.compile(r"\b(?:Jr|Sr|[A-ZÀ-Þ])\.$")


def plausible(name: str) -> bool:
    """Whether ``name`` can be an author's: not a user of the software, a URL or a sentence."""
    if name.casefold() in _NOBODY or "://" in name or not 1 < len(name) <= 80:
        return False
    return bool(_SHORTENED_END.search(name)) or not _is_sentence(name)


def _is_sentence(text: str) -> bool:
    """Whether a text has no letter, the end of a sentence, or more words than a name."""
    if text.endswith((".", "!", "?")) or not any(map(str.isalpha, text)):
        return True
    return len(text.split()) > 8 and not is_office(text)
