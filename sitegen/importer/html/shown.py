"""What is seen of an article's headline, authors, dates and section, each with where it is: one
walk over the page.

Nothing is judged here. Whatever a short text of the page could say is a claim, with signs of its
place that the choosers weigh.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from sitegen.importer.fields.timestamps import find_stamps, first_value
from sitegen.importer.fields.vocabulary import BIO, UPDATED, folded
from sitegen.importer.html.candidates import Claims, in_aside, text_of
from sitegen.model.article import Person
from sitegen.names.byline import (
    MAX_PEOPLE,
    cut_helpers,
    has_lead,
    names_only,
    names_several,
    plausible,
    read_people,
    split_role,
)
from sitegen.names.shape import looks_like_name
from sitegen.names.words import LEADS

MAX_LINES = 400
_SHORT = 160  # letters of a line that may be a byline
_SENTENCE = 110  # letters of a line that is more than a byline
_LONG_LABEL = 60  # letters of classes that say more than what an element is
_MENUS = 100  # lines before the headline that are kept
_INTRO = 10  # texts between a byline and the first paragraph
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "option", "head", "title"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
# What is no line, and what the classes of one are called that is.
_NEVER = frozenset(("img", "link", "meta", "input", "table", "body", "main", "article"))
_WANTED = frozenset(("byline", "dated", "section", "headline"))

_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|a|es)?|auteurs?|profiles?|people|staff|attorneys?|experts?"
    r"|doctors?|bios|meet|reporters?|journalist(?:en|s|as)?|contributors?|writers?"
    r"|redakteure?|redaktion|firmas?|autore|autori|by|person(?:en)?|users?|experten?|columnists?"
    r"|team|nutrition-team|bio)/(?:name/"
    r"|id/|\d+/)?[^/?#\s]{2,80}/?(?:[?#].*)?$",
    re.I,
)
# What the words of a class or an id say that its element holds.
_KINDS = {
    "byline": (
        "byline bylines author authors autor autoren auteur auteurs autore autori firma writer"
        " writers contributor contributors signature creator redakteur journalist username expert"
        " authored authorname authorlink authorinfo postauthor entryauthor fn"
    ),
    "beside": (
        "comment comments commentlist commenter related widget teaser teasers recommend recommended"
        " recommendations avatar image img photo picture social share sharing follow footer sidebar"
        " promo more reply newsletter carousel slider"
    ),
    "about": "bio box card info profile about detail details block desc description",
    "dated": (
        "date datum dates pubdate published publish time timestamp datetime dateline posted"
        " meta fecha data postdate entrydate veroeffentlicht stand byline"
    ),
    "published": "published publish publication pubdate entry post posted created",
    "changed": "updated update modified modification lastmod aktualisiert edited",
    "headline": "headline title titulo titre titolo heading überschrift",
    "section": (
        "section category kicker channel rubric rubrik ressort eyebrow seccion sezione rubrique"
    ),
    "credit": "caption credit credits photographer copyright legend figcaption",
    "tags": "tag tags topic topics keyword keywords",
    "frame": (
        "cta ctas popup modal subnav dropdown breadcrumb breadcrumbs disclosure disclaimer"
        " newsletter subscribe signup"
    ),
}
_KINDS_OF_WORD: dict[str, frozenset[str]] = {
    word: frozenset(kind for kind, said in _KINDS.items() if word in said.split())
    for words in _KINDS.values()
    for word in words.split()
}
_WORD_OF_LABEL = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])")
_BARE = re.compile(r"((?:19|20)\d\d-[01]\d-[0-3]\d)[T ]([0-2]\d:[0-5]\d:[0-5]\d)")
_WITHIN_A_LINE = frozenset(
    "a span b strong em i u time small br abbr cite img svg picture sup wbr font".split()
)
_GREETINGS = frozenset(
    "dein deine euer eure ihr ihre your yours love liebe herzlich herzlichst viele merci thank"
    " votre ton ta tuo tua vostro tu su jouw je din er".split()
)
_INLINE = frozenset(("a", "strong", "b", "em", "span"))
_ABOUT = re.compile(rf"(?P<name>(?:[A-ZÀ-Þ][\w.'’-]+,? ){{2,3}}){BIO.pattern}")
_BY = re.compile(rf"(?:{'|'.join(LEADS)})\b", re.I)
_LABEL = re.compile(
    r"[|·•\s]*(?:by|autorin ?/ ?autor|autor ?/ ?(?:in|autorin)|authored by|gespeichert von"
    r"|geschrieben von|beitrag von|erstellt von|(?:written|posted|published|words|text|story) by"
    r"|authors?|von|text|autor(?:in|en)?|verfasst von|par|écrit par|auteurs?|por|autora?"
    r"|escrito por|di|scritto da|autore|door|auteur|av|forfatter|författare|kirjoittaja|autorzy"
    r"|szerző|yazar|yazan|автор|текст|作者|記者|기자)\s?[:：]?\s*",
    re.I,
)
_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))[\s©(c)]*(?:(?:19|20)\d\d)?[\s–—-]*(?:(?:19|20)\d\d)?,?\s*(?:by |von )?"
    r"(?P<name>[^\W\d_][^\d|•·.]{4,40})",
    re.I,
)
_YEAR = re.compile(r"(?:19|20|25|14|13)\d\d|\d\.[01]?\d\.[012]\d|\d/[1-3]\d/[012]\d")
_BARS = re.compile(r"\s*[|·•–—]\s*|\s+-\s+|,\s+")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b(?:\s*(?:Uhr|Uhr\.|[ap]\.?m\.?|h))?|\bUhr\b", re.I)
_LIBRARY = re.compile(
    r"//(?:[\w-]{1,20}\.)?(?:wikimedia|wikipedia|flickr|unsplash|pixabay|pexels)\.(?:org|com)/",
    re.I,
)


class ShownLine(NamedTuple):
    """A short text of a page.

    ``at`` is how many texts are before it, ``kinds`` what its markup says of it.
    """

    element: Any
    text: str
    at: int
    kinds: frozenset[str]


@lru_cache(20_000)
def kinds_of(label: str) -> frozenset[str]:
    """What a class or an id says that its element holds."""
    words = (word.lower() for word in _WORD_OF_LABEL.findall(label))
    return frozenset(kind for word in words for kind in _KINDS_OF_WORD.get(word, ()))


class _Walk(NamedTuple):
    """The lines of a page in their order, and where the headline and the paragraphs are."""

    lines: list[ShownLine]
    name: str
    heading: Any
    heading_at: int
    prose: list[int]
    headings: dict[Any, Any]  # the first in each box that was looked at


def from_shown(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """Add what the lines of a page say to ``claims``."""
    walk = _walk(tree, main_heading(tree))
    for line in walk.lines:
        _add_title(line, walk, claims)
        where, people = _people_of(line, walk, claims)
        dated = bool(_YEAR.search(line.text) or line.element.get("datetime"))
        called = "section" in line.kinds and 2 < len(line.text) <= 40
        signs = tuple(_signs(line, walk)) if people or dated or called else ()
        claims.say("authors", people, where, (*signs, _purity(line.text, people)))
        if dated:
            _add_dates(line, signs, claims, country, zone)
        if called and "far" not in signs:
            claims.say("sections", line.text, "a line called section", signs)


def _walk(tree: Any, heading: Any) -> _Walk:
    lines: list[ShownLine] = []
    prose: list[int] = []
    at, heading_at = 0, -1
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN:
            continue
        own = (element.text or "").strip()
        at += bool(own)
        if element is heading:
            heading_at = at
            del lines[:-_MENUS]
        if tag == "p" and _is_prose(element, own):
            prose.append(at)
        near = _is_below(at, heading_at) or _is_behind(at, prose, own)
        line = _line(element, own, at, near) if len(lines) < MAX_LINES else None
        if line is not None:
            lines.append(line)
    return _Walk(lines, page_name(tree), heading, heading_at, prose, {})


def _is_below(at: int, heading_at: int) -> bool:
    """Whether the text at a place is one of the first below the headline."""
    return heading_at >= 0 and at - heading_at <= 25


def _is_behind(at: int, prose: list[int], own: str) -> bool:
    """Whether a text is right behind a paragraph, and no longer than a name."""
    return bool(prose) and at - prose[-1] <= 3 and len(own) <= 40 and 1 <= own.count(" ") <= 3


def _line(element: Any, own: str, at: int, near: bool) -> ShownLine | None:
    """An element whose text begins with its ``own`` as a line, if it is worth a look."""
    kinds = kinds_of(label_of(element))
    if not _may_say_something(element, own, kinds, near):
        return None
    text = text_of(element)
    if element.tag != "time" and len(text) < 2:
        return None
    is_bounded = len(text) <= 300 or _is_long_byline(element, own, "byline" in kinds)
    return ShownLine(element, text, at, kinds) if is_bounded else None


def _is_of_names(element: Any, text: str) -> bool:
    """Whether ``text`` of an element, however long, is a byline: most of it are the names of
    several people."""
    in_small = filter(str.islower, text.split())
    if sum(map(len, in_small)) * 2 > len(text):
        return False  # running text
    if names_several(text):
        return True
    apart = list(filter(looks_like_name, _leaves(element)))
    return len(apart) > 1 and sum(map(len, apart)) * 3 > len(text) * 2


def label_of(element: Any) -> str:
    """The words by which a page names an element: its classes and its id."""
    get = element.get
    label = f"{get('class', '')} {get('id', '')} {get('data-testid', '')}"
    return label if 2 < len(label) < 400 else ""


def _is_prose(element: Any, own: str) -> bool:
    return len(own) >= 100 or (len(element) > 0 and len("".join(element.itertext())) >= 150)


def _may_say_something(element: Any, own: str, kinds: frozenset[str], near: bool) -> bool:
    """Whether a text is worth a look: by its markup, its first words, or its place."""
    is_byline = "byline" in kinds
    if element.tag == "time" or _is_short_heading(element):
        return True
    if element.tag in _NEVER or (element.tag == "ul" and not is_byline):
        return False
    if _is_marked(element, kinds) or _is_on_person(element, own):
        return True
    if own or is_byline:
        return _may_begin_line(element, own, is_byline, near)
    return near and _is_one_line(element)


def _may_begin_line(element: Any, own: str, is_byline: bool, near: bool) -> bool:
    """Whether the words with which an element begins are worth a look."""
    if len(own) > 120 or len(element) > 8:
        return _is_long_byline(element, own, is_byline)
    return near or _has_signs(own)


def _is_short_heading(element: Any) -> bool:
    """Whether an element is a heading that may be the headline: the first level, or hardly more
    than a text."""
    return element.tag == "h1" or (element.tag in _HEADINGS and len(element) < 6)


def _is_marked(element: Any, kinds: frozenset[str]) -> bool:
    """Whether an element is named for what is looked for, or is a link to an author's page."""
    if kinds & _WANTED and len(element) <= 12:
        return True
    if element.tag != "a":
        return False
    of_author = "author" in element.get("rel", "")
    return of_author or bool(_AUTHOR_PATH.search(element.get("href", "")))


def _is_on_person(element: Any, own: str) -> bool:
    """Whether a text says who a person is, or is the name in front of that."""
    if 5 < len(own) <= 40 and _is_before_bio(element):
        return True
    return element.tag == "p" and len(own) > 30 and bool(_ABOUT.match(own))


def _is_one_line(element: Any) -> bool:
    """Whether an element without a text of its own holds only parts of a line."""
    return 0 < len(element) <= 6 and all(c.tag in _WITHIN_A_LINE for c in element)


def _is_long_byline(element: Any, own: str, is_named: bool) -> bool:
    """Whether an element that ``is_named`` a byline, or begins as one, names several people."""
    may_be = (is_named or _BY.match(own)) and len(element) <= MAX_PEOPLE
    return bool(may_be) and _is_of_names(element, text_of(element))


def _has_signs(own: str) -> bool:
    """Whether the words of a text may be those of a byline, a date or a copyright."""
    found = _YEAR.search(own) or _LABEL.fullmatch(own) or _BY.match(own) or _COPYRIGHT.match(own)
    return bool(found)


# Where a line is -------------------------------------------------------------------------------


def _signs(line: ShownLine, walk: _Walk) -> Iterator[str]:
    """What the place of a line says of it."""
    yield _place(line, walk)
    yield from _beside_text(line.at, walk.prose)
    if in_aside(line.element):
        yield "in furniture"
    if _of_another(line, walk):
        yield "of a teaser"
    if line.element.tag in _LISTED:
        yield "in a list or heading"
    yield from (sign for kind, sign in _CALLED.items() if kind in line.kinds)


_LISTED = ("li", "a", "h1", "h2", "h3", "h4", "dt", "th", "button")
_CALLED = {"credit": "called credit", "beside": "called something else"}


def _beside_text(at: int, prose: list[int]) -> Iterator[str]:
    """Where a line is, seen from the paragraphs."""
    if not prose or at < prose[0]:
        return
    if at < prose[-1]:
        yield "within the text"
        return
    yield "behind the text"
    if at <= prose[-1] + 3:
        yield "right behind the text"


def _in_sentence(line: ShownLine) -> bool:
    """Whether a link is in running text, as one to a page about a person does who is written
    of."""
    above = next((a for a in line.element.iterancestors() if a.tag in ("p", "blockquote")), None)
    return above is not None and len(text_of(above)) > len(line.text) + 80


def _among_tags(element: Any) -> bool:
    """Whether an element is in a list of tags; the long labels of whole articles name their tags,
    too: ``hentry tag-harbour``."""
    labels = (label_of(above) for above in islice(element.iterancestors(), 3))
    return any(len(label) < _LONG_LABEL and "tags" in kinds_of(label) for label in labels)


def _purity(text: str, people: tuple[Person, ...]) -> str:
    """How much a line says beside the names."""
    more = len(text.split()) - sum(len(person.name.split()) for person in people)
    return "names only" if more <= 1 else "a few words more" if more <= 5 else "many words more"


def _place(line: ShownLine, walk: _Walk) -> str:
    """Where a line is, seen from the headline."""
    far = line.at - walk.heading_at
    if walk.heading_at < 0:
        return "no headline"
    if far < -20 or far > 30:
        return _far_place(line, walk)
    if far < 0:
        return "above the headline"
    return "at the headline" if far <= 6 else "below the headline"


def _far_place(line: ShownLine, walk: _Walk) -> str:
    """Where a line is that is far from the headline, seen from the text."""
    if walk.prose and 0 <= walk.prose[0] - line.at <= _INTRO:
        return "right before the text"
    if walk.prose and 0 <= line.at - walk.prose[-1] <= 3:
        return "far, at the text's end"
    return "far"


def _of_another(line: ShownLine, walk: _Walk) -> bool:
    """Whether a line belongs to a teaser: it is within a link, or in a box with another heading."""
    for above in islice(line.element.iterancestors(), 6):
        if above.tag in ("body", "article", "main"):
            return False
        if above.tag == "a" and len(text_of(above)) > len(line.text) + 20:
            return True
        heading = _heading_of_box(above, walk)
        if heading is not None:
            if heading is walk.heading:
                return False
            if heading.find(".//a") is not None:
                return True
    return False


def _heading_of_box(element: Any, walk: _Walk) -> Any:
    """The first heading in a box of a page with a headline, or None."""
    if walk.heading is None or element.tag not in ("li", "div", "section", "aside"):
        return None
    if element not in walk.headings:
        walk.headings[element] = next(element.iter("h1", "h2", "h3", "h4"), None)
    return walk.headings[element]


# Headlines -------------------------------------------------------------------------------------

_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|topline|top-line|dachzeile|spitzmarke|roofline|roof-line"
    r"|eyebrow|antetitulo|antetítulo|pretitulo|volanta|occhiello|surtitre|"
    r"preheadline|pre-headline|headline-?kicker|intro-?title|headline__(?:topline|kicker"
    r"|overline)|supertitle|suptitle|rubrik|label|tag)(?:$|[\s_-]|__)",
    re.I,
)


def page_name(tree: Any) -> str:
    """The text of a page's `title`, folded."""
    title = tree.find(".//title")
    return folded(text_of(title)) if title is not None else ""


def main_heading(tree: Any) -> Any:
    """The heading that has most words in common with the page's name, which may hold the site's,
    too; else the first h1, else the first h2."""
    name = page_name(tree)
    first: dict[str, Any] = {}
    named, most = None, 2
    for element in tree.iter("h1", "h2", "h3"):
        first.setdefault(element.tag, element)
        text = folded(text_of(element))
        words = text.count(" ") + 1
        if words > most and text in name:
            named, most = element, words
    return named if named is not None else first.get("h1", first.get("h2"))


def _add_title(line: ShownLine, walk: _Walk, claims: Claims) -> None:
    tag = line.element.tag
    is_main = line.element is walk.heading
    if tag not in ("h1", "h2") and not is_main and "headline" not in line.kinds:
        return
    where = tag if tag in _HEADINGS else "an element called headline"
    signs = tuple(_signs_of_heading(line, walk))
    if bare := _without_kicker(line.element, line.text):
        claims.say("titles", bare, f"{where} without kicker", signs)
    claims.say("titles", line.text, where, signs)


def _signs_of_heading(line: ShownLine, walk: _Walk) -> Iterator[str]:
    """What its place says of a line that may be the headline."""
    holds = (
        ("in furniture", in_aside(line.element)),
        ("above links", _heads_links(line.element)),
        ("the main heading", line.element is walk.heading),
        ("in the page's name", len(line.text) > 2 and folded(line.text) in walk.name),
        ("behind a paragraph", line.at > next(iter(walk.prose), line.at)),
    )
    return (sign for sign, does_hold in holds if does_hold)


def _heads_links(heading: Any) -> bool:
    """Whether what follows a heading is mostly links."""
    text = linked = 0
    for element in heading.itersiblings():
        if element.tag in ("h1", "h2", "h3") or text > 2000:
            break
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            text += _letters(element)
            linked += sum(map(_letters, element.iter("a")))
    return linked * 10 > text * 6


def _letters(element: Any) -> int:
    """How long the text of an element is, without blanks."""
    return sum(map(len, "".join(element.itertext()).split()))


def _without_kicker(heading: Any, whole: str) -> str:
    """The headline without the words above it where the page marks them: `<span class=kicker>`;
    else empty."""
    parts = heading.iterdescendants("span", "small", "div", "em", "strong", "p", "a")
    kickers = (text_of(part) for part in parts if _KICKER.search(part.get("class", "")))
    for kicker in filter(None, kickers):
        if whole.startswith(kicker) and len(kicker) < len(whole) * 0.7:
            return whole[len(kicker) :].strip(" :|–—-")
    return ""


# Authors ---------------------------------------------------------------------------------------

# Chinese and Japanese newsrooms name reporters, else the editor in charge, in brackets below the
# text.
_CJK = re.compile(
    r"(?:作者|撰文|记者|記者|取材・文|文・写真|執筆|ライター|责任编辑|責任編輯|责编|責編|编辑|編輯)\s?[：:／/]\s?"
    r"(?P<names>[\u3040-\u30ff\u4e00-\u9fff・]{2,8}(?:[、，,\s]\s?[\u3040-\u30ff\u4e00-\u9fff・]{2,8}){0,4})"
    r"(?=$|[\s)）】\]|｜　])"
)


Reading = tuple[str, tuple[Person, ...]] | None


def _people_of(line: ShownLine, walk: _Walk, claims: Claims) -> tuple[str, tuple[Person, ...]]:
    """(what kind of line it is, the people whom it names) of a line that may be a byline."""
    of_image = any(_LIBRARY.search(a.get("href", "")) for a in line.element.iter("a"))
    if of_image or "tags" in line.kinds or _among_tags(line.element):
        return "", ()
    return next((found for read in _READINGS if (found := read(line, walk, claims))), ("", ()))


def _by_link(line: ShownLine, walk: _Walk, claims: Claims) -> Reading:
    """A link to a person's page."""
    if line.element.tag != "a":
        return None
    get = line.element.get
    if "author" in get("rel", "") or "p-author" in get("class", ""):
        return "rel=author", _linked(line, claims)
    if not _AUTHOR_PATH.search(get("href", "")):
        return None
    if _in_sentence(line):
        return "", ()
    return "a link to the author's page", _linked(line, claims)


def _by_cjk(line: ShownLine, walk: _Walk, claims: Claims) -> Reading:
    cjk = None if line.text.isascii() else _CJK.search(line.text)
    names = re.split(r"[、，,\s]+", cjk["names"]) if cjk else []
    people = tuple(Person(name) for name in names if len(name) > 1)
    return ("a line with By", people) if cjk else None


def _by_description(line: ShownLine, walk: _Walk, claims: Claims) -> Reading:
    """What the person is: ``Jane Roe is a reporter``."""
    about = _ABOUT.match(line.text)
    if not about and ("byline" in line.kinds or not _is_before_bio(line.element)):
        return None
    name = about["name"].strip(" ,") if about else line.text
    return "a line about the author", (Person(name),) if looks_like_name(name) else ()


def _is_before_bio(element: Any) -> bool:
    """Whether what is behind a piece of a line says who a person is."""
    return element.tag in _INLINE and bool(BIO.match((element.tail or "").lstrip(" ,")))


def _by_lead(line: ShownLine, walk: _Walk, claims: Claims) -> Reading:
    """``By Jane Roe``, or an element that is called a byline."""
    called = "byline" in line.kinds
    if len(line.text) > _SHORT and not _is_long_byline(line.element, line.text, called):
        return "", ()
    if not called and not _BY.match(line.text):
        return None
    byline, helpers = cut_helpers(line.text)
    names = before_date(byline)
    led = _is_led(byline, names)
    if called:
        claims.helpers += [helper for helper in helpers if helper not in claims.helpers]
        return _kind_of_byline(line, led), _named(names, line.element, claims.lang)
    is_long = len(byline) > _SENTENCE and not _is_of_names(line.element, byline)
    if led and not is_long:
        return "a line with By", _named(names, line.element, claims.lang)
    return ("", ()) if led else None


def _is_led(byline: str, names: str) -> bool:
    """Whether a line begins with ``By``; ``names`` is what is before its date."""
    return has_lead(byline) or (bool(_BY.match(byline)) and has_lead(names))


def _kind_of_byline(line: ShownLine, led: bool) -> str:
    """What a line that is called a byline is; ``led`` says that it begins with ``By``."""
    if led:
        return "a line with By"
    return "a box about the author" if "about" in line.kinds else "an element called byline"


def _by_label(line: ShownLine, walk: _Walk, claims: Claims) -> Reading:
    """The names right behind an element that is nothing but a label: ``<b>Author:</b> Jane
    Roe``."""
    if len(line.element) or not _LABEL.fullmatch(line.text):
        return None
    text = _right_behind(line.element)
    return "a line behind a label", read_people(text, claims.lang) if 2 < len(text) <= 80 else ()


def _right_behind(element: Any) -> str:
    """The text behind an element, else that of the next one."""
    text = " ".join((element.tail or "").split())
    following = element.getnext()
    return text if len(text) > 2 or following is None else text_of(following)


def _by_copyright(line: ShownLine, walk: _Walk, claims: Claims) -> Reading:
    match = _COPYRIGHT.match(line.text)
    owner = match["name"].strip(" .|-–•") if match else ""
    people = (Person(owner),) if looks_like_name(owner) else ()
    return ("a copyright line", people) if match else None


def _by_stamp(line: ShownLine, walk: _Walk, claims: Claims) -> Reading:
    dated = len(line.text) <= 90 and _YEAR.search(line.text)
    name = _beside_stamp(line.text) if dated else ""
    return ("a line with the date", _named(name, line.element, claims.lang)) if name else None


def _by_names(line: ShownLine, walk: _Walk, claims: Claims) -> Reading:
    """Nothing but names, below the headline or the text."""
    if len(line.text) > 60 or not _may_be_names(line, walk):
        return None
    is_greeting = line.text.split(" ", 1)[0].casefold() in _GREETINGS
    if is_greeting or not names_only(line.text):
        return None
    return "a line of names", read_people(line.text, claims.lang)


def _may_be_names(line: ShownLine, walk: _Walk) -> bool:
    """Whether a line is at the headline, or right behind the text."""
    return _is_right_behind(line, walk) or _place(line, walk) == "at the headline"


def _is_right_behind(line: ShownLine, walk: _Walk) -> bool:
    return bool(walk.prose) and 0 <= line.at - walk.prose[-1] <= 8


_READINGS = (
    _by_link,
    _by_cjk,
    _by_description,
    _by_label,
    _by_lead,
    _by_copyright,
    _by_stamp,
    _by_names,
)


def _named(text: str, element: Any, lang: str) -> tuple[Person, ...]:
    """The people of a byline: by its words, else each in an element of its own."""
    people = tuple(p for p in _read_people(text, lang) if _may_sign(p.name))
    apart = [t for t in _leaves(element) if looks_like_name(t) and t in text]
    if len(apart) > 1 and (not people or people[0].name == " ".join(apart)):
        return tuple(Person(t) for t in apart)
    return people


# Elements within each other often have the same text.
_read_people = lru_cache(500)(read_people)


def _may_sign(name: str) -> bool:
    return plausible(name) and len(name.split()) <= 6 and not _LABEL.fullmatch(name)


def _linked(line: ShownLine, claims: Claims) -> tuple[Person, ...]:
    """The person whose page a link leads to, or the name that a user has there."""
    if len(line.text) > 80:
        return ()
    named = read_people(_name_in_link(line), claims.lang)
    people = tuple(person for person in named if _may_sign(person.name))
    href = line.element.get("href", "")
    link = href if href.startswith("http") and len(people) == 1 else ""
    return tuple(Person(p.name, p.role, link, p.org) for p in people)


def _name_in_link(line: ShownLine) -> str:
    """The text of a link; its first part where that is a name, and the person's work is behind."""
    if looks_like_name(line.text):
        return line.text
    first = next(iter(_leaves(line.element)), "")
    return first if looks_like_name(first) and line.text.startswith(first) else line.text


def _leaves(element: Any) -> list[str]:
    """The texts of the elements within ``element`` that hold no others."""
    parts = element.iter("span", "a", "strong", "b", "em", "li", "p")
    texts = (" ".join((part.text or "").split()) for part in parts if not len(part))
    return list(filter(None, texts))


def before_date(text: str) -> str:
    """The part of a line before its first date, or behind one that is in front."""
    for stamp in find_stamps(text)[:1]:
        if stamp.start > 3:
            return text[: stamp.start]
        return text[stamp.end :].strip(" |·•–—,-")
    return text


def _beside_stamp(text: str) -> str:
    """The name in a line of a date, a name and its role: ``04.02.2022 | 13:10 Uhr | Jane Roe``."""
    stamp = next(iter(find_stamps(text)), None)
    if stamp is None:
        return ""
    rest = _CLOCK.sub(" ", f"{text[: stamp.start].rstrip(' ,')} | {text[stamp.end :]}")
    parts = list(filter(None, (part.strip(" -,:") for part in _BARS.split(rest))))
    name = next((part for part in parts if looks_like_name(part) or has_lead(part)), "")
    are_roles = (split_role(part)[0] for part in parts if part != name)
    return "" if any(are_roles) else name


# Dates -----------------------------------------------------------------------------------------


def _add_dates(
    line: ShownLine, signs: tuple[str, ...], claims: Claims, country: str, zone: str
) -> None:
    if line.element.tag == "time" and line.element.get("datetime"):
        _add_machine_date(line.element, signs, claims, country, zone)
        return
    where = (
        "a line called date" if "dated" in line.kinds or line.element.tag == "time" else "a line"
    )
    before = _words_before(line.element) + " "
    stamps = find_stamps(line.text, claims.lang[:2], country, zone)
    for number, stamp in enumerate(stamps[:4]):
        if not stamp.value:
            continue
        rest = len(line.text) - (stamp.end - stamp.start)
        length = "alone" if rest <= 3 else "short" if rest <= 45 else "in a sentence"
        said = _called(label_of(line.element), before + line.text[: stamp.start])
        later = ("not the first of its line",) if number else ()
        claims.say("dates", stamp.value, where, (*signs, *said, length, *later))


def _add_machine_date(
    element: Any, signs: tuple[str, ...], claims: Claims, country: str, zone: str
) -> None:
    """Add the date that a `time` has for machines, and its time of day where that has no zone."""
    written = element.get("datetime").strip()
    if (clock := _BARE.fullmatch(written)) and len(claims.clocks) < 20:
        claims.clocks.append(datetime.fromisoformat(f"{clock[1]}T{clock[2]}"))
    value = first_value(written, claims.lang[:2], country, zone)
    if not value:
        return
    said: tuple[str, ...] = ("called publication",)
    if element.get("pubdate") is None:
        label = f"{label_of(element)} {element.get('itemprop', '')}"
        said = _called(label, _words_before(element))
    claims.say("dates", value, "time element", (*signs, *said))


_POSTED = re.compile(
    r"\b(?:veröffentlicht|erschienen|publiziert|gepostet|published|posted|publié|publiée"
    r"|publicado|publicada|pubblicato|pubblicata"
    r"|gepubliceerd|publicerad|publisert|opublikowano|опубликовано)\b|公開日|掲載日|发布",
    re.I,
)


def _called(label: str, before: str) -> tuple[str, ...]:
    """Whether a date is called that of a change or of the publication, by its markup or the words
    before it."""
    kinds = kinds_of(label) & {"changed", "published"}
    if kinds == {"changed"} or UPDATED.search(before):
        return ("called change",)
    if "published" in kinds or _POSTED.search(before[-40:]):
        return ("called publication",)
    return ()


def _words_before(element: Any) -> str:
    """The few words right before an element, such as the label of its date."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        text = before.tail or text_of(before)
    else:
        text = parent.text if parent is not None else ""
    words = " ".join((text or "").split())
    return words if len(words) <= 40 else ""
