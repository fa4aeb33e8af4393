"""Bylines to people: joined, glued and decorated names, and none of them torn apart."""

from __future__ import annotations

import re
import unicodedata

from sitegen.importer.clean import word_set
from sitegen.model import Person

MAX_BYLINE = 400
MAX_PEOPLE = 30

_LEAD = re.compile(
    r"(?:by|posted by|published by|created by|veröffentlicht von|geschrieben von|erstellt von|verfasst von|publié par|écrit par"
    r"|publicado por|escrito por|pubblicato da|scritto da|written by|words by|text by|story by|reported by|reporting by|report by"
    r"|interview by|analysis by|opinion by|review by|edited by"
    r"|(?:kommentar|kolumne|analyse|essay|gastbeitrag|gastkommentar|interview|reportage|porträt|rezension|bericht|glosse"
    r"|leitartikel|kritik|meinung|protokoll|aufgezeichnet|commentary|column|essay|words|photographs|profile|article)(?:\s+(?:von|by))"
    r"|von|text(?:e)?|text:\s?von|interview|interview:\s?von|(?:eine?|ein)\s+\w{3,20}\s+von|(?:eine?)\s+\w{3,20}\s+\w{3,20}\s+von"
    r"|autor(?:in)?(?:/autor(?:in)?)?|(?:\w{3,20}\s)?(?:beitrag|artikel|text)\s+von|aus \w{2,20} berichtet|es berichtet|berichtet von"
    r"|par|propos recueillis par|por|di|a cura di|dal nostro inviato|dalla nostra inviata|door|av|authors?|auteurs?)"
    r"(?::\s*|\s+)(?=\S)",
    re.I,
)
_SEPARATOR = re.compile(
    r"\s*(?:;|\||·|•|/| & |＆|\+|,?\s\b(?:and|und|et|y|e|with|mit|avec|con|sowie|och|en|ed)\b\s|,(?!\s*(?:jr|sr|ph\.?d|m\.?d|ii|iii"
    r"|iv)\b))\s*",
    re.I,
)
_GROUP = re.compile(r"\s*[|·•]\s*|\s+[–—-]\s+")
_FROM_PLACE = re.compile(
    r"(?P<names>.{4,300}?),?\s+(?:in|aus|à|en|reporting from)\s+(?P<place>[A-ZÀ-Þ][\w.’'-]*(?:[ -](?:[a-z]{2} )?[A-ZÀ-Þ][\w.’'-]*){0,2})"
)
_HANDLE = re.compile(r"\s*@\w{2,30}|\s*\(?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\)?")
_TOKEN = re.compile(r"\S+")
# Beginnings of names with a capital inside: the border behind them joins, it does not part.
_INNER = word_set(
    "Mc Mac De Di Da Du Des Del Della La Le Lo Les Fitz Van Von Vander Vande Den Der Ten Ter El Al St O D L Lu Jo Ja Ka "
    "Sha Ta Ra Mar Mary Anne Abu Ben Bin Ibn Ó Ni Nic Ap Ma Na Ro Sa Te Tre Ke De' Dell' Dall' O' O’ D' D’ L' L’"
)
_PARTICLES = word_set(
    "van von der den de la le da di del della dos das do du des ten ter zu zur zum af av y e i bin ibn al el ben abu st. "
    "st san santa ap ó ní vander vom"
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md"])
_DEGREES = _SUFFIXES | {"mba", "rd", "rn", "jd", "cfa", "cpa", "dds", "ma", "msc", "ba", "bsc", "mp", "esq", "llm", "dphil"}
_ROLE = word_set(
    "editor correspondent reporter writer columnist producer chief journalist critic photographer contributor director "
    "analyst host anchor staff freelance investigations researcher author bureau desk redakteur redakteurin reporterin "
    "korrespondent korrespondentin autor autorin volontär volontärin ressortleiter ressortleiterin journaliste "
    "correspondant correspondante envoyé envoyée rédacteur rédactrice corresponsal redactor redactora periodista enviado "
    "enviada inviato inviata corrispondente giornalista"
)
_NOT_NAMES = word_set(
    "the a an and or of in on at for to from with by is are was how why what when where who which this that these those "
    "my your our his her its read more news sport sports politics business world home opinion culture video photo photos "
    "image images share print email comments advertisement subscribe newsletter live latest updated published posted "
    "related most top story stories all about contact follow us der die das und oder im am zum zur mit für auf bei nach "
    "wie warum wer ein eine einer nicht mehr politik wirtschaft kultur les une pour dans sur avec plus lire los las una "
    "para con más sobre lo il gli per sul nel january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday today watch listen view sign log "
    "editorial analysis explainer breaking exclusive review special report magazine media tech science health "
    "entertainment money finance company inc ltd llc corp bank university ministry"
)
_ORGANISATIONS = word_set(
    "afp ap dpa reuters epa efe ansa apa sda kna epd sid afpd bloomberg bbc cnn npr pa tass xinhua ritzau ntb tt belga anp"
)
_AGENCY_PHRASES = ("associated press", "press association", "agence france-presse", "canadian press", "europa press", "thomson reuters")
_HELPER = re.compile(r"\s*[,;(|]?\s+(?:Illustrationen|Illustrations?|Fotos?|Photos?|Photographs|Bilder|Grafik|Video)\s+(?:von|by)\s.*$")
_EDGES = " \t\u00a0,;:|·•-–—/*()[]"


def split_byline(text: str) -> tuple[Person, ...]:
    """The people named in a byline, in order and without doubles.

    Takes off ``By``, handles, addresses and roles (`Jane Roe, Health Editor` keeps the role). What
    stands behind a bar or dash and is no person is their organisation (``By Jane Roe | Daily Post``);
    an organisation that stands where a name would (``Par Le Monde et AFP``) is kept as written.
    """
    text = _HELPER.sub("", " ".join(text[:MAX_BYLINE].split()))
    text = _HANDLE.sub(" ", strip_lead(text)).strip(_EDGES)
    out: dict[str, Person] = {}
    for number, group in enumerate(_GROUP.split(text)):
        group = strip_lead(group).strip(_EDGES)
        if number and out and not names_only(group) and not _ROLE.intersection(group.lower().split()):
            if group and any(c.isalpha() for c in group):
                _give_org(group, out)
            continue
        if number and out and is_organisation(group):
            _give_org(group, out)
            continue
        group, agency = _cut_agency(group)
        for part in _SEPARATOR.split(_cut_place(group)[0]):
            for piece in unglue(part.strip(_EDGES)):
                _add(piece, out)
                if len(out) >= MAX_PEOPLE:
                    return tuple(out.values())
        if agency and out:
            _give_org(agency, out)
    return tuple(out.values())


def byline_place(text: str) -> str:
    """The place behind the names: ``Von Jane Roe, Zürich``; empty where there is none."""
    return _cut_place(" ".join(strip_lead(text[:MAX_BYLINE]).split()).strip(_EDGES))[1]


def _cut_place(group: str) -> tuple[str, str]:
    """(names, place): ``in`` and up to three capitalised words, or one behind the last comma, after at least one full name."""
    reporting = _FROM_PLACE.fullmatch(group)
    if reporting and looks_like_name(last := _SEPARATOR.split(reporting["names"])[-1]) and not is_organisation(last):
        return reporting["names"], reporting["place"]
    names, comma, last = group.rpartition(", ")
    if (
        not comma
        or " " in last
        or not last[:1].isupper()
        or last.isupper()
        or last.lower().strip(".") in (*_SUFFIXES, *_ROLE)
        or not last.isalpha()
    ):
        return group, ""
    first = _SEPARATOR.split(names)[-1]
    return (names, last) if looks_like_name(first) else (group, "")


def _cut_agency(group: str) -> tuple[str, str]:
    """(names, agency): ``Jane Roe mit AP`` and ``Jane Roe, AP`` have an agency that helped or employs her, not a second author."""
    names, comma, last = group.rpartition(", ")
    if comma and is_organisation(last) and last.casefold() not in _DEGREES and looks_like_name(_SEPARATOR.split(names)[-1]):
        return names, last
    match = re.fullmatch(r"(.{4,200}?)\s+(?:mit|with|avec|con)\s+(?:Material (?:von|der)\s+)?(\S{2,30}(?: \S{2,20})?)", group)
    return (match[1], match[2]) if match and is_organisation(match[2]) else (group, "")


def _give_org(org: str, out: dict[str, Person]) -> None:
    for key, person in out.items():
        if not person.org and not is_organisation(person.name):
            out[key] = Person(person.name, person.role, person.url, org[:80])


def strip_lead(text: str) -> str:
    """``text`` without ``By`` and its like in front."""
    if re.match(r"By[A-Z][a-z]+ [A-Z]", text):
        return text[2:]  # two elements side by side: `By`, `Jane Roe`
    match = _LEAD.match(text)
    rest = text[match.end() :] if match else text
    # "Di" and "La" begin names, too: a lead is followed by a capital or another lead.
    return (
        rest
        if match and (rest[:1].isupper() or is_organisation(rest.split(" ", 1)[0]) or not rest[:1].isalpha() or _LEAD.match(rest))
        else text
    )


def has_lead(text: str) -> bool:
    """Whether ``text`` starts with ``By`` or its like and a capital."""
    return strip_lead(text) != text


def _add(piece: str, out: dict[str, Person]) -> None:
    name, role = split_role(re.sub(r"\s*\([^()]{1,40}\)?", "", piece).strip(_EDGES))
    if not name:
        if role and out:
            last = next(reversed(out))
            if not out[last].role:
                out[last] = Person(out[last].name, role, out[last].url, out[last].org)
        return
    if not any(c.isalpha() for c in name) or len(name) > 80:
        return
    key = unicodedata.normalize("NFKC", name).casefold()
    out.setdefault(key, Person(name, role))


def split_role(piece: str) -> tuple[str, str]:
    """(name, role) of ``Amy Roe Political Correspondent``; the name is empty where all is a role."""
    words = piece.split()
    if not words or words[-1].lower().strip(".,") not in _ROLE:
        roles = [i for i, w in enumerate(words) if w.lower().strip(".,") in _ROLE]
        if not roles or roles[0] < 2:
            return piece, ""
        return _cut_role(words)
    return _cut_role(words)


def _cut_role(words: list[str]) -> tuple[str, str]:
    end = 0
    for end, word in enumerate(words, 1):
        bare = word.strip(".,").lower()
        if bare in _ROLE or (end == 1 and bare in ("senior", "chief", "political", "foreign", "health", "staff")):
            return "", " ".join(words)
        # A name ends with its second full word: initials, particles and suffixes do not count.
        full = sum(1 for w in words[:end] if len(w.strip(".")) > 2 and w.lower() not in _PARTICLES)
        if full >= 2 and words[end - 1].lower() not in _PARTICLES:
            break
    if end < len(words) and words[end].strip(".,").lower() in _SUFFIXES:
        end += 1
    return " ".join(words[:end]).strip(","), " ".join(words[end:]).strip(" ,")


def unglue(text: str) -> list[str]:
    """Names run together without a blank, as ``Jane RoeJohn Doe``, parted; anything else stays whole.

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
        word = match.group()
        for i in range(1, len(word)):
            small_then_capital = word[i].isupper() and word[i - 1].islower()
            behind_suffix = word[i].isupper() and word[:i].lower() in ("jr.", "sr.")
            if not (small_then_capital or behind_suffix):
                continue
            begin = max((k for k in range(i) if not word[k].isalpha() and word[k] not in "’'."), default=-1) + 1
            last_capital = max((k for k in range(begin, i) if word[k].isupper()), default=begin)
            if word[last_capital:i] in _INNER or word[begin:i] in _INNER:
                continue
            left, right = number + 1, len(words) - number
            if left >= 2 and right >= 2 and looks_like_name(text[: match.start() + i]):
                return match.start() + i
    return 0


def is_organisation(text: str) -> bool:
    """Whether ``text`` is the name of a news agency, or all capitals of two to six letters."""
    folded = text.casefold().strip(" .")
    return (
        folded in _ORGANISATIONS or any(p in folded for p in _AGENCY_PHRASES) or (text.isupper() and text.isalpha() and 2 <= len(text) <= 6)
    )


def looks_like_name(text: str) -> bool:
    """Whether ``text`` has the shape of one person's name: two to five capitalised words."""
    if 2 <= len(text) <= 8 and all("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text.replace(" ", "").replace("・", "")):
        return True  # names in Chinese, Japanese and Korean have no blank and no capitals
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 6 or len(text) > 60:
        return False
    full = 0
    for number, word in enumerate(words):
        bare = word.strip(".’'\"“”")
        low = bare.lower()
        if not bare:
            return False
        if low in _PARTICLES and word.islower():
            # "der", "des", "zu" belong to names only behind another particle (von der, van den).
            alone = low in ("der", "des", "den", "zu", "zur", "zum", "das", "la", "e", "y", "i") and (
                number == 0 or words[number - 1].lower() not in _PARTICLES
            )
            if number == len(words) - 1 or alone:
                return False
            continue
        if low in _NOT_NAMES or not (
            bare[0].isupper() or (bare[0].isalpha() and bare.lower() == bare.upper()) or bare[:2] in ("d’", "d'", "l’", "l'")
        ):
            return False
        if not all(c.isalpha() or c in ".’'-‐‑" or unicodedata.category(c) in ("Mn", "Mc") for c in bare):
            return False
        full += len(bare) > 1
    if text.isupper() and len(words) > 3:
        return False
    return full >= (1 if len(words) > 2 else 2) and not (full == 1 and len(words) < 3)


def names_only(text: str) -> bool:
    """Whether ``text`` is nothing but names (glued or joined), as a byline without ``By`` is."""
    text = _HANDLE.sub(" ", text[:200]).strip(_EDGES)
    if not 4 <= len(text) <= 160 or any(c.isdigit() for c in text):
        return False
    parts = [p for part in _SEPARATOR.split(text) for p in unglue(part.strip(_EDGES)) if p]
    if not parts:
        return False
    return looks_like_name(split_role(parts[0])[0] or parts[0]) and all(
        looks_like_name(split_role(p)[0] or p) or is_organisation(p) or not split_role(p)[0] for p in parts
    )
