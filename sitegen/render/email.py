"""An edition as an e-mail: texts that fit, plain text, and a message of both.

Pure.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any

from sitegen.base.dates import rfc3339
from sitegen.base.diagnostics import fail
from sitegen.base.install import install_line
from sitegen.base.l10n import listed
from sitegen.base.markup import Attributes, edit_tags, start_tag
from sitegen.base.text import count_words, digest, href, plain
from sitegen.model.article import Comment
from sitegen.model.base import Struct
from sitegen.model.views import Chapter, IssueView
from sitegen.render.feeds import Bodies, RenderTools, absolute_body, host
from sitegen.render.images import credit_lines

Text = Callable[[str], str]

LIMIT = 100_000  # bytes: mail programs show no more than 102 KB of a message
WIDTH = 74
WHOLE = 1_000_000  # words
SHORTER = (
    (WHOLE, WHOLE),
    (WHOLE, 160),
    (WHOLE, 90),
    (160, 60),
    (90, 40),
    (60, 25),
    (40, 0),
    (0, 0),
)  # of the lead, of others
_FOREIGN = frozenset("loading decoding tabindex role aria-label srcset sizes id".split())
_SHOWN = (".jpg", ".jpeg", ".png", ".gif")  # images that all mail programs show
_BLANKS = re.compile(r"\s+")


class LetterArticle(Struct, frozen=True):
    """An article as an e-mail shows it: its HTML, and whether the site has more of it; its image
    is a link unless mail programs show it."""

    chapter: Chapter
    html: str
    summary: str
    more: bool
    is_pictured: bool = False


class Section(Struct, frozen=True):
    """Articles below one heading."""

    title: str
    articles: tuple[LetterArticle, ...]


class Letter(Struct, frozen=True):
    """What one e-mail holds; ``left`` is the number of articles for which it has no room."""

    sections: tuple[Section, ...]
    left: int = 0


def fitting(
    view: IssueView, bodies: Bodies, r: RenderTools, render: Callable[[Letter], bytes]
) -> tuple[Letter, bytes]:
    """The fullest e-mail that keeps below the limit, as ``render`` makes it.

    Texts become excerpts before articles become headlines, those beside the lead first; nothing is
    cut off in its middle.
    """
    letter, data = Letter(()), b""
    for lead, others in SHORTER:
        letter = _letter(view, bodies, r, lead, others)
        data = render(letter)
        if len(data) <= LIMIT:
            return letter, data
    count = sum(len(s.articles) for s in letter.sections)
    while len(data) > LIMIT and count > 1:
        count = min(count - 1, count * LIMIT // len(data))
        letter = _first(_letter(view, bodies, r, 0, 0), count)
        data = render(letter)
    return letter, data


def _letter(view: IssueView, bodies: Bodies, r: RenderTools, lead: int, others: int) -> Letter:
    first = next(view.chapters(), None)
    sections = []
    for part in view.parts:
        articles = tuple(
            _article(c, bodies, r, lead if c is first else others) for c in part.chapters
        )
        sections.append(Section(part.title, articles))
    return Letter(tuple(sections))


def _article(chapter: Chapter, bodies: Bodies, r: RenderTools, words: int) -> LetterArticle:
    item = chapter.item
    if not item.body_from or not words:
        return LetterArticle(chapter, "", item.card.summary if words else "", True)
    html = bodies(item.body_from)
    limit = min(words, item.words) if item.show == "excerpt" else words
    shortened = item.show == "excerpt" or (limit < WHOLE and count_words(plain(html)) > limit)
    body = absolute_body(item, html, r, limit if shortened else 0)
    is_pictured = chapter.figure is not None and _is_shown(chapter.figure.src)
    return LetterArticle(chapter, letter_html(body, r, chapter.sizes), "", shortened, is_pictured)


def _first(letter: Letter, count: int) -> Letter:
    """``letter`` with its first ``count`` articles."""
    sections, left = [], 0
    for section in letter.sections:
        kept = section.articles[: max(count, 0)]
        left += len(section.articles) - len(kept)
        count -= len(section.articles)
        if kept:
            sections.append(Section(section.title, kept))
    return Letter(tuple(sections), left)


def letter_html(
    html: str, r: RenderTools, sizes: Mapping[str, tuple[int, int]] | None = None
) -> str:
    """A text for mail programs: without attributes that they do not know, links within the text,
    images of other hosts, and images that they do not show.

    Those become links, as a mail must load nothing from other hosts. The rest has the ``sizes`` at
    which it is shown, by URL: Outlook knows no other way to bound images.
    """
    base = r.absurl("/")
    known_sizes = {
        r.absurl(src): {"width": str(width), "height": str(height)}
        for src, (width, height) in (sizes or {}).items()
    }

    within = False  # a link, which cannot hold another one

    def edited(name: str, attributes: Attributes) -> str | None:
        nonlocal within
        if name in ("a", "/a"):
            within = name == "a"
        src = attributes.get("src", "")
        if name == "img" and not (src.startswith(base) and _is_shown(src)):
            return _image_link("" if within else src, attributes.get("alt", ""))
        known = _familiar(attributes)
        if name == "img":
            known |= known_sizes.get(src, {})
        return start_tag(name, known) if known != attributes else None

    return edit_tags(html, edited)


def _familiar(attributes: Attributes) -> Attributes:
    """What of ``attributes`` mail programs know; a link within the text is none to them."""
    known = {key: value for key, value in attributes.items() if key not in _FOREIGN}
    if known.get("href", "").startswith("#"):
        del known["href"]
    return known


def _is_shown(src: str) -> bool:
    """Whether all mail programs show the image at this URL."""
    return src.lower().partition("?")[0].endswith(_SHOWN)


def _image_link(src: str, alt: str) -> str:
    """A link to an image; only its words where it is nowhere on the web, or in a link already."""
    if "://" not in src:
        return escape(alt)
    return f"{start_tag('a', {'href': src})}{escape(f'[{alt or src}]')}</a>"


def inlined(html: str) -> bytes:
    """``html`` with its style sheet written into the elements; rules that depend on the screen stay
    in the head.

    Raises SitegenError where css-inline is not installed.
    """
    try:
        import css_inline
    except ImportError:
        hint = install_line("email")
        raise fail("extra", "e-mail editions need css-inline", "site.yaml", help=hint) from None
    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_at_rules=True, keep_style_tags=False
    )
    return str(inliner.inline(html)).encode("utf-8", "xmlcharrefreplace")


# Plain text ----------------------------------------------------------------------------------


def plain_letter(view: IssueView, letter: Letter, r: RenderTools, t: Text) -> str:
    """The e-mail for programs that show no HTML, and for readers who want none."""
    lines = [*_plain_head(view, r, t)]
    for section in letter.sections:
        lines += _plain_section(section, r, t)
    lines += _plain_end(view, letter, r, t)
    return "\n".join(lines).strip() + "\n"


def _plain_head(view: IssueView, r: RenderTools, t: Text) -> Iterator[str]:
    """What is above the articles: which edition it is, and the editor's words."""
    day = r.date(view.date)
    facts = (f"{t('Edition')} {view.number}", view.title, "" if day in view.title else day)
    yield view.name or r.frame.title
    yield " · ".join(filter(None, facts))
    yield r.absurl(view.home)
    yield ""
    if view.intro:
        yield from (*_plain_words(view.intro), "")


def _plain_section(section: Section, r: RenderTools, t: Text) -> Iterator[str]:
    """A section with its articles."""
    if section.title:
        yield from ("", section.title.upper(), "=" * min(len(section.title), WIDTH), "")
    for article in section.articles:
        yield from (*_plain_article(article, r, t), "")


def _plain_end(view: IssueView, letter: Letter, r: RenderTools, t: Text) -> Iterator[str]:
    """What is below the articles: how many more there are, the editor's words, and the address."""
    if letter.left:
        yield from (f"{t('More articles of this edition:')} {letter.left}", r.absurl(view.home), "")
    if view.outro:
        yield from (*_plain_words(view.outro), "")
    if view.address:
        yield from ("", *textwrap.wrap(view.address, WIDTH))


def _plain_words(words: Comment) -> list[str]:
    """The editor's words at an end of the edition."""
    rows = [row for part in words.text.split("\n\n") for row in ("", *textwrap.wrap(part, WIDTH))]
    return [*rows[1:], *(["", f"– {words.by}"] if words.by else [])]


def _plain_article(article: LetterArticle, r: RenderTools, t: Text) -> list[str]:
    item, card = article.chapter.item, article.chapter.item.card
    by = listed([a.name for a in card.authors], r.frame.language)
    facts = [
        f"{t('By')} {by}" if by else "",
        card.source,
        article.chapter.dateline,
        r.date(card.date),
    ]
    lines = [
        *textwrap.wrap(card.title, WIDTH),
        *textwrap.wrap(" · ".join(f for f in facts if f), WIDTH),
    ]
    if card.comment:
        by = f" · {card.comment.by}" if card.comment.by else ""
        said = f"{t('Comment')}{by}: {card.comment.text}"
        lines += [row for part in said.split("\n\n") for row in ("", *textwrap.wrap(part, WIDTH))]
    for correction in article.chapter.corrections:
        lines += [
            "",
            *textwrap.wrap(
                f"{t('Correction')}, {r.date(correction.date)}: {correction.text}", WIDTH
            ),
        ]
    if article.summary or article.html:
        lines += [
            "",
            *(
                textwrap.wrap(article.summary, WIDTH)
                if article.summary
                else plain_lines(article.html)
            ),
        ]
    if item.credits:
        lines += ["", *textwrap.wrap(" · ".join(credit_lines(item.credits, t)), WIDTH)]
    if item.notice:
        lines += ["", *textwrap.wrap(item.notice, WIDTH)]
    original = article.chapter.original or item.source_url
    lines.append("")
    if not article.chapter.original:
        lines.append(f"{t('Read on') if article.more else t('On the web')}: {r.absurl(card.url)}")
    return lines + ([f"{t('Read the original')}: {href(original)}"] if original else [])


def plain_lines(html: str) -> list[str]:
    """A text as lines of at most `WIDTH` signs: lists with dashes, quotes with `>`, URLs in
    angle brackets."""
    from lxml import html as markup

    root = markup.fragment_fromstring(html, create_parent="div")
    out: list[str] = []
    before = ""
    for kind, block in _blocks(root, "", ""):
        out += ["", *block] if out and not (kind == before and kind in ("li", "tr")) else block
        before = kind
    return out


_BLOCK = frozenset("p h2 h3 h4 h5 h6 li pre dt dd td th figcaption caption summary hr".split())
_GROUPS = {"blockquote": "> ", "ul": "", "ol": "", "dd": "  "}


def _blocks(node: Any, margin: str, mark: str) -> Iterator[tuple[str, list[str]]]:
    """The element and the wrapped lines of each paragraph below ``node``; text outside of blocks is
    one of its own."""
    loose: list[str] = [node.text or ""]
    number = 0
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if (
            tag in _BLOCK
            or tag in _GROUPS
            or tag in ("div", "table", "tbody", "thead", "tr", "figure", "details", "dl")
        ):
            yield from ((node.tag, p) for p in _paragraph("".join(loose), margin, mark))
            loose = []
            number += tag == "li"
            sign = (f"{number}. " if node.tag == "ol" else "- ") if tag == "li" else ""
            if tag == "tr":
                yield (
                    "tr",
                    [margin + " | ".join(" ".join(cell.text_content().split()) for cell in child)],
                )
            elif tag == "pre":
                yield (
                    tag,
                    [
                        f"{margin}    {line}"
                        for line in child.text_content().rstrip("\n").split("\n")
                    ],
                )
            elif tag == "hr":
                yield tag, [f"{margin}* * *"]
            else:
                yield from _blocks(child, margin + _GROUPS.get(tag, ""), sign or mark)
            mark = " " * len(mark)
        else:
            loose.append(_inline(child))
        loose.append(child.tail or "")
    yield from ((node.tag, p) for p in _paragraph("".join(loose), margin, mark))


def _paragraph(text: str, margin: str, mark: str) -> Iterator[list[str]]:
    words = (
        _BLANKS.sub(" ", text.replace("\0", "\n")).strip()
        if "\0" not in text
        else "\n".join(s.strip() for s in text.split("\0"))
    )
    if words:
        first, rest = margin + mark, margin + " " * len(mark)
        out: list[str] = []
        for line in words.split("\n"):
            out += textwrap.wrap(
                line,
                WIDTH,
                initial_indent=rest if out else first,
                subsequent_indent=rest,
                break_long_words=False,
            )
        yield out


def _inline(node: Any) -> str:
    """The words of an element within a paragraph, with the URL of a link behind them."""
    if not isinstance(node.tag, str):
        return ""
    if node.tag == "br":
        return "\0"
    if node.tag == "img":
        return f"[{node.get('alt')}]" if node.get("alt") else ""
    words = (node.text or "") + "".join(_inline(child) + (child.tail or "") for child in node)
    if node.tag == "sup":
        return f"[{words.strip('[]')}]"
    return _with_target(words, node.get("href") or "") if node.tag == "a" else words


def _with_target(words: str, url: str) -> str:
    """The words of a link with its URL, unless they say it or it stays in the text."""
    return f"{words} <{url}>" if "://" in url and url not in words else words


# A message of both ---------------------------------------------------------------------------


def message(view: IssueView, text: str, html: bytes, r: RenderTools) -> bytes:
    """The e-mail as a file that mail programs open and services send (RFC 5322), the same each time
    it is made."""
    mark = digest(text.encode(), html)
    mail = EmailMessage(SMTP)
    mail["Subject"] = _line(f"{view.name or r.frame.title}: {view.title}")
    mail["Date"] = format_datetime(datetime.fromisoformat(rfc3339(view.date, r.zone)))
    name, address = parseaddr(view.sender)
    if address:
        mail["From"] = Address(name or r.frame.title, addr_spec=address)
    mail["Message-ID"] = f"<edition-{view.key}.{mark[:12]}@{host(r)}>"
    mail["Archived-At"] = f"<{r.absurl(view.home)}>"
    mail["X-Unsent"] = "1"  # opens as a draft
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html.decode(), subtype="html", cte="quoted-printable")
    mail["Content-Language"] = r.frame.language  # before, it would be that of the text only
    mail.set_boundary(f"=_{mark}")
    return mail.as_bytes()


def _line(text: str) -> str:
    return _BLANKS.sub(" ", text)
