"""A search index: from the articles of a shard to the files that the search page reads.

Pure. All files are JSON. A *shard* has

- its *head*: how old and how long each article is, and the names of the other files;
- `words`: lines of a word and where it is, in the order of the words, in parts of some KB;
- `cards`: what a list of results shows of each article;
- `texts`: what the words around a hit are taken from;
- `terms`: which articles have which section, author, date and so on;
- `near`: words that may be suggested for one that is nowhere.

The *root* names the heads of all shards. Of a small index it holds all but the texts, so that the
first answer takes one file.
"""

from __future__ import annotations

import re
import string
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from sitegen.base.compounds import LANGUAGES, SHORTEST, compound_parts
from sitegen.base.search_words import endings, search_words
from sitegen.base.text import digest, excerpt, plain
from sitegen.model.base import Struct
from sitegen.model.rights import permitted_text
from sitegen.model.views import SearchRecord, Shard

Files = dict[str, bytes]

MOST_ROOT = 180_000  # bytes of the root: 60 to 70 KB as it is sent
WORDS = 20_000  # bytes of a part of the words: about 8 KB as it is sent
TOGETHER = 16  # articles whose cards, or texts, are in one file
SUMMARY = 30  # words of a text that a result shows, unless others of it were asked for
IN_TITLE, IN_TERMS, IN_TEXT = 8, 3, 1  # how much a word counts
MOST = 26  # that it counts in one article, a letter each

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDS = re.compile(r"</(?:h[1-6]|t[hd]|caption|figcaption)>")
_DIGITS = string.digits + string.ascii_lowercase


Holds = Literal["all", "heads", "names"]  # what the root has of each shard


class IndexedShard(Struct, frozen=True):
    """A shard as the root has it: its language, its folder below the index, and its head, or the
    name of that."""

    lang: str
    folder: str
    head: bytes | str


class _SearchText(Struct, frozen=True):
    """What an article says: ``own`` is the line under its headline and the text."""

    record: SearchRecord
    own: str

    def lines(self) -> Iterator[tuple[str, int]]:
        """All that is found, with how much a word of it counts."""
        yield self.record.title, IN_TITLE
        yield from ((text, IN_TERMS) for text in _names(self.record))
        yield self.record.comment, IN_TEXT
        yield self.own, IN_TEXT


def shard_files(shard: Shard, body: Callable[[str], str]) -> Files:
    """The files of ``shard`` by their names, the head among them; ``body`` gives the HTML of an
    article."""
    texts = [_text(record, body) for record in shard.records]
    lengths, lines = _lines(texts, shard.lang)
    files: Files = {}

    def put(kind: str, value: Any) -> str:
        data = msgspec.json.encode(value)
        name = f"{kind}.{digest(data)[:10]}.json"
        files[name] = data
        return name

    head = {
        "articles": [
            [one.record.minute, length] for one, length in zip(texts, lengths, strict=True)
        ],
        "words": [[part[0].partition(" ")[0], put("words", part)] for part in _parts(lines)],
        "cards": [put("cards", [_card(one) for one in some]) for some in _groups(texts)],
        "texts": [put("texts", [_said(one) for one in some]) for some in _groups(texts)],
        "terms": put("terms", _terms(shard.records)),
        "near": put("near", known_words(texts, shard.lang)),
    }
    put("head", head)
    return files


def head_name(names: Iterable[str]) -> str:
    """Which of the files of a shard is its head."""
    return next(name for name in names if name.startswith("head."))


def root_holds(sizes: Iterable[tuple[int, int]]) -> Holds:
    """What the root has of the shards, of each of which the bytes of its head and of all its files
    but the texts are given: as much as fits."""
    heads, whole = (sum(some) for some in zip((0, 0), *sizes, strict=True))
    return "all" if whole <= MOST_ROOT else "heads" if heads <= MOST_ROOT else "names"


def is_outside(name: str, holds: Holds) -> bool:
    """Whether a file of a shard is published beside a root that holds so much."""
    inside = {"all": ("head", "words", "cards", "terms", "near"), "heads": ("head",), "names": ()}
    return not name.startswith(inside[holds])


def size_in_root(files: Mapping[str, bytes]) -> int:
    """The bytes of a shard that the root may hold."""
    return sum(len(data) for name, data in files.items() if not is_outside(name, "all"))


def whole_head(files: Mapping[str, bytes]) -> bytes:
    """The head of a shard with the contents of its files in place of their names; its texts stay
    apart."""
    head = msgspec.json.decode(files[head_name(files)])

    def held(name: str) -> Any:
        return msgspec.json.decode(files[name])

    inner = {
        "words": [[first, held(name)] for first, name in head["words"]],
        "cards": [held(name) for name in head["cards"]],
        "terms": held(head["terms"]),
        "near": held(head["near"]),
    }
    return msgspec.json.encode(head | inner)


def root(entries: Sequence[IndexedShard]) -> bytes:
    """The file that a reader loads first: the shards, the endings of their languages, and which of
    these put words together."""
    langs = sorted({one.lang for one in entries})
    shards = [
        {
            "lang": one.lang,
            "folder": one.folder,
            "head": msgspec.Raw(one.head) if isinstance(one.head, bytes) else one.head,
        }
        for one in entries
    ]
    return msgspec.json.encode(
        {
            "endings": {lang: endings(lang) for lang in langs},
            "compounds": [lang for lang in langs if lang in LANGUAGES],
            "shards": shards,
        }
    )


def _text(record: SearchRecord, body: Callable[[str], str]) -> _SearchText:
    """What the page of an article shows of it; a heading is kept apart from what follows it."""
    html = body(record.body_from) if record.body_from else ""
    text = plain(_ENDS.sub(r" ·\g<0>", permitted_text(html, record.show, record.words)))
    return _SearchText(record, " ".join(part for part in (record.dek, text) if part))


def _names(record: SearchRecord) -> Iterator[str]:
    """The names that an article is filed under."""
    yield from (record.section, record.source)
    yield from record.authors
    for names in record.terms.values():
        yield from names


def _lines(texts: Sequence[_SearchText], lang: str) -> tuple[list[int], list[str]]:
    """How many words each article has; and for each word a line of the word and where it is."""
    counts = [_counts(one) for one in texts]
    if lang in LANGUAGES:
        _add_parts(counts)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(counts):
        for word, count in words.items():
            found[word].append((number, count))
    lengths = [sum(words.values()) for words in counts]
    # In the order that JavaScript compares texts in
    ordered = sorted(found, key=lambda word: word.encode("utf-16-be"))
    return lengths, [f"{word} {_places(found[word])}" for word in ordered]


def _counts(text: _SearchText) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line, weight in text.lines():
        for word in search_words(line):
            counts[word] += weight
    return counts


def _add_parts(counts: Sequence[Counter[str]]) -> None:
    """Add the parts of compounds to each article's words. A part is a word that the articles of
    the shard use by itself."""
    known = frozenset(word for words in counts for word in words if _WORD.fullmatch(word))
    parts = compound_parts(known, known)
    for words in counts:
        more = {part for word in words for part in parts.get(word, ())}
        words.update(dict.fromkeys(sorted(more - words.keys()), IN_TEXT))


def _places(found: Iterable[tuple[int, int]]) -> str:
    """Where a word is: for each article the step from the one before, nothing for one, and a
    letter for how often."""
    out, last = "", -1
    for number, count in found:
        step = number - last
        out += ("" if step == 1 else _short(step)) + chr(ord("A") + min(count, MOST) - 1)
        last = number
    return out


def _short(number: int) -> str:
    """``number`` in the 36 digits and letters."""
    out = ""
    while number:
        number, digit = divmod(number, 36)
        out = _DIGITS[digit] + out
    return out


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """``lines`` in parts of about WORDS bytes."""
    part: list[str] = []
    size = 0
    for line in lines:
        part.append(line)
        size += len(line)
        if size >= WORDS:
            yield part
            part, size = [], 0
    if part:
        yield part


def _groups(texts: Sequence[_SearchText]) -> Iterator[Sequence[_SearchText]]:
    return (texts[start : start + TOGETHER] for start in range(0, len(texts), TOGETHER))


def _card(text: _SearchText) -> dict[str, str]:
    record = text.record
    card = {
        "url": record.url,
        "title": record.title,
        "date": record.date,
        "section": record.section,
        "source": record.source,
        "authors": ", ".join(record.authors),
        "summary": excerpt(text.own, SUMMARY),
    }
    return {name: value for name, value in card.items() if value}


def _said(text: _SearchText) -> list[str]:
    """What the digest says about an article, and what the article says itself."""
    return [text.record.comment, text.own]


def _terms(records: Sequence[SearchRecord]) -> dict[str, dict[str, list[int]]]:
    """The values of each filter, sorted, with the numbers of their articles."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, record in enumerate(records):
        for kind, values in _filters(record).items():
            for value in dict.fromkeys(values):
                found[kind][value].append(number)
    return {kind: dict(sorted(values.items())) for kind, values in sorted(found.items())}


def _filters(record: SearchRecord) -> dict[str, Sequence[str]]:
    return {
        "section": [record.section] if record.section else [],
        "author": record.authors,
        "source": [record.source] if record.source else [],
        "date": [record.date[:4], record.date[:7]] if record.date else [],
        **record.terms,
    }


def known_words(texts: Iterable[_SearchText], lang: str) -> list[str]:
    """The words that may be suggested: those of headlines, the lines under them, names and terms.
    In a language with compounds also the long ones of texts, of which a reader may know a part."""
    out: set[str] = set()
    for one in texts:
        record = one.record
        for line in (record.title, record.dek, *_names(record)):
            out.update(_WORD.findall(line.lower()))
        if lang in LANGUAGES:
            out |= {w for w in _WORD.findall(one.own.lower()) if len(w) >= 2 * SHORTEST}
    return sorted(out)
