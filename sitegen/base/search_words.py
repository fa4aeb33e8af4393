"""Words as a search index holds them, and the endings that words of a language exchange. Pure.

The script of the search page parts a reader's question by the same rules: `fold` and `words` in
themes/base/assets/search.js. tests/pages/test_search_pages.py asks questions of both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from sitegen.base.text import UNSPACED, may_lack_blanks

LONGEST = 40  # letters of a word; longer ones are keys and addresses
# Marks above and below Latin, Greek, Cyrillic, Hebrew and Arabic letters, and the stretched line
# of Arabic. Marks of other scripts are letters of their own to their readers.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]")
_ALIKE = str.maketrans({"ß": "ss", "ة": "ه", "ى": "ي"})
_ARTICLE = re.compile(r"(?:[وبكف]?ال|لل)(?=\w{3})")  # of Arabic, which is part of its word
_INDIC = "\u0900-\u0963\u0966-\u0dff"  # vowels of these scripts are marks
_PLAIN = re.compile(r"\w+")

# Endings that words exchange, by language: two words are forms of one if they differ only in two
# endings of one set; `-` is no ending. A word also finds all words that begin with it.
_ENDINGS = {
    "ar": "- ه ات ين ون ان ي",
    "cs": "- a u e em y ů ům ech ách ami i ou|í ího ímu ím|ý á é ého ému ým ou ých ými",
    "da": "- e en et er s erne ne ens ets ene|er ede et te",
    "de": "- e em en er ern es n ens s ns in innen|en e st t te ten tet end et|ung ungen",
    "el": "ος ου ο οι ων ους ε|α ας ες ων|η ης ες ων|ι ιου ια ιων|ω εις ει ουμε ετε ουν",
    "en": (
        "- s es ed ing|e es ed ing|y ies ied ying|b bs bbed bbing|d ds dded dding|g gs gged gging"
        "|l ls lled lling|m ms mmed mming|n ns nned nning|p ps pped pping|t ts tted tting"
        "|man men|f ves|fe ves"
    ),
    "es": "- s es|o a os as|z ces|ción ciones|ar a an o as amos ando ado aron aba aban"
    "|er e en o iendo ido ieron|ir e en o iendo ido ieron",
    "fi": "- n a ä t en in ssa ssä sta stä lla llä lta ltä lle na nä ksi ja jä iden ien issa issä",
    "fr": "- s e es x|al aux ale ales|er e es ent ons ez ait aient ant é ée és ées a era"
    "|ir it issent issait i ie is|if ive ifs ives|eux euse euses|re s t ent ait u",
    "hu": "- k t ok ek ök et ot at öt ban ben ból ből nak nek val vel on en ön ra re a e i",
    "it": "o a i e|e i|co chi ca che|go ghi ga ghe|io i|are a ano o ato ata ati ate ando ava"
    "|ere e ono uto endo|ire e ono ito endo",
    "nl": "- s e en er n t|s zen|f ven|en t de te den ten",
    "no": "- e en et er ene s ens ets a ane|er te t et",
    "pl": "- a u owi em ie y i ów om ami ach|a y i ę ą o ie om ami ach|y a e ego emu ym ą ych ymi",
    "pt": "- s es|o a os as|ão ões ães ãos|al ais|el eis|ol ois|il is|m ns"
    "|ar a am o ou ando ado aram ava|er e em ia endo ido eram|ir e em ia indo ido iram",
    "ro": "- ul ului i ii ilor e le lor a ei",
    "ru": "- а у ом е ы и ов ам ами ах ев|а ы е у ой и ам ами ах|я и е ю ей ям ями ях"
    "|ия ии ию ией ий|ь я ю ем и ей ям ями ях|о а у ом е|ый ого ому ым ом ая ой ую ое ые ых ыми"
    "|ий его ему им ем яя ей юю ее ие их ими|ть л ла ли ет ют ит ят",
    "sv": "- en et er ar or na erna arna orna n a s t ens ets|a ade at ar",
    "tr": "- lar ler ı i u ü ın in un ün da de ta te dan den a e ya ye yı yi",
    "uk": "- а у ом і и ів ам ами ах|а и і у ою ам ами ах|ий ого ому им ім а ої у е і их ими",
}
_SAME = {"nb": "no", "nn": "no"}


@lru_cache(maxsize=64)
def endings(lang: str) -> tuple[tuple[str, ...], ...]:
    """The sets of endings that words of ``lang`` exchange, folded as words are; none where no
    table has the language."""
    sets = _ENDINGS.get(_SAME.get(lang, lang), "")
    return tuple(
        tuple(dict.fromkeys("" if end == "-" else _folded(end) for end in one.split()))
        for one in sets.split("|")
        if one
    )


def fold(text: str) -> str:
    """``text`` in lower case, in one width, and without the marks that readers leave out."""
    return text.lower() if text.isascii() else _folded(text)


def _folded(text: str) -> str:
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.lower()))
    return unicodedata.normalize("NFKC", bare).translate(_ALIKE)


def search_words(text: str) -> list[str]:
    """The words of ``text`` as the index has them, folded.

    A run of a script without blanks (Chinese, Japanese, Thai …) gives each two neighbours, and its
    last letter: a question of several letters finds those that hold all of its pairs, and one of a
    single letter all pairs that begin with it.
    """
    folded = fold(text)
    if folded.isascii():
        return [word[:LONGEST] for word in _PLAIN.findall(folded)]
    if not may_lack_blanks(folded):
        return [_bare(word[:LONGEST]) for word in re.findall(rf"[\w{_INDIC}]+", folded)]
    out: list[str] = []
    for run, word in re.findall(rf"((?:{UNSPACED})+)|((?:(?!{UNSPACED})[\w{_INDIC}])+)", folded):
        out += _pairs(run) if run else [_bare(word[:LONGEST])]
    return out


def _bare(word: str) -> str:
    """An Arabic ``word`` without its article; any other one as it is."""
    article = _ARTICLE.match(word)
    return word[article.end() :] if article else word


def _pairs(run: str) -> list[str]:
    return [*(first + second for first, second in pairwise(run)), run[-1]]
