"""The text of a page in the page's order, as trafilatura finds it; what it loses comes back in
`judged`.

Trafilatura is good at finding where the text of a page is, and careless within it: it moves blocks
and knows nothing of images. So each block that it gives is looked up in the page, and the page
decides on the order, and on where images and films are.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from copy import deepcopy
from functools import cache, lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from sitegen.base.text import count_words
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.text import clean_inline, escape_block
from sitegen.importer.html.candidates import in_aside, is_dialog, text_of
from sitegen.importer.html.embeds import embedded
from sitegen.importer.html.figures import MARK
from sitegen.importer.html.fragment import blocks_within, element_blocks, in_markup
from sitegen.importer.html.leaves import SENTENCE, TEXTS, Leaf, key_of, leaves_of, place_of
from sitegen.importer.html.long_runs import LONG, Run
from sitegen.importer.html.shown import kinds_of, label_of
from sitegen.importer.html.tree import is_within, remove
from sitegen.importer.to_markdown import blocks_of, plain_block
from sitegen.model.base import Struct

# Scripts and styles go before these.
_GONE = tuple("noscript form button input select textarea svg canvas dialog nav".split())
# What trafilatura compares its reading with others for.
_FRAME = tuple(
    "aside audio button fencedframe fieldset figure footer iframe input label link nav noindex"
    " noscript object option select source svg time".split()
)
# Parts of video players, and boxes that networks fill with other outlets' teasers: they carry the
# names of what they are made with.
_FOREIGN = tuple(
    f" {start}"
    for start in (
        "vjs- video-js jw- jwplayer plyr__ mejs- fp-ui brightcove outbrain ob-widget taboola trc_"
        " revcontent mgid zergnet nativo sharethrough adsbygoogle dfp- google_ads"
    ).split()
)
# What trafilatura leaves out, or parts from its sentence.
_WITHIN = (
    "time",
    "label",
    "output",
    "progress",
    "q",
    "blink",
    "legend",
    "button",
    "slot",
    "noindex",
)
_INLINE = ("span", "a", "b", "strong", "em", "i", "u", "font", "small", "mark", "abbr")
_SENTENCE = 30  # letters beside a few words of a sentence
_QUOTES = "//blockquote | //div[contains(@class, 'pull')][contains(@class, 'quot')]"
_LOWERED = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}
_HIGH = ("html", "body", "article", "main")
_PARTS_OF_PAGE = {"foreign": 4, "frame": 10}  # how many times as large a page must be
_LONG = 24  # letters of a text that is hardly twice on a page by chance
_PROSE = 10  # words of a paragraph
_LEAST = 100  # words of a page's paragraphs that its text can be measured by
_NEAR = 4  # elements before a run that was set aside


class BodyPart(Struct, frozen=True):
    """A block of Markdown, and where in the page it is; -1 is not known."""

    text: str
    at: int


class ShownText(Struct, frozen=True):
    """An image (``mark``) or a film, sound, post or map (``link``) and where in the page it is.

    ``before`` says that it is above the text.
    """

    at: int
    mark: str = ""
    link: str = ""
    label: str = ""
    before: bool = False


class Body(Struct, frozen=True):
    """The text of a page."""

    parts: tuple[BodyPart, ...] = ()
    shown: tuple[ShownText, ...] = ()
    runs: tuple[BodyPart, ...] = ()  # what was set aside, behind the place where it belongs
    leaves: tuple[Leaf, ...] = ()  # everything that the page holds


def read_body(tree: Any, heading: Any, base: str, runs: Sequence[Run] = ()) -> Body:
    """The article's blocks.

    ``heading`` is the element of the headline, or None, and ``runs`` were set aside. Everything
    else is taken out of ``tree``.
    """
    _prepare(tree, heading)
    leaves = leaves_of(tree)
    body = _around_heading(tree, heading, leaves, base)
    set_aside = tuple(_of_runs(runs, body, leaves, base)) if runs else ()
    return msgspec.structs.replace(body, runs=set_aside, leaves=tuple(leaves))


def _around_heading(tree: Any, heading: Any, leaves: list[Leaf], base: str) -> Body:
    """The text of a page; that of the section around the headline, where what was found is
    apart from it."""
    body = _read(tree, heading, leaves, base)
    section = _section_of(heading, leaves) if body.parts else None
    if section is None:
        return body
    if _are_within(section, _places_in(body), leaves):
        return body
    # What was found is a box of the page, longer than the article.
    return _read(section, heading, leaves, base)


def _are_within(section: Any, places: Iterable[int], leaves: list[Leaf]) -> bool:
    """Whether any text at these places is in a section, or shares more than the page with it."""
    above = {a for at in places for a in leaves[at].element.iterancestors()}
    shared = {a.tag for a in section.iterancestors() if a in above}
    return section in above or not shared <= {"body", "html"}


def _places_in(body: Body) -> set[int]:
    """The known places of the parts of a body."""
    return {part.at for part in body.parts} - {-1}


def _of_runs(runs: Sequence[Run], body: Body, leaves: list[Leaf], base: str) -> Iterator[BodyPart]:
    """What was set aside of the text: something right before it was given."""
    last = _last_within(leaves)
    holding = _holding(leaves, _places_in(body))
    for run in runs:
        at = last.get(run.behind, -1)
        if at >= 0 and not holding.isdisjoint(_before(run)):
            yield from (BodyPart(block, at) for block in blocks_within(run.elements, base))


def _last_within(leaves: list[Leaf]) -> dict[Any, int]:
    """The place of the last text within each element that is near one."""
    last: dict[Any, int] = {}
    for at, leaf in enumerate(leaves):
        last[leaf.element] = at
        last.update((above, at) for above in islice(leaf.element.iterancestors(), 4))
    return last


def _before(run: Run) -> list[Any]:
    """The elements right before a run, of which one must be of the text."""
    before = run.behind.itersiblings(preceding=True)
    return [run.behind, *islice(before, LONG if run.is_part else _NEAR - 1)]


def whole_text(tree: Any, title: str, base: str) -> list[BodyPart]:
    """What trafilatura finds in a page of which only dialogs and the page's frame are taken out;
    the places are not known."""
    heading = heading_of(tree, title)
    for element in list(tree.iter("nav", "dialog")):
        if heading is None or element not in heading.iterancestors():
            remove(element)
    _take_out_frame(tree, heading)
    return [
        BodyPart(block, -1)
        for element in _extracted(tree)
        for block in blocks_of(element, base)
        if block.strip()
    ]


def heading_of(tree: Any, title: str) -> Any:
    """The element that shows the headline: a heading of that text, or of most of its words; None
    where there is none."""
    wanted = lexicon.folded(title)
    texts = (
        [(e, lexicon.folded(text_of(e))) for e in (*tree.iter("h1"), *tree.iter("h2", "h3"))]
        if wanted
        else []
    )
    same = next((e for e, text in texts if text == wanted), None)
    if same is not None:
        return same
    words = set(re.findall(r"\w+", wanted))
    alike = (
        e
        for e, text in texts
        if e.tag == "h1" and 2 * len(words & set(re.findall(r"\w+", text))) > len(words)
    )
    return next(alike, None)


# Everything else -------------------------------------------------------------------------------


def _prepare(tree: Any, heading: Any) -> None:
    """Take scripts, forms, menus, dialogs and other parts of the page's frame out of a tree, and
    say quotes' authors in words."""
    for element in list(tree.iter("script", "style", "template")):
        remove(element)
    around = {heading, *heading.iterancestors()} if heading is not None else set()
    _keep_in_sentences(tree)
    _name_speakers(tree, around)
    _lower_headings(heading)
    _unname(around)
    prose = _Prose()
    whole = _size(tree)
    for element in list(tree.iter(*_GONE)):
        large = _size(element) * 3 > whole
        # A form may wrap the page, and a tag that is never closed swallows what follows it.
        wraps = element.tag in ("form", "button") and (large or _is_long_form(element))
        if element in around or wraps or (large and not prose.is_outside(tree, element)):
            element.tag = "div"
        else:
            remove(element)
    for element in tree.xpath("//*[@hidden or @aria-hidden='true']")[:3000]:
        if (
            _size(element) < 2000 and element not in around
        ):  # what is longer is the article behind a paywall's curtain
            remove(element)
    _take_out_frame(tree, heading)


def _keep_in_sentences(tree: Any) -> None:
    """Make `span` of what is within a sentence and would be taken for a part of the page's frame,
    or for a paragraph of its own."""
    for element in tree.iter(*_WITHIN):
        if not _is_within_sentence(element):
            continue
        if element.tag == "q":
            _quote(element)
        element.tag = "span"


def _is_within_sentence(element: Any) -> bool:
    """Whether an element holds a few words of a paragraph that has more."""
    above = element.getparent()
    while above is not None and above.tag in _INLINE:
        above = above.getparent()
    if above is None or above.tag not in ("p", "li", "td", "dd", "blockquote"):
        return False
    return len(text_of(above)) - len(text_of(element)) >= _SENTENCE


def _quote(element: Any) -> None:
    """Write the marks of a quotation, which browsers show, around its words."""
    element.text = "“" + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + "”"
    else:
        element.text += "”"


def _name_speakers(tree: Any, around: Container[Any]) -> None:
    """Make of whom a quotation names, which is called an author or a source, a text of it."""
    for quote in tree.xpath(_QUOTES):
        if quote not in around:
            _name_speaker(quote)


def _name_speaker(quote: Any) -> None:
    for element in quote.iterdescendants():
        if _is_speaker(element, quote):
            element.tag = "p"
        if kinds_of(label_of(element)) & {"byline", "about", "credit"}:
            element.attrib.pop("class", None)


def _is_speaker(element: Any, quote: Any) -> bool:
    """Whether an element of a quotation says whose it is."""
    if element.tag in ("footer", "figcaption"):
        return True
    return element.tag in ("cite", "small", "span") and element.getparent() is quote


def _lower_headings(heading: Any) -> None:
    """Make of the headings beside a headline `h1` those of its text, where they are `h1` too."""
    is_first = heading is not None and heading.tag == "h1"
    if not is_first or next(heading.itersiblings("h1"), None) is None:
        return
    others = [e for e in heading.getparent().iter(*_LOWERED) if e is not heading]
    for other in others:
        other.tag = _LOWERED[other.tag]


def _unname(around: Iterable[Any]) -> None:
    """Take tag and name from what holds the headline and is called a part of the frame: a pop-up
    that is never closed holds the whole page."""
    for element in around:
        named = element.tag == "div" and "frame" in kinds_of(label_of(element))
        if named or element.tag == "aside":
            element.tag = "div"
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)


def _take_out_frame(tree: Any, heading: Any) -> None:
    """Take out the parts of a page that are no part of any article, whatever their size; none of
    them holds the headline."""
    around = set(heading.iterancestors()) if heading is not None else set()
    prose = _Prose()
    page_size = _size(tree)
    for element in tree.xpath("//*[@class or @id or @role or @aria-modal] | //footer"):
        may_go = element.tag not in _HIGH and element not in around
        if may_go and _is_frame(tree, element, page_size, prose):
            remove(element)
    branch = next(filter(_is_below_body, around), None)
    # The article's own branch, unless that is a mere head of a page whose text is elsewhere.
    if branch is not None and prose.is_in(branch, None, 3, 60):
        _take_out_beside(branch)


def _is_below_body(element: Any) -> bool:
    above = element.getparent()
    return above is not None and above.tag == "body"


def _take_out_beside(branch: Any) -> None:
    """Take out what is beside a branch of the page, and not far longer."""
    longest = 6 * _size(branch)
    for other in [e for e in branch.getparent() if e is not branch and _size(e) <= longest]:
        remove(other)


def _is_long_form(element: Any) -> bool:
    """Whether a form holds four paragraphs."""
    return element.tag == "form" and next(islice(element.iter("p"), 3, None), None) is not None


@lru_cache(20_000)
def _kind_of(label: str) -> str:
    """What the classes and the id of an element say of it: `foreign`, `frame` or nothing."""
    spaced = f" {label.lower()} "
    if any(word in spaced for word in _FOREIGN):
        return "foreign"
    return "frame" if "frame" in kinds_of(label) else ""


def _is_frame(tree: Any, element: Any, page_size: int, prose: _Prose) -> bool:
    """Whether an element is a foreign box, a dialog on consent or terms, a part of the page's frame
    or its foot: none holds the headline."""
    kind = _kind_of(f"{element.get('class', '')} {element.get('id', '')}"[:300])
    if kind:
        return _size(element) * _PARTS_OF_PAGE[kind] < page_size
    may_be = is_dialog(element) or _is_foot(element)
    return may_be and not _holds_article(element) and prose.is_outside(tree, element)


def _is_foot(element: Any) -> bool:
    """Whether an element is the foot of the page, and not of an article or a quotation."""
    if element.tag != "footer":
        return False
    return not is_within(element, "article", "main", "blockquote")


def _holds_article(element: Any) -> bool:
    return bool(element.xpath(".//article | .//*[@itemprop='articleBody']"))


class _Prose:
    """The paragraphs of a page, of which each is counted once."""

    def __init__(self) -> None:
        self.words: dict[Any, int] = {}

    def is_outside(self, tree: Any, element: Any) -> bool:
        """Whether a page holds two paragraphs and forty words without ``element``."""
        return self.is_in(tree, element, 2, 40)

    def is_in(self, tree: Any, but: Any, paragraphs: int, words: int) -> bool:
        """Whether a tree holds so many paragraphs of so many words together, outside of the element
        ``but``."""
        found = count = 0
        for paragraph in tree.iter("p", "div"):
            size = self._count(paragraph)
            if size < _PROSE:
                continue
            if but is not None and (paragraph is but or but in paragraph.iterancestors()):
                continue
            found, count = found + 1, count + size
            if found >= paragraphs and count >= words:
                return True
        return False

    def _count(self, paragraph: Any) -> int:
        """The words of an element, 0 where it only holds others."""
        if paragraph not in self.words:
            holds = paragraph.tag == "div" and (
                len(paragraph) > 12
                or next(paragraph.iterchildren("p", "div", "section"), None) is not None
            )
            self.words[paragraph] = 0 if holds else count_words(text_of(paragraph))
        return self.words[paragraph]


def _size(element: Any) -> int:
    return int(_length()(element)) if len(element) else len(element.text or "")


@cache
def _length() -> Any:
    from lxml import etree

    return etree.XPath("string-length()")


# What trafilatura finds, in the page's order ---------------------------------------------------


class _Located(NamedTuple):
    """An element that trafilatura gives: the keys of its text and of the first block of that, and
    where in the page it is, or -1."""

    element: Any
    key: str
    first: str
    at: int


def _read(tree: Any, heading: Any, leaves: list[Leaf], base: str) -> Body:
    below = [leaf for leaf in leaves if leaf.element is not heading]
    found = _located(_extracted(tree, below), leaves)
    given = "\n" + "".join(one.key + "\n\n" for one in found)
    parts = _parts_of(_each_once(found, leaves, given), leaves, base)
    places = set(map(attrgetter("at"), found)) - {-1}
    if not places or len(places) * 2 < len(found):
        return Body(tuple(parts))
    parts.sort(key=lambda part: part.at)
    return Body(tuple(parts), tuple(_Frame(leaves, places, heading).shown(base)))


def _located(elements: Sequence[Any], leaves: list[Leaf]) -> list[_Located]:
    """``elements`` of trafilatura's with their keys and places."""
    keys = [key_of("".join(e.itertext())) for e in elements]
    firsts = [_first_key(e, key) for e, key in zip(elements, keys, strict=True)]
    places = _places(firsts, leaves)
    return list(map(_Located, elements, keys, firsts, places))


def _each_once(found: list[_Located], leaves: list[Leaf], given: str) -> Iterator[_Located]:
    """What was ``found`` without long texts that come again and are no refrain, and without
    sentences of the text, set large; ``given`` are all its keys."""
    said: dict[str, int] = {}
    for one in found:
        is_copy = len(one.key) > 60 and one.key in said
        if is_copy and not _is_refrain(leaves, one.at, said[one.key]):
            continue
        if not _is_pulled(one, given):
            said.setdefault(one.key, one.at)
            yield one


def _is_pulled(one: _Located, given: str) -> bool:
    """Whether a quotation is a sentence of the text."""
    return one.element.tag == "quote" and len(one.first) >= _LONG and given.count(one.first) > 1


def _parts_of(found: Iterable[_Located], leaves: list[Leaf], base: str) -> list[BodyPart]:
    """The blocks of what was ``found``, none of the long ones more often than the page has it; what
    has no place is behind what was before it."""
    counts, times = Counter(leaf.key for leaf in leaves), Counter[str]()
    parts: list[BodyPart] = []
    last = -1
    for one in found:
        last = one.at if one.at >= 0 else last
        for block in blocks_of(one.element, base):
            text = key_of(plain_block(block))
            if text and (len(text) <= 60 or times[text] < max(1, counts[text])):
                parts.append(BodyPart(block, last))
            times[text] += 1
    return parts


def _extracted(tree: Any, leaves: Sequence[Leaf] = ()) -> list[Any]:
    """The elements of trafilatura's reading of a tree.

    Its own reading is enough where that has at least half as many words as the page's paragraphs,
    and is no heap of its texts; else it is compared with those of readability and justext. Where
    only a heap is found, as on pages with a few sentences, it is the texts of the page in it.
    """
    found = _by_best_reading(tree, leaves)
    return _apart(found, leaves) if _is_heap(found, leaves) else found


def _by_best_reading(tree: Any, leaves: Sequence[Leaf]) -> list[Any]:
    prose = sum(leaf.words for leaf in leaves if _is_prose(leaf))
    if prose >= _LEAST:
        quick = _by_trafilatura(tree, fast=True)
        is_whole = _words_of(quick) * 2 >= prose and not _is_heap(quick, leaves)
        if is_whole and not any(map(_is_unclean, quick)):
            return quick
    return _by_trafilatura(tree, fast=False)


def _by_trafilatura(tree: Any, fast: bool) -> list[Any]:
    """The elements in which trafilatura puts the text of a tree; their links are as in the page.

    The format is one for which it writes no text of its own from these elements.
    """
    import trafilatura
    from trafilatura.settings import Extractor

    options = Extractor(
        output_format="xml",
        fast=fast,
        comments=False,
        formatting=True,
        links=True,
        images=False,
        tables=True,
        dedup=False,
    )
    document = trafilatura.bare_extraction(tree, options=options)
    body = getattr(document, "body", None)
    return [e for e in body if isinstance(e.tag, str)] if body is not None else []


def _words_of(elements: Sequence[Any]) -> int:
    return sum(count_words("".join(element.itertext())) for element in elements)


def _is_heap(elements: Sequence[Any], leaves: Sequence[Leaf]) -> bool:
    """Whether trafilatura has thrown all texts of a page into one paragraph."""
    last = next((leaf for leaf in reversed(leaves) if _is_prose(leaf)), None)
    whole = key_of("".join(elements[0].itertext())) if len(elements) == 1 else ""
    return last is not None and whole != last.key and last.key in whole


def _apart(heap: Sequence[Any], leaves: Sequence[Leaf]) -> list[Any]:
    """The texts of the page that are in a heap, each an element of its own."""
    whole = key_of("".join(heap[0].itertext()))
    held = (leaf for leaf in leaves if leaf.key and leaf.key in whole)
    return list(in_markup([_own_element(leaf) for leaf in held]))


def _own_element(leaf: Leaf) -> Any:
    """A copy of the element of a leaf; a paragraph for a run of text between others."""
    if leaf.element.tag in TEXTS:
        return deepcopy(leaf.element)
    paragraph = leaf.element.makeelement("p")
    paragraph.text = leaf.text
    return paragraph


def _is_unclean(element: Any) -> bool:
    """Whether trafilatura has left something of the page's frame in an element."""
    return next(element.iter(*_FRAME), None) is not None


def _places(keys: list[str], leaves: list[Leaf]) -> list[int]:
    """Where in the page the texts with these keys are, each or -1: long texts first, then the short
    ones between them."""
    whole: dict[str, list[int]] = defaultdict(list)
    start: dict[str, list[int]] = defaultdict(list)
    for number, leaf in enumerate(leaves):
        if leaf.key:
            whole[leaf.key].append(number)
            start[leaf.key[:_LONG]].append(number)
    out = list(_places_of_long(keys, whole, start))
    used = set(out)
    for number, key in enumerate(keys):
        if len(key) < _LONG:
            out[number] = _place_of_short(number, out, len(leaves), whole.get(key, []), used)
            used.add(out[number])
    return out


def _place_of_short(
    number: int, places: list[int], end: int, known: list[int], used: set[int]
) -> int:
    """The place of the short text with this ``number``, or -1: of those ``known`` that are not
    ``used``, one between the ``places`` before and behind it."""
    low = _first_known(reversed(places[:number]), -1)
    high = _first_known(places[number + 1 :], end)
    free = [at for at in known if at not in used and low < at < high]
    if not free:
        return -1
    return free[0] if low >= 0 else free[-1]


def _first_known(places: Iterable[int], default: int) -> int:
    return next((at for at in places if at >= 0), default)


def _places_of_long(
    keys: list[str], whole: dict[str, list[int]], start: dict[str, list[int]]
) -> Iterator[int]:
    """The place of each key of a long text, -1 for the others: of the free ones with that key, else
    with its beginning, the first behind the last one found."""
    used: set[int] = set()
    last = -1
    for key in keys:
        known = (whole.get(key) or start.get(key[:_LONG], [])) if len(key) >= _LONG else []
        free = [at for at in known if at not in used]
        if not free:
            yield -1
            continue
        last = next((at for at in free if at > last), free[0])
        used.add(last)
        yield last


def _first_key(element: Any, whole: str) -> str:
    """The key of the first text in an element of trafilatura's that is a block of its own, else
    ``whole``, the element's."""
    if element.tag in ("list", "quote", "table"):
        for inner in element.iter("item", "p", "cell"):
            text = " ".join("".join(inner.itertext()).split())
            if text:
                return key_of(text)
    return whole


class _Frame:
    """The part of a page that holds the text: ``found`` are the places of the leaves that
    trafilatura has given."""

    def __init__(self, leaves: list[Leaf], found: set[int], heading: Any) -> None:
        self.leaves = leaves
        prose = _paragraphs([leaves[at] for at in sorted(found)])
        self.top = _common([list(e.iterancestors()) for e in prose])
        self.trunk = {a for e in prose for a in _below(e, self.top)}
        self.first, self.last = min(found), max(found)
        self.heading = place_of(heading, leaves, -1)
        self.above = self._up_to(heading)
        self.words: dict[Any, int] = {}  # of the boxes around what is shown

    def _up_to(self, heading: Any) -> set[Any]:
        """The elements between the text and the nearest one that also holds the headline."""
        if heading is None or self.top is None:
            return set()
        around = set(heading.iterancestors())
        out = {self.top}
        for element in self.top.iterancestors() if self.top not in around else ():
            out.add(element)
            if element in around:
                return out
        return out

    def shown(self, base: str) -> Iterator[ShownText]:
        """What is shown above the text and among it."""
        for at, leaf in enumerate(self.leaves):
            if not leaf.shown or at < self.heading:
                continue
            mark = leaf.element.get(MARK) or ""
            if not self._is_among(leaf.element, mark.startswith("l"), at > self.last):
                continue
            if mark:
                yield ShownText(at, mark, before=at < self.first)
            elif link := embedded(leaf.element, base):
                yield ShownText(
                    at,
                    _mark_above(leaf.element),
                    link,
                    clean_inline(leaf.element.get("title", ""))[:200],
                )

    def _words_of(self, element: Any) -> int:
        """How many words an element holds."""
        if element not in self.words:
            self.words[element] = count_words(text_of(element))
        return self.words[element]

    def _is_among(self, element: Any, is_loose: bool, is_behind: bool) -> bool:
        """Whether something shown is among the text: in boxes of its own that hold hardly a word,
        and are no part of the frame."""
        wrappers = self._wrappers(element)
        if not wrappers or in_aside(element):
            return False
        if not self._is_bare(wrappers[-1], is_loose and is_behind):
            return False
        return not is_loose or _is_no_teaser(wrappers)

    def _is_bare(self, box: Any, is_apart: bool) -> bool:
        """Whether a box is a paragraph, or holds hardly a word; one that ``is_apart`` from the text
        must hold none, and be in a part of the page."""
        if box.tag == "p":
            return True
        words = self._words_of(box)
        if is_apart and box.getparent().tag in ("body", "html", "main"):
            return False
        return words <= (0 if is_apart else 80)

    def _wrappers(self, element: Any) -> list[Any]:
        """An element and the boxes of its own around it, the outermost last; none where it is
        apart from the text, or deep in something."""
        out = [element]
        for above in islice(element.iterancestors(), 9):
            if above in self.trunk or above in self.above:
                return out
            out.append(above)
        return []


def _is_no_teaser(wrappers: Iterable[Any]) -> bool:
    """Whether an image is in no link, or in one that has no text and is no advertisement."""
    link = next((w for w in wrappers if w.tag == "a"), None)
    return link is None or (not text_of(link) and "sponsored" not in link.get("rel", ""))


def _paragraphs(texts: list[Leaf]) -> list[Any]:
    """The elements of those of ``texts`` that are more than a line; of all where they are not
    two."""
    long = [leaf.element for leaf in texts if leaf.words >= _PROSE]
    return long if len(long) > 1 else [leaf.element for leaf in texts]


def _is_prose(leaf: Leaf) -> bool:
    """Whether a text is a whole sentence with hardly a link."""
    return (
        leaf.words >= _PROSE and leaf.text.endswith(SENTENCE) and leaf.linked * 4 < len(leaf.text)
    )


def _common(chains: list[list[Any]]) -> Any:
    """The innermost element of all ``chains`` of ancestors."""
    if not chains:
        return None
    shared = set(chains[0])
    for chain in chains[1:]:
        shared &= set(chain)
    return next((e for e in chains[0] if e in shared), None)


def _below(element: Any, top: Any) -> Iterator[Any]:
    for above in element.iterancestors():
        yield above
        if above is top:
            return


def _holding(leaves: list[Leaf], places: Iterable[int]) -> set[Any]:
    """The elements of the leaves at these places, and all that are above them."""
    elements = [leaves[at].element for at in places]
    return {e for element in elements for e in (element, *element.iterancestors())}


def _sign(element: Any) -> tuple[str, str]:
    return element.tag, " ".join(sorted(element.get("class", "").split()))


def _is_refrain(leaves: list[Leaf], at: int, other: int) -> bool:
    """Whether a text that came before is written twice.

    The others came twice, are set off as a quotation, or are in a second copy of the text for other
    screens: they are in elements of other kinds.
    """
    if at < 0 or other < 0 or abs(at - other) == 1:
        return False
    mine, theirs = leaves[at].element.getparent(), leaves[other].element.getparent()
    return mine is theirs or (
        mine is not None and theirs is not None and _sign(mine) == _sign(theirs)
    )


def rendered(leaf: Leaf, element: Any, base: str) -> list[str]:
    """``element``, which is that of a leaf or holds it, as Markdown."""
    if element is leaf.element and element.tag not in TEXTS:
        return [escape_block(clean_inline(leaf.text))]
    blocks = element_blocks(element, base)
    return ["> " + block for block in blocks] if is_within(element, "blockquote") else blocks


def _section_of(heading: Any, leaves: list[Leaf]) -> Any:
    """The innermost element that holds the headline and three paragraphs of sixty words; None where
    there is none."""
    if heading is None:
        return None
    chain = [a for a in heading.iterancestors() if a.tag not in ("body", "html")]
    inside = _prose_within(chain, heading, leaves)
    prose: list[int] = []
    for above in chain:
        prose += inside.get(above, [])
        if len(prose) >= 3 and sum(prose) >= 60:
            return above
    return None


def _prose_within(chain: list[Any], heading: Any, leaves: list[Leaf]) -> dict[Any, list[int]]:
    """The words of each paragraph, by the innermost element of a ``chain`` that holds it."""
    inside: dict[Any, list[int]] = defaultdict(list)
    for leaf in leaves:
        if leaf.words >= _PROSE and leaf.element is not heading:
            nearest = next((a for a in leaf.element.iterancestors() if a in chain), None)
            inside[nearest].append(leaf.words)
    return inside


# Films, sounds, posts and maps ------------------------------------------------------------------


def _mark_above(element: Any) -> str:
    """The mark of the `figure` that holds an embedded film."""
    return next((m for a in element.iterancestors("figure") if (m := a.get(MARK))), "")


__all__ = ["Body", "BodyPart", "ShownText", "heading_of", "read_body", "rendered"]
