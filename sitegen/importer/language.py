"""Which of the languages that importing knows a text is written in, by its commonest words."""

from __future__ import annotations

import re

_WORDS = {
    "en": "the of and to in that is was for on with as by he his at from it are which said have has who will not this but they",
    "de": "der die und den das von zu mit ist des im auf für nicht ein eine dem sich auch als es an werden aus er hat dass sie nach bei",
    "fr": "le la les des et en du une un que est pour dans qui par sur au plus pas ce il avec sont ne se cette ont aux mais été",
    "es": "el la los las de que en y del un una por con para se es su al lo como más pero sus ha este sobre entre también fue",
    "it": "il la di che e un una per del della con non sono si da in dei le al ha nel alla più gli anche lo è come delle",
    "pt": "o a os as de que e do da em um uma para com não no na por mais dos das se ao foi como também são ele",
    "nl": "de het een en van in is dat op te zijn voor met niet aan er om die ook als bij door maar naar uit heeft",
    "sv": "och att det som en är på för av den med inte till har de ett om var jag han från",
}
_COMMON = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def guess_language(text: str) -> str:
    """The language of ``text`` (its first 20,000 characters), or an empty string where it is not clear."""
    words = [w.lower() for w in _WORD.findall(text[:20_000])]
    if len(words) < 20:
        return ""
    scores = sorted(((sum(w in common for w in words) / len(words), lang) for lang, common in _COMMON.items()), reverse=True)
    (best, lang), (second, _) = scores[0], scores[1]
    return lang if best > 0.12 and best > second * 1.15 else ""


def language_code(value: str) -> str:
    """The language of a tag such as ``de-AT`` or ``en_US``; empty where it is none."""
    code = re.split(r"[-_]", value.strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""
