"""One article's bytes to a `Document` and its HTML.

Pure: runs in worker processes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from html import escape
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import msgspec

from sitegen.base.dates import read_date
from sitegen.base.diagnostics import (
    Diagnostic,
    Level,
    SitegenError,
    nearest_hint,
    problem,
)
from sitegen.base.genres import genre_of
from sitegen.base.languages import language_tag, tag_hint
from sitegen.base.markup import Attributes, edit_tags, start_tag
from sitegen.base.secrets import HIDDEN, values_without_secrets
from sitegen.base.similarity import sketch
from sitegen.base.tags import MAX_ATTRIBUTES
from sitegen.base.text import (
    clean_text,
    count_words,
    digest,
    excerpt,
    plain,
    safe_link,
    safe_path,
    slugify,
    unreachable,
    words_of,
)
from sitegen.base.urls import is_elsewhere, originals, path_on_site, site_of
from sitegen.base.yaml import CUT, CUT_HELP, MARKED, MARKED_HELP
from sitegen.config.languages import split_path
from sitegen.config.schema import TOPIC, Config, SourceConfig
from sitegen.config.topics import topics_of
from sitegen.content.authors import each_once, people_in
from sitegen.content.comments import read_comment
from sitegen.content.discover import PAGES
from sitegen.content.embedded_files import CHARTS
from sitegen.content.frontmatter import (
    KEYS,
    FrontMatter,
    decode,
    folded_key,
    read_front_matter,
)
from sitegen.content.markdown import to_html
from sitegen.content.removals import Kind, Removal
from sitegen.content.shortcodes import may_call
from sitegen.content.wiki_links import WIKI
from sitegen.model.article import (
    Correction,
    Document,
    DocumentKind,
    Image,
    Parsed,
    Person,
    Rights,
    Source,
    Status,
)
from sitegen.model.rights import read_terms

SUMMARY_WORDS = 40
OPENING = 3000  # letters of HTML in which as many words are found, as a rule
NO_DATE = "1970-01-01"  # of a draft that has none yet: it sorts last and is never published so
_IN_LISTS = ("genre", "section", "tags", "story", "edition", "lead", "dateline", "corrections")
_DATED_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
MOST = {"tags": 200, "authors": 500, "credits": 500}  # entries of one article
_EVERYWHERE = ("tags", "authors", "sources")  # taxonomies that every site has
EXPIRY = ("remove", "excerpt", "noindex")
KINDS = ("article", "page")
STATUS = ("draft", "published", "withheld", "withdrawn")
_HEADING = re.compile(r"<h([1-6])\b[^>]*>.*?</h\1>", re.S)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[。！？؟۔।]\s*")
LEADS_TO = ("source", "own")  # values of `permalink` that are no URL
FEW_WORDS = 4  # which two texts may share
_LIST_COMMA = re.compile(r"\s*[,;]\s*")


def _token(what: str) -> str:
    """By what the line of a removal is found."""
    return re.sub(r"[\s=:>].*", "", what.lstrip("<"))


class _Report(NamedTuple):
    """How a removal is reported: its message and what to do, and the text by which its line is
    found."""

    code: str
    message: str
    help: str
    token: Callable[[str], str] = str


_REMOVALS: dict[Kind, _Report] = {
    "unsafe": _Report(
        code="unsafe-html",
        message="`{}` is not allowed in an article and was left out of the page",
        help=(
            "remove it, or set `markdown: {{trust: true}}` if every author of this site is trusted"
        ),
        token=_token,
    ),
    "attributes": _Report(
        code="html",
        message=f"the tag `{{}}` has more than {MAX_ATTRIBUTES} attributes, and lost them all",
        help="remove what the page does not need",
    ),
    "costly": _Report(
        code="markdown",
        message=(
            "the body would take python-markdown too long{}: it is shown as commonmark renders it,"
            " without extensions"
        ),
        help="close its brackets, or split it, or nest it less",
        token=lambda what: what.removeprefix(", mostly for `").removesuffix("`"),
    ),
    "deep": _Report(
        code="markdown",
        message="the body is nested deeper than {} levels, and is shown as it is written",
        help="close the tags that are open, and remove signs of lists and quotes in each other",
        token=lambda what: "",
    ),
    "unreadable": _Report(
        code="markdown",
        message=(
            "python-markdown fails at the body{}: it is shown as commonmark renders it, without"
            " extensions"
        ),
        help="look for footnotes and lists inside each other, and for faults of its extensions",
        token=lambda what: "",
    ),
    "tag": _Report(
        code="html",
        message="the tag `{}` is not allowed in an article and was left out; the words in it stay",
        help="remove it, or write it in Markdown",
        token=lambda what: what.rstrip(">"),
    ),
    "whole": _Report(
        code="html",
        message="`{}` is not allowed in an article and was left out with what is in it",
        help="write what is in it in Markdown",
        token=lambda what: what.rstrip(">"),
    ),
    "cells": _Report(
        code="markdown",
        message="a row of a table is longer than its head: `{}` is not shown",
        help="give the head as many columns, or write `\\|` for a sign within a cell",
        token=lambda what: what.partition(" | ")[0],
    ),
    "definition": _Report(
        code="link",
        message="`[{}]:` begins the URL of a link that nothing refers to: the line is not shown",
        help="write `\\[{}]:` if it is a part of the text, or remove the line",
        token="[{}]:".format,
    ),
    "blanks": _Report(
        code="link",
        message="the image `{}` is shown as it is written, as its name holds blanks",
        help="write `<{}>`, with these brackets, between the parentheses",
        token="({})".format,
    ),
    "words": _Report(
        code="html",
        message="`{}` is not a tag of HTML, and is shown as it is written",
        help="write `\\{}` if it is a part of the text, or remove it",
    ),
    "address": _Report(
        code="address",
        message="`{}` is not a URL that a page can link to, and was left out",
        help="correct it, or remove it: pages link to paths, http, https, mailto and tel",
    ),
    "remote": _Report(
        code="third-party",
        message=(
            "`{}` is an image of another host: it is shown as a link, as every reader's browser"
            " would ask that host"
        ),
        help="save the file next to the article, and write its name instead",
    ),
    "secret": _Report(
        code="secret",
        message="`{}` holds a key or password, which was left out",
        help="write it without: what you write into an article is published",
        token=lambda what: what.partition(HIDDEN)[0],
    ),
    "unused-note": _Report(
        code="footnote",
        message="nothing refers to the footnote `{}`: it is not shown",
        help="write `[^{}]` where it belongs, or remove it",
        token="[^{}]:".format,
    ),
    "repeated-note": _Report(
        code="footnote",
        message="the footnote `{}` is written more than once: the first one is shown",
        help="give one of them another name",
        token="[^{}]:".format,
    ),
    "embed": _Report(
        code="link",
        message="`![[{}]]` is shown as it is written",
        help="write `![what it shows](path)`, with the path of the file from this article's folder",
        token="![[{}".format,
    ),
    "undefined-note": _Report(
        code="footnote",
        message="the footnote `{}` does not exist: the reference is shown as it is written",
        help="write it in a paragraph of its own that starts with `[^{}]:`",
        token="[^{}]".format,
    ),
    "shortcode": _Report(
        code="shortcode",
        message="this article may not call the macro `{}`: the call is shown as text",
        help="name the article in `shortcodes` of `markdown` if you trust its author",
        token=lambda what: "{{<",
    ),
    "formula": _Report(
        code="formula",
        message="the formula `{}` cannot be read: it is shown as it is written",
        help="look for braces that are not closed and for commands that LaTeX does not have",
        token=lambda what: what,
    ),
    "chart": _Report(
        code="data",
        message="`{}` names a kind of chart that does not exist: it is shown as a link",
        help=f"write #{', #'.join(CHARTS)} behind the file",
        token=lambda what: what,
    ),
    "repeated-id": _Report(
        code="html",
        message="the id `{}` is used more than once: links lead to the first place",
        help="give one of them another id",
        token=lambda what: what,
    ),
}


def parse(data: bytes, path: str, config: Config) -> Parsed:
    """Read one article.

    Never raises for bad input: what is wrong comes back as diagnostics.
    """
    try:
        own = own_keys(config)
        matter = read_front_matter(decode(data, path), path, own)
    except SitegenError as error:
        return Parsed(path, None, "", tuple(error.diagnostics))
    reader = _Reader(matter, config.zone, tuple(own.values()))
    name = path.removeprefix(f"{config.content}/")
    trusted = may_call(name, config.markdown.shortcodes)
    made = to_html(matter.body, config.markdown, config.base_url, trusted)
    for removal in made.removals:
        reader.note_removal(removal)
    html, assets, links = _rooted(made.html, path, config)
    document = with_traits(_document(reader, config, html, assets, links), html, config)
    if lead := reader.remote_lead:
        html = f"{html}\n{lead}"
        document = msgspec.structs.replace(document, body_digest=digest(html.encode()))
    failed = any(d.level == "error" for d in reader.problems)
    return Parsed(
        path, None if failed else document, "" if failed else html, tuple(reader.problems)
    )


def _written_person(key: str, item: Any) -> Person | None:
    """A person that is written as one text: a name, in `credits` also with a role before it."""
    name = clean_text(item) if item is not None else ""
    role, _, rest = name.partition(":")
    if key == "credits" and rest.strip() and len(role) < 20:
        return Person(rest.strip(), role.strip().lower())
    return Person(name) if name else None


class _Reader:
    """Takes typed values out of front matter and collects what is wrong with them."""

    def __init__(self, matter: FrontMatter, zone: ZoneInfo, own: tuple[str, ...] = ()) -> None:
        self.matter, self.zone, self.own = matter, zone, own
        self.problems: list[Diagnostic] = []
        self.values = {key: self._published(key, value) for key, value in matter.values.items()}
        self.remote_lead = ""  # a link to the lead image, if it is one of another host
        for key, line in matter.unknown:
            hint = nearest_hint(key.lower(), (*KEYS, *own), "put keys of your own below `extra:`")
            self.say(f"unknown field `{key}`", line, hint, level="warning")
        for key, line in matter.cut:
            self.say(CUT.format(key), line, CUT_HELP, level="warning")
        for key, mark, line in matter.marked:
            self.say(MARKED.format(key, mark), line, MARKED_HELP, level="warning")

    def say(
        self,
        message: str,
        line: int,
        hint: str = "",
        code: str = "front-matter",
        level: Any = "error",
    ) -> None:
        snippet = self.matter.row(line) if line > 1 else ""
        self.problems.append(
            problem(code, message, self.matter.path, line, 1 if line else 0, hint, snippet, level)
        )

    def line(self, key: str) -> int:
        return self.matter.lines.get(key, 1)

    def _published(self, key: str, value: Any) -> Any:
        """``value`` without the keys and passwords of its URLs. An `id` stays, as it is never a
        link, and has to differ from others."""
        clean = value if key == "id" else values_without_secrets(value)
        if clean != value:
            hint = "write it without: what you write into an article is published"
            message = f"`{key}` holds a key or password, which was left out"
            self.say(message, self.line(key), hint, code="secret", level="warning")
        return clean

    def get(self, key: str) -> Any:
        return self.values.get(key)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, (dict, list)):
            if value:
                self.say(f"`{key}` must be text", self.line(key))
            return ""
        return clean_text(value)

    def link(self, key: str, value: Any) -> str:
        url = clean_text(value) if value else ""
        if url and not safe_link(url):
            self.say(
                f"`{key}` holds an unsafe URL: `{url[:60]}`",
                self.line(key),
                "use http(s) or a path",
                "unsafe-url",
            )
            return ""
        return url

    def date(self, key: str) -> tuple[str, float]:
        value = self.get(key)
        if value in (None, ""):
            return "", 0.0
        try:
            return read_date(str(value), self.zone)
        except (ValueError, OverflowError) as error:
            hint = "write it as 2026-11-24 or 2026-11-24T18:30:00+01:00"
            self.say(
                f"`{self.matter.spelt.get(key, key)}`: impossible date `{str(value)[:40]}`"
                f" ({error})",
                self.line(key),
                hint,
            )
            return "", 0.0

    def names(self, key: str) -> tuple[str, ...]:
        value = self.get(key)
        if isinstance(value, dict):
            self.say(f"`{key}` must be a list", self.line(key), f"write `{key}: [one, two]`")
            return ()
        items = (
            _LIST_COMMA.split(value)
            if isinstance(value, str)
            else value
            if isinstance(value, list)
            else [value]
        )
        if any(isinstance(item, (dict, list)) for item in items):
            hint = f"write `{key}: [one, two]`"
            self.say(f"`{key}` must be a list of texts", self.line(key), hint, level="warning")
        return self.most(
            key, tuple(dict.fromkeys(t for i in items if i is not None and (t := clean_text(i))))
        )

    def people(self, key: str) -> tuple[Person, ...]:
        value = self.get(key)
        items = value if isinstance(value, list) else [value] if value else []
        lang = self.text("lang")
        return self.most(key, tuple(p for item in items for p in self._named(key, item, lang)))

    def most(self, key: str, found: tuple[Any, ...]) -> tuple[Any, ...]:
        """As many of ``found`` as one article may have: each has a page and a feed that name all
        the others."""
        most = MOST["tags"] if key in self.own else MOST.get(key, len(found))
        if len(found) <= most:
            return found
        message = f"`{key}` has {len(found)} entries: the first {most} are published"
        self.say(message, self.line(key), "keep those that matter", level="warning")
        return found[:most]

    def _named(self, key: str, item: Any, lang: str) -> tuple[Person, ...]:
        """The people of one entry; authors in one line are separated."""
        if key == "authors" and isinstance(item, str):
            return people_in(clean_text(item), lang)
        person = self._person(key, item)
        return (person,) if person else ()

    def _person(self, key: str, item: Any) -> Person | None:
        """One entry of `authors` or `credits`."""
        if not isinstance(item, dict):
            return _written_person(key, item)
        keys = ("name", "role", "url", "org")
        self._say_unknown(key, item, keys, "use name, role, url and org")
        org = clean_text(item.get("org") or "")
        name = clean_text(item.get("name") or item.get("org") or "")
        if not name:
            self.say(f"an entry of `{key}` has no `name`", self.line(key), "add `name: …`")
            return None
        role = clean_text(item.get("role") or "")
        url = self.link(key, item.get("url"))
        return Person(name, role, url, "" if org == name else org)

    def _say_unknown(
        self, key: str, names: Iterable[Any], known: tuple[str, ...], hint: str = ""
    ) -> None:
        """Warn of names in the mapping at ``key`` that are not ``known``."""
        for name in names:
            if name not in known:
                advice = hint or nearest_hint(str(name), known, "use " + ", ".join(known))
                message = f"unknown key `{name}` in `{key}`"
                self.say(message, self.line(key), advice, level="warning")

    def mapping(self, key: str, shorthand: str, known: tuple[str, ...]) -> dict[str, Any]:
        """A value that is a mapping, or a plain text for its field ``shorthand``."""
        value = _first(self.get(key))
        if value in (None, ""):
            return {}
        if not isinstance(value, dict):
            return {shorthand: value}
        self._say_unknown(key, value, known)
        return {name: value[name] for name in value if name in known and value[name] is not None}

    def note_removal(self, removal: Removal) -> None:
        """Report what of the body is not in the page, at its first line."""
        report = _REMOVALS[removal.kind]
        what = removal.what if len(removal.what) <= 80 else removal.what[:79] + "…"
        times = f" ({removal.times} times)" if removal.times > 1 else ""
        line = self.row_of(report.token(removal.what))
        self.say(
            report.message.format(what) + times,
            line,
            report.help.format(what),
            report.code,
            "warning",
        )

    def row_of(self, text: str) -> int:
        """The first line of the body that holds ``text``, else its first line."""
        rows = enumerate(self.matter.body.split("\n"), self.matter.body_line)
        return next(
            (number for number, row in rows if text.lower() in row.lower()), self.matter.body_line
        )


def _document(
    r: _Reader, config: Config, html: str, assets: tuple[str, ...], links: tuple[str, ...]
) -> Document:
    title = r.text("title")
    if not title:
        r.say("`title` is missing", 1, "add a line `title: …`")
    gone = _flag(r, "gone") is True
    status: Status = "withdrawn" if gone else _status(r)
    kind = _kind(r, config)
    times = _times(r, kind, status)
    authors = each_once(r.people("authors"))
    source, canonical, outlet = _origin(r, config)
    if kind == "article" and status != "draft":
        _check_signed(r, authors, source)
    dek, image = r.text("dek"), _image(r, config)
    on_expiry = _choice(r, "on_expiry", EXPIRY)
    shortened = bool(times.expires_at) and (on_expiry or config.on_expiry) == "excerpt"
    rights = _rights(r, source, outlet, shortened)
    summary, summarised = _summary(r, dek, html, rights)
    corrections = _corrections(r)
    document = Document(
        path=r.matter.path,
        title=title,
        slug=_slug(r, title),
        section=_section(r, config),
        date=times.date,
        stamp=times.stamp,
        id=r.text("id"),
        dek=dek,
        genre=next(map(genre_of, r.names("genre")), ""),
        authors=authors,
        credits=r.people("credits"),
        updated=_last_change(times, corrections, r.zone),
        first_seen=r.date("first_seen")[0],
        publish_at=times.publish_at,
        publish_stamp=times.publish_stamp,
        expires_at=times.expires_at,
        expires_stamp=times.expires_stamp,
        on_expiry=on_expiry,
        status=status,
        kind=kind,
        gone=gone,
        tags=r.names("tags"),
        terms=_own_terms(r),
        summary=summary,
        summarised=summarised,
        dateline=r.text("dateline"),
        image=image,
        source=source,
        canonical=canonical,
        rights=rights,
        corrections=corrections,
        comment=read_comment(r.get("comment"), lambda m, h: r.say(m, r.line("comment"), h)),
        permalink=_permalink(r, source.url or canonical),
        story=r.text("story"),
        edition=_editions(r),
        lead=_flag(r, "lead", "warning") is True,
        weight=_weight(r),
        url=_own_url(r),
        aliases=_aliases(r),
        lang=_lang(r, config),
        translation_of=r.text("translation_of"),
        template=_template(r),
        toc=_flag(r, "toc"),
        extra=_extra(r),
        words=words_of(html) if "<" in r.matter.body else count_words(r.matter.body),
        body_digest=digest(html.encode()),
        assets=(*assets, image.src) if image else assets,
        links=links,
    )
    return _as_page(document, r) if kind == "page" else document


class _Times(NamedTuple):
    """The dates of an article as they are written, each with its seconds since 1970."""

    updated: str
    updated_stamp: float
    publish_at: str
    publish_stamp: float
    expires_at: str
    expires_stamp: float
    date: str
    stamp: float


def _times(r: _Reader, kind: DocumentKind, status: Status) -> _Times:
    own = (*r.date("updated"), *r.date("publish_at"), *r.date("expires_at"))
    return _Times(*own, *_date(r, kind, status))


def _origin(r: _Reader, config: Config) -> tuple[Source, str, SourceConfig | None]:
    """The source of an article, its canonical URL, and what site.yaml says of the source: also its
    name, where the article has only its URL."""
    source, canonical = _source(r), r.link("canonical", r.text("canonical"))
    outlet = outlet_of(source, canonical, config)
    if outlet and not source.name and source.url:
        source = msgspec.structs.replace(source, name=outlet.name)
    return source, canonical, outlet


def _check_signed(r: _Reader, authors: tuple[Person, ...], source: Source) -> None:
    """Report an article that does not say who wrote it."""
    if not (authors or source.name or source.url):
        hint = "say who wrote it: `authors: [Jane Roe]`"
        r.say("neither `authors` nor `source` is given", 1, hint)


def _own_terms(r: _Reader) -> dict[str, tuple[str, ...]]:
    """The terms of an article in the taxonomies that only this site has."""
    found = {key: r.names(key) for key in r.own}
    return {key: names for key, names in found.items() if names}


def _own_url(r: _Reader) -> str:
    """The path that an article asks for; empty where it does not."""
    written = r.text("url")
    return "" if written in LEADS_TO else _address(r, "url", written)


def _aliases(r: _Reader) -> tuple[str, ...]:
    """The paths that an article had before."""
    paths = [_address(r, "aliases", name) for name in r.names("aliases")]
    return tuple(filter(None, paths))


def _extra(r: _Reader) -> dict[str, Any]:
    """The keys of the site's own."""
    extra = r.get("extra") or {}
    return extra if isinstance(extra, dict) else {"value": extra}


def _editions(r: _Reader) -> tuple[str, ...]:
    """The editions that an article names: one, or a list of one for each series."""
    if isinstance(r.get("edition"), list):
        return r.names("edition")
    name = r.text("edition")
    return (name,) if name else ()


def _date(r: _Reader, kind: DocumentKind, status: Status) -> tuple[str, float]:
    """The date of an article: its own, else when it is published, else that of its file's name.

    A page has its own or none.
    """
    date, stamp = r.date("date")
    if date or r.get("date") or kind == "page":
        return date, stamp
    published, published_stamp = r.date("publish_at")
    if published:
        return published, published_stamp
    if dated := _DATED_NAME.match(_stem(r.matter.path)):
        return _named_date(dated[0], r)
    if status == "draft":
        return NO_DATE, stamp
    r.say("`date` is missing", 1, "add a line `date: 2026-11-24`")
    return "", stamp


def _kind(r: _Reader, config: Config) -> DocumentKind:
    """What the file says it is, else a page in the folder of pages, unless that is a section."""
    written: DocumentKind | Literal[""] = _choice(r, "kind", KINDS)
    if written:
        return written
    in_folder = split_path(r.matter.path, config)[1].startswith(f"{PAGES}/")
    return "page" if in_folder and PAGES not in config.sections else "article"


def _as_page(document: Document, r: _Reader) -> Document:
    """``document`` without what puts an article into lists; what it says of them is reported."""
    for key in _IN_LISTS:
        if r.get(key):
            message = f"`{key}` has no effect: this is a page, and is in no list"
            hint = "remove it, or write `kind: article`"
            r.say(message, r.line(key), hint, level="note")
    return msgspec.structs.replace(
        document,
        genre="",
        section="",
        tags=(),
        story="",
        edition=(),
        lead=False,
        dateline="",
        corrections=(),
    )


def own_keys(config: Config) -> dict[str, str]:
    """The taxonomies that only this site has, by the form in which keys are compared."""
    return {folded_key(key): key for key in config.taxonomies if key not in _EVERYWHERE}


def with_traits(document: Document, html: str, config: Config) -> Document:
    """``document`` with the topics that rules give it, and with what shows that others are on the
    same event, where stories are looked for."""
    if config.topics:
        document = _with_topics(document, html, config)
    if config.stories.kind != "auto":
        return document
    found = originals(document.canonical, document.source.url)
    return msgspec.structs.replace(
        document, originals=found, signature=sketch(document.title, html)
    )


def _with_topics(document: Document, html: str, config: Config) -> Document:
    d = document
    reasons = topics_of(
        config.topics,
        {
            "title": d.title,
            "dek": d.dek,
            "summary": d.summary,
            "text": plain(html),
            "author": [person.name for person in d.authors],
            "source": d.source.name,
            "section": d.section,
            "place": d.dateline,
            "lang": d.lang or config.language,
            "tags": d.tags,
            "words": d.words,
        },
    )
    terms = {kind: names for kind, names in d.terms.items() if kind != TOPIC}
    if reasons:
        terms[TOPIC] = tuple(reasons)
    return msgspec.structs.replace(d, terms=terms, reasons=reasons)


def _opening(html: str) -> str:
    """The first words of an article, without headings; of a long one, its first paragraphs are
    enough to find them."""
    head = html[: html.rfind("</p>", 0, OPENING)] if len(html) > OPENING else ""
    text = plain(_HEADING.sub(" ", head))
    return excerpt(
        (
            text
            if count_words(text) > SUMMARY_WORDS
            else plain(_HEADING.sub(" ", html)) or plain(html)
        ),
        SUMMARY_WORDS,
    )


def _slug(r: _Reader, title: str) -> str:
    written = r.text("slug")
    if written:
        if safe_path(written) is None or "/" in written.strip("/"):
            r.say(
                f"`slug` leaves its place: `{written[:60]}`",
                r.line("slug"),
                f"use `{slugify(written)}`",
                "unsafe-path",
            )
        return slugify(written)
    return slugify(_DATED_NAME.sub("", _stem(r.matter.path)) or title)


def _stem(path: str) -> str:
    """The name of an article's file without its suffix, or of its folder where it is called
    index."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return path.split("/")[-2] if stem == "index" else stem


def _named_date(prefix: str, r: _Reader) -> tuple[str, float]:
    """The date that the file's name starts with, as Jekyll and others have it; a draft may lack
    one."""
    try:
        return read_date(prefix.rstrip("-"), r.zone)
    except ValueError:
        r.say(
            f"the file's name has an impossible date: `{prefix.rstrip('-')}`",
            1,
            "rename it, or add a line `date: 2026-11-24`",
        )
        return "", 0.0


def _section(r: _Reader, config: Config) -> str:
    names = r.names("section")
    if names:
        return slugify(names[0])
    parts = split_path(r.matter.path, config)[1].split("/")
    return slugify(parts[0]) if len(parts) > 1 else "news"


def _choice(r: _Reader, key: str, choices: tuple[str, ...]) -> Any:
    """A word that is one of ``choices``, or nothing."""
    word = r.text(key).lower()
    if word and word not in choices:
        r.say(f"`{key}` is `{word}`", r.line(key), "use " + ", ".join(choices))
        return ""
    return word


def _status(r: _Reader) -> Any:
    status = r.text("status").lower() or "published"
    if status not in STATUS:
        r.say(f"`status` is `{status}`", r.line("status"), "use " + ", ".join(STATUS))
        return "draft"
    return status


def _source(r: _Reader) -> Source:
    entry = r.mapping("source", "name", ("name", "url", "license"))
    if "name" in entry and str(entry["name"]).startswith(("http://", "https://")):
        entry = {"url": entry["name"]}
    name, license = clean_text(entry.get("name") or ""), clean_text(entry.get("license") or "")
    return Source(name, r.link("source", entry.get("url")), license)


def _image(r: _Reader, config: Config) -> Image | None:
    known = ("src", "alt", "caption", "creator", "credit", "copyright", "license")
    entry = r.mapping("image", "src", known)
    src = r.link("image", entry.get("src"))
    if not src:
        return None
    src = _site_path(src, r.matter.path, config)
    texts = {key: clean_text(entry.get(key) or "") for key in known[1:]}
    if is_elsewhere(src, config.base_url) and not config.markdown.trust:
        r.say(
            _REMOVALS["remote"].message.format(src[:80]),
            r.line("image"),
            _REMOVALS["remote"].help,
            "third-party",
            "warning",
        )
        r.remote_lead = _linked(src, texts)
        return None
    return msgspec.structs.replace(Image(src), **texts)


def _linked(src: str, texts: dict[str, str]) -> str:
    """A lead image of another host, as a paragraph with a link to it."""
    words = escape(texts["caption"] or texts["alt"] or src.rpartition("/")[2] or src, quote=False)
    credit = escape(texts["credit"] or texts["creator"], quote=False)
    return f"<p>{start_tag('a', {'href': src})}{words}</a>{f' ({credit})' if credit else ''}</p>"


def outlet_of(source: Source, canonical: str, config: Config) -> SourceConfig | None:
    """What site.yaml says of the source of an article, by its name, else by the host of its
    URL."""
    outlets = config.sources.values()
    if not outlets:
        return None
    return _outlet_called(source.name, outlets) or _outlet_at((source.url, canonical), outlets)


def _outlet_called(name: str, outlets: Collection[SourceConfig]) -> SourceConfig | None:
    """The outlet of this name, however it is spelled."""
    folded = _folded(name)
    if not folded:
        return None
    return next((one for one in outlets if _folded(one.name) == folded), None)


def _outlet_at(urls: Iterable[str], outlets: Iterable[SourceConfig]) -> SourceConfig | None:
    """The source whose home is on the host of one of ``urls``."""
    hosts = set(map(site_of, urls)) - {""}
    return next((one for one in outlets if site_of(one.home) in hosts), None)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _first(value: Any) -> Any:
    """The first value of a list; any other value as it is."""
    if isinstance(value, list):
        return value[0] if value else None
    return value


def _rights(r: _Reader, source: Source, outlet: SourceConfig | None, shortened: bool) -> Rights:
    """What may be shown: as the article says, else as its outlet does; ``shortened`` says that it
    is an excerpt once it has expired."""
    terms, problems = read_terms(r.get("rights"), r.matter.spelt.get("rights", "rights"))
    for message, hint in problems:
        r.say(message, r.line("rights"), hint)
    usual = _usual_rights(source, outlet)
    if usual.show == "full" and not shortened:
        _check_length(r, terms)
    texts = {name: clean_text(terms.get(name) or "") for name in ("holder", "notice", "license")}
    return Rights(
        terms.get("show") or usual.show,
        terms.get("words") or usual.words,
        texts["holder"],
        texts["notice"] or usual.notice,
        texts["license"] or usual.license,
    )


def _check_length(r: _Reader, terms: Mapping[str, Any]) -> None:
    """Report the length of an excerpt where all is shown."""
    if "words" in terms and "show" not in terms:
        message = "`rights.words` is the length of an excerpt, but all is shown"
        r.say(message, r.line("rights"), "write `show: excerpt` next to it, or remove it")


def _usual_rights(source: Source, outlet: SourceConfig | None) -> Rights:
    """What may be shown of an article that does not say so itself."""
    if not outlet:
        return Rights(license=source.license)
    license = source.license or outlet.license
    return Rights(outlet.rights, outlet.words, "", outlet.notice, license)


def _summary(r: _Reader, dek: str, html: str, rights: Rights) -> tuple[str, bool]:
    """The summary, and whether it may be shown of an article that is a link: if it is the editor's
    own words."""
    written = r.text("summary")
    if rights.show == "full":
        return written or dek or _opening(html), False
    if not written:
        words = min(SUMMARY_WORDS, rights.words)  # with the headings, as the excerpt has them
        return dek or excerpt(plain(html), words), False
    own = rights.show == "link" and not _repeats(written, html)
    if rights.show == "link" and not own:
        hint = "write it in words of your own: of this article only a link may be shown"
        r.say(
            "`summary` repeats the text, and is not shown",
            r.line("summary"),
            hint,
            code="rights",
            level="warning",
        )
    return written, own


def _repeats(summary: str, html: str) -> bool:
    """Whether a sentence of ``summary`` is in the text."""
    text = plain(html).casefold()
    sentences = [s.strip(" .!?…。") for s in _SENTENCE_END.split(summary.casefold())]
    return any(s in text for s in sentences if count_words(s) > FEW_WORDS)


def _corrections(r: _Reader) -> tuple[Correction, ...]:
    value = r.get("corrections")
    out = []
    for item in value if isinstance(value, list) else [value] if value else []:
        if not isinstance(item, dict) or not item.get("text") or not item.get("date"):
            r.say(
                "a correction needs `date` and `text`",
                r.line("corrections"),
                "write `- {date: 2026-11-24, text: …}`",
            )
            continue
        try:
            out.append(
                Correction(read_date(str(item["date"]), r.zone)[0], clean_text(item["text"]))
            )
        except ValueError:
            r.say(f"a correction has an impossible date: `{item['date']}`", r.line("corrections"))
    return tuple(out)


def _permalink(r: _Reader, original: str) -> Literal["", "source", "own"]:
    """Where the headline leads to, in lists: `permalink: source` or `own`; other values of this key
    are the article's URL."""
    written = r.text("url")
    if written == "source" and not original:
        hint = "add `source: {url: …}`, or remove `permalink`"
        r.say("`permalink: source`, but the article has no `source.url`", r.line("url"), hint)
    return "source" if written == "source" else "own" if written == "own" else ""


def _last_change(times: _Times, corrections: tuple[Correction, ...], zone: ZoneInfo) -> str:
    """When an article was updated: as it says, or the date of a correction that is later than
    that and than the article."""
    updated, stamp = times.updated, max(times.stamp, times.updated_stamp)
    for correction in corrections:
        moment = read_date(correction.date, zone)[1]
        if moment > stamp:
            updated, stamp = correction.date, moment
    return updated


def _weight(r: _Reader) -> int:
    value = r.get("weight")
    if value is None or (isinstance(value, int) and abs(value) < 2**31):
        return int(value or 0)
    r.say("`weight` must be a whole number", r.line("weight"))
    return 0


def _address(r: _Reader, key: str, value: str) -> str:
    """A path inside the site, with a leading slash, or empty where none is given."""
    if not value:
        return ""
    path = safe_path(value)
    if not path or path == "/":
        r.say(
            f"`{key}` leaves the site: `{value[:60]}`",
            r.line(key),
            "use a path such as /world/old-name/",
            "unsafe-path",
        )
        return ""
    if sign := unreachable(value):
        hint = f"links cannot reach it: use a path such as {_reachable(value)}"
        r.say(f"`{key}` holds `{sign}`: `{value[:60]}`", r.line(key), hint, "unsafe-path")
        return ""
    return "/" + path


def _reachable(value: str) -> str:
    """A path that links can reach, as near to ``value`` as possible: what it is percent-encoded
    from, or its letters."""
    decoded = unquote(value)
    if "\ufffd" not in decoded and decoded.isprintable() and not unreachable(decoded):
        path = safe_path(decoded)
        if path:
            return f"/{path}"
    return f"/{slugify(re.sub(r'%..|[?#]', ' ', value))}/"


def _lang(r: _Reader, config: Config) -> str:
    """The language of an article as a tag: its own, else that of its folder, else that of the site
    (empty), as for one that nobody knows."""
    written = r.text("lang")
    if not written:
        return split_path(r.matter.path, config)[0]
    tag = language_tag(written)
    if written and not tag:
        hint = tag_hint(written)
        message = (
            f"`lang: {written[:40]}` is not a language tag, and the article counts as in the"
            " language of the site"
        )
        r.say(message, r.line("lang"), hint, level="warning")
    return tag


def _template(r: _Reader) -> str:
    name = r.text("template")
    return name if not name or name.endswith(".html") else name + ".html"


def _flag(r: _Reader, key: str, level: Level = "error") -> bool | None:
    """Whether the article says true or false; None where it says neither."""
    value = r.get(key)
    if value is None or isinstance(value, bool):
        return value
    r.say(f"`{key}` must be true or false, and counts as absent", r.line(key), level=level)
    return None


def _rooted(html: str, path: str, config: Config) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """``html`` with images addressed from the site's root, the paths of those, and the links that
    stay in the site."""
    images: dict[str, None] = {}
    links: dict[str, None] = {}

    def edited(name: str, attributes: Attributes) -> str | None:
        if name == "a" and _is_inside(attributes.get("href", ""), config.base_url):
            links[attributes["href"]] = None
        given = attributes.get("src")
        if name != "img" or given is None:
            return None
        src = _site_path(given, path, config)
        images[src] = None
        return start_tag(name, {**attributes, "src": src}) if src != given else None

    return edit_tags(html, edited), tuple(images), tuple(links)


def _is_inside(href: str, base: str) -> bool:
    """Whether a link leads to another place of the site at ``base``."""
    if href.startswith(WIKI) or path_on_site(href, base):
        return True
    return bool(href) and not href.startswith(("#", "//")) and ":" not in href.partition("/")[0]


def _site_path(address: str, path: str, config: Config) -> str:
    """An address as written in the article at ``path``, made relative to the site's root, also
    where it is written with the site's own host."""
    address = path_on_site(address, config.base_url) or address
    address = unicodedata.normalize("NFC", address)  # as published files are called
    if address.startswith("/") or ":" in address.split("/")[0]:
        return address
    folder = path.removeprefix(config.content + "/").rpartition("/")[0]
    parts: list[str] = []
    for part in f"{folder}/{address}".split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)
