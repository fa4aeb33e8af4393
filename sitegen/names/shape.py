"""The shape of a person's name: what one looks like, in capitals and small letters, and what is an
organisation's."""

from __future__ import annotations

import re
import unicodedata

from sitegen.names import words as w
from sitegen.names.eastasian import is_east_asian

_LONE = frozenset(["der", "des", "den", "zu", "zur", "zum", "das", "la", "e", "y", "i"])
_SIGNS = ".’'\"“”"
_CAPITALS = re.compile(r"[^\W\d_a-zß-öø-ÿ]+(?:[’'‐‑.-][^\W\d_a-zß-öø-ÿ]+)*")


def is_organisation(text: str) -> bool:
    """Whether ``text`` is the name of a news agency, or all capitals of two to six letters."""
    folded = text.casefold().strip(" .")
    if folded in w.AGENCIES or any(phrase in folded for phrase in w.AGENCY_PHRASES):
        return True
    return text.isupper() and text.isalpha() and 2 <= len(text) <= 6


def is_office(text: str) -> bool:
    """Whether ``text`` names an office or school, or one and its parts: ``Department of Energy,
    Office of Science``.

    Its word is the first one (``Ministère de la Santé``), or is followed by a small one (``U.S.
    Department of Energy``). A role is not an office (``Bureau Chief``).
    """
    return all(_is_office_part(part.split()) for part in text.split(", "))


def is_desk(text: str) -> bool:
    """Whether ``text`` names a newsroom, and nobody of it: ``Online-Redaktion``."""
    words = re.split(r"[\s-]+", text.casefold())
    return not w.DESKS.isdisjoint(words) and set(words) <= w.DESKS | w.BESIDE_DESKS


def _place_of_office(lows: list[str]) -> int:
    """Which of the words, in small letters, is the first that names an office; -1 for none."""
    return next((number for number, low in enumerate(lows) if low in w.OFFICES), -1)


def _begins_large(words: list[str]) -> bool:
    """Whether the first of several words has a capital."""
    return len(words) >= 2 and words[0][0].isupper()


def _is_office_part(words: list[str]) -> bool:
    """Whether words name an office: its word is the first, or is followed by a small one."""
    lows = [word.casefold().strip(".,") for word in words]
    at = _place_of_office(lows)
    if at < 0 or not _begins_large(words):
        return False
    around = set(lows[: at + 2]) - w.OFFICES
    if not w.ROLES.isdisjoint(around):
        return False
    following = "".join(words[at + 1 : at + 2])
    return at == 0 or following.islower()


def looks_like_name(text: str) -> bool:
    """Whether ``text`` has the shape of one person's name: two to five capitalised words.

    Months, weekdays and short words are parts of names where the words beside them are (``April
    Glaser``, ``Per Holm``).
    """
    if is_east_asian(text):
        return text not in w.LABELS and _looks_like_east_asian_name(text)
    words = text.replace(",", " ").split()
    if not _is_as_long_as_a_name(text, len(words)):
        return False
    lows = [word.strip(_SIGNS).lower() for word in words]
    if not all(lows) or not _capitalised(words, lows):
        return False
    needed = 1 if len(words) > 2 else 2
    if _full_words(words, lows) < needed:
        return False
    return _all_may_be_names(_without_initials(words, lows))


def _is_as_long_as_a_name(text: str, words: int) -> bool:
    """Two to six words, in capitals at most three."""
    most = 3 if text.isupper() else 6
    return 2 <= words <= most and len(text) <= 60


def _looks_like_east_asian_name(text: str) -> bool:
    return 2 <= len(text) <= 8 and all(c.isalpha() or c in " ・·々" for c in text)


def _full_words(words: list[str], lows: list[str]) -> int:
    """How many words are neither an initial nor in small letters."""
    pairs = zip(words, lows, strict=True)
    return sum(len(low) > 1 and not word.islower() for word, low in pairs)


def _without_initials(words: list[str], lows: list[str]) -> list[str]:
    """The words of a name in small letters, but for particles and initials."""
    return [
        low
        for word, low in zip(words, lows, strict=True)
        if word not in w.PARTICLES and not (len(low) == 1 and word[-1] == ".")
    ]


def _capitalised(words: list[str], lows: list[str]) -> bool:
    """Whether every word begins as a name's does; small particles in the middle are allowed."""
    return all(_begins_well(number, word, lows) for number, word in enumerate(words))


def _begins_well(number: int, word: str, lows: list[str]) -> bool:
    """Whether the word at a place of a name begins as one there does."""
    if word.islower() and lows[number] in w.PARTICLES:
        return not _is_stray_particle(number, lows)
    return _is_name_word(word.strip(_SIGNS))


def _is_stray_particle(number: int, lows: list[str]) -> bool:
    """Whether a particle is at the end, or is one that belongs to names only behind another one:
    "der", "des", "zu" (van von der, van den)."""
    if number == len(lows) - 1:
        return True
    has_other_before = number > 0 and lows[number - 1] in w.PARTICLES
    return lows[number] in _LONE and not has_other_before


def _is_name_word(word: str) -> bool:
    caseless = word[0].isalpha() and word.lower() == word.upper()
    if not (word[0].isupper() or caseless or word[:2] in ("d’", "d'", "l’", "l'")):
        return False
    return all(
        c.isalpha() or c in ".’'-‐‑" or unicodedata.category(c) in ("Mn", "Mc") for c in word
    )


def _all_may_be_names(lows: list[str]) -> bool:
    """Whether no word says that this is a label, a heading or a day."""
    if not w.LABELS.isdisjoint(lows) or any(map(_is_no_name, _doubtful(lows))):
        return False
    dated = sum(low in w.NAMES_TOO for low in lows)
    return not dated or (dated == 1 and _BESIDE_A_DAY.isdisjoint(lows))


_BESIDE_A_DAY = w.OF_A_DAY | w.PRESS  # next to one of these, `May` is not a given name


def _doubtful(lows: list[str]) -> list[str]:
    """The words of a name without a first and a last one that are names as well as words."""
    size = len(lows)
    start = 1 if 1 <= size <= 3 and lows[0] in w.GIVEN_TOO else 0
    end = size - 1 if size >= 3 and lows[-1] in w.LAST_TOO else size
    return lows[start:end]


def _is_no_name(low: str) -> bool:
    return low in w.NOT_NAMES or (low in w.WEEKDAY_NAMES and low not in w.NAMES_TOO)


def _is_turkish(name: str, lang: str) -> bool:
    """Whether a name has the small letters of Turkish: that of `I` has no dot."""
    return lang in ("tr", "az") or not set("İĞ").isdisjoint(name)


def recased(name: str, lang: str = "") -> str:
    """A name in capitals with small letters, where it is certain which: ``JANE ROE`` is Jane Roe.

    Names with particles (`DE LA CRUZ`) and beginnings such as `MAC` have several spellings, and
    stay.
    """
    words = name.split()
    capitals = [word for word in words if _is_long(word)]
    if not _have_one_reading(words, capitals) or not _is_person_in_capitals(name, words, capitals):
        return name
    turkish = _is_turkish(name, lang)
    return " ".join(_recase_word(word, turkish) if word in capitals else word for word in words)


def _have_one_reading(words: list[str], capitals: list[str]) -> bool:
    """Whether it is certain how the words in capitals are written in small letters."""
    letters = [c for c in "".join(capitals) if c.isalpha()]
    if not letters or not all(map(str.isupper, letters)):
        return False
    return not any(map(_has_spellings, filter(str.isupper, words)))


def _is_long(word: str) -> bool:
    """Whether a word has at least three capitals, and no other letters."""
    return bool(_CAPITALS.fullmatch(word.strip(".,’'-"))) and len(word.strip(".,")) > 2


def _has_spellings(word: str) -> bool:
    return word.lower() in w.PARTICLES or word.startswith("MAC")


def _is_person_in_capitals(name: str, words: list[str], long: list[str]) -> bool:
    """Whether all of a name, or its surname, is in capitals, and none of it is an agency."""
    is_all = name.isupper() and 2 <= len(words) <= 4
    is_surname = words[-1:] == long and len(long[0]) >= 4 and len(words) <= 3
    if not (is_all or (is_surname and words[0].istitle())) or not looks_like_name(name):
        return False
    return not any(is_agency(word) or _is_acronym(word) for word in long)


def _is_acronym(word: str) -> bool:
    """Capitals that are read letter by letter: without a vowel, as `MDR`."""
    return not re.search(r"[^BCDFGHJKLMNPQRSTVWXZ.’'-]", word)


def _recase_word(word: str, turkish: bool) -> str:
    small = (word.replace("I", "ı").replace("İ", "i") if turkish else word).lower()
    parts = re.split(r"([-’'‐‑])", small)
    out = "".join(_upper_first(part, turkish) for part in parts)
    if out.startswith("Mc") and len(out) > 4:
        return "Mc" + out[2:].capitalize()
    return out


def _upper_first(part: str, turkish: bool) -> str:
    first = "İ" if turkish and part[:1] == "i" else part[:1].upper()
    return first + part[1:]


def is_agency(text: str) -> bool:
    """Whether ``text`` names an agency that is known by name."""
    folded = text.casefold().strip(" .")
    return folded in w.AGENCIES or any(p == folded.removeprefix("the ") for p in w.AGENCY_PHRASES)
