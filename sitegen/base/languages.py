"""Tags of languages (BCP 47, https://www.rfc-editor.org/rfc/rfc5646): their one form, and the
direction of what is written in them."""

from __future__ import annotations

import re
from functools import lru_cache

from sitegen.base.diagnostics import did_you_mean

# Two letters are a language only where ISO 639-1 has them; the last line is deprecated and still
# in use.
_TWO_LETTERS = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy"
    " da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu"
    " hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb"
    " lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om"
    " or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw"
    " ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu iw in"
    " ji jw mo sh".split()
)
_COUNTRIES = {
    "jp": "ja",
    "cn": "zh",
    "gr": "el",
    "ua": "uk",
    "dk": "da",
    "cz": "cs",
    "us": "en",
    "gb": "en",
    "at": "de",
    "rs": "sr",
}
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)"
    r"(?P<private>(?:-x(?:-[a-z0-9]{1,8})+)?)"
)
_LOCALE_TAIL = re.compile(r"[.@].*")  # de_DE.UTF-8@euro, as systems name their settings
# In every region: these need no look into CLDR, which takes as long as a small build.
_LEFT_TO_RIGHT = frozenset(
    "en de fr es it pt nl sv da nb nn no fi is pl cs sk sl hr bs sr mk bg ro hu el ru uk be lt lv"
    " et ga cy eu ca gl ja zh ko vi th id hi bn ta te ml kn mr ne si my km lo ka hy am sw".split()
)
_RIGHT_TO_LEFT = frozenset(  # scripts (Unicode 15.1, Bidi_Class R and AL of their letters)
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb"
    " Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Syre Syrj Syrn"
    " Thaa Yezi".split()
)


@lru_cache(maxsize=10_000)
def language_tag(value: str) -> str:
    """``value`` as a BCP 47 tag in its usual form: `pt_BR` is pt-BR, `ZH-hant` zh-Hant, `eng` en;
    nothing for what is not a tag."""
    text = _LOCALE_TAIL.sub("", value.strip()).replace("_", "-").lower()
    match = _TAG.fullmatch(text)
    if not match:
        return ""
    language, _, extended = match["language"].partition("-")
    if len(language) == 2 and language not in _TWO_LETTERS:
        return ""
    if len(language) == 3:
        language = _shorter(language)
    parts = [language, extended, (match["script"] or "").title(), (match["region"] or "").upper()]
    return (
        "-".join(part for part in parts if part)
        + match["variants"]
        + match["extensions"]
        + match["private"]
    )


def _shorter(language: str) -> str:
    """The two letters of a language that has three of its own, as tags take the shortest code (RFC
    5646, 2.2.1)."""
    from babel.core import get_global

    short = str(get_global("language_aliases").get(language) or language)
    return short if len(short) == 2 else language


def likely_tag(value: str) -> str:
    """What was probably meant by a language that is not a tag: `english` is en, `jp` ja; nothing
    where that is not clear."""
    from babel import Locale

    word = value.strip().lower()
    names = {name.lower(): code for code, name in Locale("en").languages.items()}
    return language_tag(_COUNTRIES.get(word) or names.get(word) or "")


def tag_hint(value: str) -> str:
    """What to do about a language that is not a tag."""
    return did_you_mean(likely_tag(value), "use a tag such as de, pt-BR or zh-Hant")


@lru_cache(maxsize=1_000)
def direction(tag: str) -> str:
    """``rtl`` for what is written from right to left, else ``ltr``: by the script that the tag
    names, or the likely one.

    Source: the likely subtags of CLDR (https://unicode.org/reports/tr35/#Likely_Subtags).
    """
    match = _TAG.fullmatch(tag.replace("_", "-").lower())
    if not match:
        return "ltr"
    language = match["language"].partition("-")[0]
    script = match["script"] or (
        "Latn" if language in _LEFT_TO_RIGHT else _likely_script(language, match["region"] or "")
    )
    return "rtl" if script.title() in _RIGHT_TO_LEFT else "ltr"


def _likely_script(language: str, region: str) -> str:
    from babel.core import get_global

    likely = get_global("likely_subtags")
    found = str(likely.get(f"{language}_{region.upper()}") or likely.get(language) or "")
    return found.split("_")[1] if found.count("_") == 2 else ""
