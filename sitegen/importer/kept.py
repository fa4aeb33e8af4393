"""How much of an input arrived in its article: the share of its words that are in the body, in the
fields, or in furniture of a named kind.

What a reader leaves out without a name is a loss. Where too much is lost, nobody may take the
result for the article (`FLOOR`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.text import clean_line, escape_block, raw_lines
from sitegen.importer.html.candidates import is_dialog, is_named_aside
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.model import Imported
from sitegen.importer.text.labels import classify
from sitegen.importer.to_markdown import join_blocks, plain_block
from sitegen.model.base import Struct

FLOOR = 0.4  # of the words of a text; copied pages bring as many words of teasers
FLOOR_OF_PAGE = 0.25  # around the article of a page are teasers of many others
NEARLY_ALL = 0.9  # of the words, by number: from here on nobody looks which they are
LEAST = 40  # words that are missing, below which no share is low
LOW_SHARE = "too little of the text was recognised"  # begins the doubt of such an article
SEVERAL = "holds more than one article, in a form that is not read"  # so does this one
Lines = Iterable[tuple[str, str]]  # the text, and the kind of furniture that it is or ""

# A letter of Chinese, Japanese or Korean counts as a word: there is no blank between words.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_TAGS = re.compile(r"<[^<>]{0,10000}>")
_MARKS = re.compile(r"\]\([^()\s]{0,2000}\)|[*_`\\]")
_FURNITURE = {
    "nav": "menu",
    "footer": "footer",
    "aside": "box",
    "form": "form",
    "dialog": "dialog",
    "button": "form",
    "select": "form",
    "menu": "menu",
}
_ROLES = {"navigation": "menu", "contentinfo": "footer", "complementary": "box", "search": "form"}
_HIDDEN = frozenset("script style head template noscript svg math iframe object".split())
_BLOCKS = frozenset(
    "p div li td th h1 h2 h3 h4 h5 h6 blockquote pre figcaption dt dd tr table section article"
    " header main ul ol dl figure br hr label option".split()
)
_SENTENCE = 12  # words, from which on a line of a page is a sentence and no label


class Share(Struct, frozen=True):
    """How many words are in the article, how many are lost, and those of furniture by its kind."""

    kept: int = 0
    lost: int = 0
    furniture: dict[str, int] = {}

    @property
    def share(self) -> float:
        """The share of the words that are not lost: 1 for an input without any."""
        words = self.kept + self.lost
        return self.kept / words if words else 1.0


def words_in(text: str) -> list[str]:
    """The words of a text, without case and marks of Markdown."""
    return _WORD.findall(_MARKS.sub(" ", text.casefold().replace("\xad", "")))


def without_tags(html: str) -> str:
    """HTML as text, near enough for counting."""
    return _TAGS.sub(" ", html)


def share_of(
    lines: Lines, found: Iterable[Imported], kind_of: Callable[[str], str] | None = None
) -> Share:
    """How much of ``lines`` is in ``found``, the articles of one input; ``kind_of`` says which
    furniture a line without a kind is, if any."""
    left = Counter(word for one in found for text in _texts(one) for word in words_in(text))
    seen: set[str] = set()
    kept = lost = 0
    furniture: Counter[str] = Counter()
    for text, kind in lines:
        words = words_in(text)
        here = Counter(words)
        there = {word: min(number, left[word]) for word, number in here.items()}
        taken = sum(there.values())
        if taken * 2 >= len(words):
            left.subtract(there)
            seen.add(text)
            kept, lost = kept + taken, lost + len(words) - taken
            continue
        kind = kind or ("repeated line" if text in seen else "")
        kind = kind or (kind_of(text) if kind_of else "")
        if kind:
            furniture[kind] += len(words)
        else:
            lost += len(words)
    return Share(kept, lost, dict(furniture))


def measured(
    found: Imported,
    lines: Lines,
    floor: float = FLOOR,
    kind_of: Callable[[str], str] | None = None,
    whole: Callable[[], str] | None = None,
) -> Imported:
    """``found`` with the share of the words of ``lines``, its input, that are in it.

    Below ``floor``, ``whole`` makes its body, and a doubt says why.
    """
    counted = share_of(lines, [found], kind_of)
    found = msgspec.structs.replace(found, share=round(counted.share, 3))
    if counted.share >= floor or counted.lost < LEAST:
        return found
    words = counted.kept + counted.lost
    why = f"{LOW_SHARE}: {counted.kept} of its {words} words ({counted.share:.0%})"
    body = whole() if whole else ""
    return msgspec.structs.replace(
        found, body=body or found.body, doubts=(why, *found.doubts), among=(), image=None
    )


def cheap_share(found: Imported, text: str) -> float:
    """How many words the body of an article has, as a share of those of ``text`` (plain, or HTML),
    its input: at most 1."""
    said = len(words_in(without_tags(text)))
    return min(1.0, len(words_in(found.body)) / said) if said else 1.0


def measured_html(
    found: Imported, html: str, kind_of: Callable[[str], str] | None = None
) -> Imported:
    """``found`` with the share of the words of ``html``, the text that its source gives, that are
    in it; the cheap measure where it suffices."""
    if (share := cheap_share(found, html)) >= NEARLY_ALL:
        return msgspec.structs.replace(found, share=round(share, 3))
    lines = lines_of_page(html)
    return measured(found, lines, kind_of=kind_of, whole=lambda: whole_page(html))


def measured_text(
    found: Imported, text: str, kind_of: Callable[[str], str] | None = None
) -> Imported:
    """The same for a text that is not HTML."""
    if (share := cheap_share(found, text)) >= NEARLY_ALL:
        return msgspec.structs.replace(found, share=round(share, 3))
    lines = lines_of_text(text)
    return measured(found, lines, kind_of=kind_of, whole=lambda: whole_text(text))


def measured_values(
    found: Imported, values: Mapping[str, str], unread: Mapping[str, str] | None = None
) -> Imported:
    """``found`` with the share of the words of ``values``, the fields of its record that are read;
    those that are ``unread`` are furniture, by their names."""
    read = ((value, "") for value in values.values())
    others = ((value, f"field {name}") for name, value in (unread or {}).items())
    return measured(found, (*read, *others))


def _texts(found: Imported) -> Iterator[str]:
    """All that an article says, field by field."""
    yield from (found.title, found.dek, found.body, found.html, found.summary, found.dateline)
    yield from (found.section, found.source.name, found.rights.notice, found.date, *found.tags)
    yield from (found.canonical, found.lang)
    for person in (*found.authors, *found.credits):
        yield from (person.name, person.org, person.role)
    for image in (*found.images, *(image for _, image in found.among)):
        yield from (image.alt, image.caption, image.creator, image.credit, image.copyright)
    yield from (str(value) for value in found.extra.values() if isinstance(value, (str, int)))


def lines_of_text(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a copied text; `kind_of_line` names those that are no sentences."""
    return ((row, "") for row in text.split("\n") if row.strip())


def kind_of_line(text: str) -> str:
    """The kind of a line of a copied text that is no sentence: a stamp, a credit, a button …"""
    labels = [label for _, label, _ in classify(text)]
    return labels[0] if labels and labels[0] != "prose" else ""


def lines_of_page(html: str) -> Iterator[tuple[str, str]]:
    """The lines that a page shows; those of menus, boxes, forms and the like are furniture, and so
    is what is no sentence."""
    tree = parse_tree(html)
    if tree is not None:
        yield from ((text, kind or _kind_of_text(text)) for text, kind in _blocks(tree))


def _kind_of_text(text: str) -> str:
    """The kind of furniture that a block is by its text, or an empty string."""
    if len(text.split()) < _SENTENCE and not _is_wide(text):
        return "label"
    return "dialog" if _is_of_dialog(text) else ""


def _is_of_dialog(text: str) -> bool:
    """Whether a line speaks of cookies, or of the page itself."""
    spoken_of = {word.lower() for word in lexicon.PAGE_WORDS.findall(text)}
    return len(spoken_of) >= 2 or "cookie" in text.lower() or text.startswith("<")


def _is_wide(text: str) -> bool:
    """Whether a text without blanks is as long as a sentence."""
    return len(words_in(text[:200])) >= 2 * _SENTENCE


def _blocks(tree: Any) -> Iterator[tuple[str, str]]:
    """(text, kind of furniture) of each block of a tree, in its order."""
    from lxml import etree

    kinds: list[str] = [""]  # of the elements that are open
    parts: list[str] = []
    linked = 0
    in_link = 0

    def flushed() -> Iterator[tuple[str, str]]:
        nonlocal linked
        text = " ".join("".join(parts).split())
        kind = kinds[-1] or ("links" if linked * 2 > len(text) else "")
        parts.clear()
        linked = 0
        if text:
            yield text, kind

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            kind = kinds[-1] or _kind(element, tag)
            if tag in _BLOCKS or kind != kinds[-1]:
                yield from flushed()
            kinds.append(kind)
            in_link += tag == "a"
            said = element.text or ""
        else:
            if tag in _BLOCKS or kinds[-1] != kinds[-2]:
                yield from flushed()
            kinds.pop()
            in_link -= tag == "a"
            said = element.tail or ""
        if kinds[-1] != "hidden":
            parts.append(said)
            linked += len(said) if in_link else 0
    yield from flushed()


def _kind(element: Any, tag: str) -> str:
    """The kind of furniture that an element is, or an empty string."""
    if not tag or tag in _HIDDEN or _is_hidden(element):
        return "hidden"
    if named := _named_furniture(element, tag):
        return named
    return "dialog" if tag in _BLOCKS and is_dialog(element) else ""


def _named_furniture(element: Any, tag: str) -> str:
    """The kind of furniture that an element is by its name, role or class, or an empty string."""
    named = _FURNITURE.get(tag) or _ROLES.get(element.get("role", ""), "")
    if named:
        return named
    return "box" if is_named_aside(element) else ""


def _is_hidden(element: Any) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or "display:none" in style.replace(" ", "")


def whole_page(html: str) -> str:
    """All that a page shows as paragraphs of Markdown, its furniture included."""
    return join_blocks([escape_block(text) for text, _ in lines_of_page(html)])


def whole_text(text: str) -> str:
    """A text as it is, as paragraphs of Markdown: what is set aside loses nothing."""
    rows = (clean_line(row) for row in raw_lines(text))
    return join_blocks([escape_block(row) for row in rows if row])


def plain_lines(markdown: str) -> str:
    """Markdown that was made of an office file, line by line without its marks: press databases
    write their labels in bold."""
    return "\n".join(plain_block(row) if row.strip() else "" for row in markdown.split("\n"))
