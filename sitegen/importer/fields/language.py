"""Which of the languages that importing knows a text is written in, by its commonest words."""

from __future__ import annotations

import re

from sitegen.base.languages import language_tag

_WORDS = {
    "en": (
        "the of and to in that is was for on with as by he his at from it are which said have has"
        " who will not this but they"
    ),
    "de": (
        "der die und den das von zu mit ist des im auf für nicht ein eine dem sich auch als es an"
        " werden aus er hat dass sie nach bei"
    ),
    "fr": (
        "le la les des et en du une un que est pour dans qui par sur au plus pas ce il avec sont ne"
        " se cette ont aux mais été"
    ),
    "es": (
        "el la los las de que en y del un una por con para se es su al lo como más pero sus ha este"
        " sobre entre también fue"
    ),
    "it": (
        "il la di che e un una per del della con non sono si da in dei le al ha nel alla più gli"
        " anche lo è come delle"
    ),
    "pt": (
        "o a os as de que e do da em um uma para com não no na por mais dos das se ao foi como"
        " também são ele"
    ),
    "nl": (
        "de het een en van in is dat op te zijn voor met niet aan er om die ook als bij door maar"
        " naar uit heeft"
    ),
    "sv": "och att det som en är på för av den med inte till har de ett om var jag han från",
}
_COMMON = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> str:
    """The language of ``text`` (its first 20,000 characters), or an empty string where it is not
    clear."""
    words = [w.lower() for w in _WORD.findall(text[:20_000])]
    if len(words) < 20:
        return ""
    scores = sorted(
        ((sum(w in common for w in words) / len(words), lang) for lang, common in _COMMON.items()),
        reverse=True,
    )
    (best, lang), (second, _) = scores[0], scores[1]
    return lang if best > 0.12 and best > second * 1.15 else ""


def language_code(value: str) -> str:
    """The language of a tag such as ``de-AT`` or ``en_US``; empty where it is none."""
    return language_tag(value).partition("-")[0]


# Letters of a script, the language that most texts in it have, and the others that are written in
# it.
_SCRIPTS = (
    (
        "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
        "ar",
        "fa ur ps ckb ku sd ug ks pnb azb",
    ),
    ("\u0590-\u05ff", "he", "yi iw lad"),
    ("\u0e00-\u0e7f", "th", ""),
    ("\uac00-\ud7af\u1100-\u11ff", "ko", ""),
    ("\u0370-\u03ff\u1f00-\u1fff", "el", ""),
    ("\u0400-\u052f", "ru", "uk be bg sr mk mn kk ky tg tt os ab cv ba sah ce bs cnr uz az"),
    ("\u0900-\u097f", "hi", "mr ne sa kok mai bho sd"),
    ("\u0980-\u09ff", "bn", "as"),
    ("\u0b80-\u0bff", "ta", ""),
    ("\u10a0-\u10ff", "ka", "xmf"),
    ("\u0530-\u058f", "hy", ""),
)
_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTERS = tuple(
    (re.compile(f"[{span}]"), lang, frozenset([lang, *others.split()]))
    for span, lang, others in _SCRIPTS
)
_PERSIAN = re.compile("[پچژگ]")
_URDU = re.compile("[ٹڈڑے]")


def language_of_letters(text: str) -> tuple[str, frozenset[str]]:
    """(language, all that it may be) where most letters of ``text`` are of a script that few
    languages share; else ``("", ())``."""
    text = text[:5_000]
    total = sum(c.isalpha() for c in text)
    if text.isascii() or total < 20:
        return "", frozenset()
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if (kana + han) * 2 > total:
        return (
            ("ja", frozenset(["ja"]))
            if kana * 10 > han
            else ("zh", frozenset(["zh", "yue", "wuu", "ja", "ko"]))
        )
    for letters, lang, possible in _LETTERS:
        if len(letters.findall(text)) * 2 > total:
            if lang == "ar":
                lang = (
                    "ur"
                    if len(_URDU.findall(text)) * 20 > total
                    else "fa"
                    if len(_PERSIAN.findall(text)) * 50 > total
                    else "ar"
                )
            return lang, possible
    return "", frozenset()
