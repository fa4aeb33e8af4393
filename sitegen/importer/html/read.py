"""A saved page to an article: metadata from `gather`, the body from `body`, figures apart.

The tree is parsed without network, entities or DTDs. What is shown around the body (captions,
credits, boxes) is taken out before trafilatura sees it, so that none of it can end up among the
paragraphs, and what it still lets through is judged by the same labels as lines of scraped text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, dropwhile, islice, pairwise
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from sitegen.base.text import count_words, counted
from sitegen.importer.detect import decode_html
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.credits import whole_credit
from sitegen.importer.fields.dateline import dateline
from sitegen.importer.fields.language import guess_language, language_code
from sitegen.importer.fields.spun import spun_score
from sitegen.importer.fields.text import is_too_short
from sitegen.importer.fields.values import merged, read_moment
from sitegen.importer.html.beyond import behind_wall, said_beyond, walls
from sitegen.importer.html.body import Body, BodyPart, heading_of, read_body, whole_text
from sitegen.importer.html.candidates import Claims, in_aside, text_of
from sitegen.importer.html.choose import Choice, choose
from sitegen.importer.html.data_text import POOR, texts_of_state, with_text_of_data
from sitegen.importer.html.embedded import EmbeddedImages, lift_images
from sitegen.importer.html.embeds import name_embeds
from sitegen.importer.html.figures import (
    CAPTION_CLASS,
    Figure,
    bare_credit,
    count_previews,
    figure_credits,
    find_figures,
)
from sitegen.importer.html.gather import gather
from sitegen.importer.html.judged import judged
from sitegen.importer.html.long_runs import Run, set_aside
from sitegen.importer.html.placed_images import lead_images, pictures_among, with_links
from sitegen.importer.html.shown import page_name
from sitegen.importer.html.tree import held, is_within, join_streamed, parseable, remove, tree_of
from sitegen.importer.html.usual import make_usual
from sitegen.importer.model import Imported
from sitegen.importer.text.labels import REPORTING, classify
from sitegen.importer.to_markdown import absolute, from_second_level, join_blocks, plain_block
from sitegen.model.article import Person, Source
from sitegen.model.base import Struct
from sitegen.names.byline import closing_helpers


def read_html(data: bytes, *, url: str = "", zone: str = "") -> Imported:
    """Read a saved page.

    ``url`` is where it came from, where known; ``zone`` is for times without one. Never raises for
    bad input; what makes the result unsure is in ``doubts``, what a person should know in
    ``notes``.
    """
    lifted = lift_images(decode_html(data)[0])
    text = parseable(lifted.html)
    tree = tree_of(text)
    if tree is None:
        return Imported(doubts=("holds no HTML elements",))
    with held(tree):
        found = _read_tree(tree, text, url, zone)
    return _with_embedded(found, lifted)


def claims_of(data: bytes, url: str) -> Claims | None:
    """Everything that a saved page says of its article; None for what is no page."""
    html = parseable(lift_images(decode_html(data)[0]).html)
    tree = tree_of(html)
    if tree is None:
        return None
    with held(tree):
        join_streamed(tree, html)
        claims = gather(tree, url, _country(url), "")
    claims.canonical = absolute(claims.canonical, url) or url
    return claims


def _with_embedded(found: Imported, lifted: EmbeddedImages) -> Imported:
    """``found`` with the bytes of those of its images that the page itself holds."""
    sources = {image.src for image in (*found.images, *(image for _, image in found.among))}
    attached = {src: data for src, data in lifted.images.items() if src in sources}
    notes = (*found.notes, *lifted.notes)
    return msgspec.structs.replace(found, attached=attached, notes=notes)


def _read_tree(tree: Any, text: str, url: str, zone: str) -> Imported:
    """The article of a page, of which ``text`` is the HTML."""
    join_streamed(tree, text)
    lost = make_usual(tree, text)
    saved = _saved_from(text)
    base = _relative_to(tree, url or _base(tree) or saved)
    country = _country(url or _base(tree) or saved)
    runs = set_aside(tree)
    claims = gather(tree, url, country, zone)
    claims.canonical = absolute(claims.canonical, base) or url or saved
    choice = choose(claims, text, claims.canonical, country)
    lost += said_beyond(tree, text, claims.canonical)
    is_walled = walls(tree, text)
    is_poor = _words_of_paragraphs(tree) < POOR
    as_data = [claims.text, *texts_of_state(tree)] if is_poor else []
    text_of_page = _read_text(tree, text, claims, choice, base, runs)
    found = _article(claims, choice, text_of_page, url)
    found = with_text_of_data(found, as_data, base)
    lost += behind_wall(is_walled, found.body)
    return msgspec.structs.replace(found, notes=(*found.notes, *lost))


class _PageText(Struct, frozen=True):
    """The body of a page with what belongs to it."""

    parts: tuple[BodyPart, ...]
    body: Body
    figures: tuple[Figure, ...]
    dek: tuple[str, str]  # with where it is
    lines: tuple[str, ...]  # credits that were among the paragraphs
    doubts: tuple[str, ...]
    notes: tuple[str, ...]
    hidden: bool = False  # only a second reading found it


def _read_text(
    tree: Any,
    html: str,
    claims: Claims,
    choice: Choice,
    base: str,
    runs: Sequence[Run],
) -> _PageText:
    """The text of a page, of which ``runs`` were set aside; ``tree`` loses everything else."""
    title, authors = choice.title, choice.authors
    doubts, notes = _only_one_article(tree, title)
    said = _words_of_paragraphs(tree)
    if previews := count_previews(tree):
        notes.append(
            f"{counted(previews, 'image')} left out, of which the page holds only previews: save it"
            " again after scrolling to its end"
        )
    name_embeds(tree)
    figures = find_figures(tree, claims, base)
    heading = heading_of(tree, title)
    standing = _standing_dek(tree, heading, title, tuple(c.value for c in claims.deks))
    body = read_body(tree, heading, base, runs)
    captions = {lexicon.folded(f.caption) for f in figures if f.caption}
    headlines = _headlines(claims, title)
    parts, lines, helpers = _without_leaks(list(body.parts), headlines, captions, authors)
    # Headings without a text have gone, and say where it is.
    parts = judged(parts or body.parts, body, heading, base)
    other: list[BodyPart] = []
    if not body.runs and count_words(_text(parts)) < 0.6 * said:
        other = _second_opinion(html, title, base, parts)
    if other:
        parts, lines, helpers = _without_leaks(other, headlines, captions, authors)
        notes.append(
            "the page is built in a way that hides its text: compare the article with the page"
        )
        body = Body(tuple(parts))
    claims.helpers += helpers
    parts = _from_text_on(parts, claims, authors, choice.section)
    dek = _dek(claims, [plain_block(p.text) for p in parts[:3]], standing)
    parts = _without_dek(parts, dek[0])
    parts = sorted([*parts, *body.runs], key=lambda part: part.at)
    return _PageText(
        tuple(parts),
        body,
        tuple(figures),
        dek,
        tuple(lines),
        tuple(doubts),
        tuple(notes),
        bool(other),
    )


UNSURE = 0.4  # of a body that only a second reading found
_HEADLINES = ("JSON-LD", "meta og:title", "microdata headline")


def _headlines(claims: Claims, title: str) -> set[str]:
    """The headlines that a first paragraph may repeat; where a page has several `h1`, those other
    than ``title`` are headings of its text."""
    shown = [claim for claim in claims.titles if claim.where == "h1"]
    said = [claim.value for claim in claims.titles if claim.where in _HEADLINES]
    said += [claim.value for claim in shown] if len(shown) == 1 else []
    return {lexicon.folded(text) for text in (*said, title)}


def _article(claims: Claims, choice: Choice, text: _PageText, url: str) -> Imported:
    """The article that a page's claims and its text make."""
    figures = list(text.figures)
    images = lead_images(figures, text.body.shown, list(text.parts))
    parts, links = with_links(list(text.parts), text.body.shown, figures)
    plain = [plain_block(part.text) for part in text.parts]
    blocks = from_second_level([part.text for part in parts])
    lang = language_code(claims.lang) or guess_language("\n".join(plain))
    place = next((p for p in (dateline(t, lang) for t in plain[:2]) if p), "")
    credits = figure_credits(figures) or figure_credits([Figure("", credit=c) for c in text.lines])
    spun, marks = spun_score("\n".join(plain)) if lang in ("", "en") else (0.0, ())
    site = _site(claims)
    found = Imported(
        title=choice.title,
        dek=text.dek[0],
        authors=choice.authors,
        credits=merged(credits, claims.helpers),
        date=choice.date,
        updated=choice.updated,
        dateline=place,
        image=next((i for i in images if i.credit or i.caption), images[0] if images else None),
        images=images,
        source=Source(site, claims.canonical, claims.license),
        canonical=claims.canonical,
        section=choice.section,
        tags=claims.tags,
        lang=lang,
        body=join_blocks(blocks),
        among=tuple(
            (_end(blocks[:n]), i) for n, i in pictures_among(parts, text.body.shown, figures)
        ),
        spun=spun,
        spun_words=marks,
        weighed=choice.weighed,
        confidence={**choice.confidence, **({"body": UNSURE} if text.hidden else {})},
        beside={f.src: f.beside for f in figures if f.src and f.beside},
        extra={"embedded": links} if links else {},
        notes=(
            *claims.notes,
            *text.notes,
            *(f"what is embedded in the page is kept as a link: {link}" for link in links),
        ),
    )
    return msgspec.structs.replace(
        found,
        evidence=tuple(_evidence(found, claims, choice, text, url)),
        doubts=tuple(_doubts(found, choice, text, "\n".join(plain))),
    )


def _doubts(found: Imported, choice: Choice, text: _PageText, plain: str) -> Iterator[str]:
    """What keeps an article, of which ``plain`` is the text, from being read with confidence."""
    yield from (*choice.doubts, *text.doubts)
    if is_too_short(plain, complete=bool(found.title and found.date and found.authors)):
        yield "no running text found"
    if not found.title:
        yield "no headline found"


def _evidence(
    found: Imported, claims: Claims, choice: Choice, text: _PageText, url: str
) -> Iterator[tuple[str, str]]:
    """(field, where its value was found) of an article."""
    yield from choice.evidence
    if found.dek:
        yield "dek", f"from {text.dek[1]}"
    if found.dateline:
        yield "dateline", "from the first paragraph"
    if len(found.credits) > len(claims.helpers):
        yield "credits", "from figures"
    if claims.helpers:
        yield "credits", "from the byline"
    if found.spun:
        yield "spun", "words in the place of others: " + ", ".join(found.spun_words[:8])
    if site := found.source.name:
        yield "source", f"from {'JSON-LD' if site == claims.publisher else 'meta og:site_name'}"
    if found.canonical:
        yield "canonical", "given" if found.canonical == url else "from link rel=canonical"


def _site(claims: Claims) -> str:
    """The name of the source: the publisher's, unless that is a company's."""
    company = claims.site and _COMPANY.search(claims.publisher)
    return claims.site if company else claims.publisher or claims.site


def _base(tree: Any) -> str:
    for element in tree.xpath(
        "//link[@rel='canonical'][@href] | //meta[@property='og:url'][@content]"
    )[:4]:
        address = str(element.get("href") or element.get("content"))
        if address.startswith("http"):
            return address
    return ""


# `Thu Nov 26 2026 21:00:00 GMT+0100`, a date as JavaScript writes it
_OF_SCRIPT = re.compile(r"\w{3} (\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")
# What browsers and SingleFile write at the top of a page that they save.
_SAVED = re.compile(
    r"<!--\s{0,20}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,20}url:\s{0,20})"
    r"(https?://[^\s<>\"]{1,2000})",
    re.I,
)


_SAVED_AT = re.compile(
    r"Page saved with SingleFile\s[^>]{0,2100}?saved date:\s{0,20}([^\n(]{8,60})"
)


def saved_at(text: str) -> str:
    """When SingleFile saved a page, by its comment, as RFC 3339."""
    found = _SAVED_AT.search(text[:20_000])
    match = _OF_SCRIPT.fullmatch(found[1].strip()) if found else None
    return read_moment(f"{match[1]} {match[2]}", "UTC") if match else ""


def _saved_from(text: str) -> str:
    """The address in the comment of the program that saved a page."""
    found = _SAVED.search(text[:20_000])
    return absolute(found[1], "") if found else ""


def _relative_to(tree: Any, address: str) -> str:
    """What the addresses of a page are relative to: its `base` (HTML, 4.2.3), else where it is
    from."""
    for element in tree.xpath("//base[@href]")[:1]:
        return absolute(element.get("href"), address) or address
    return address


def _country(url: str) -> str:
    try:
        label = (urlsplit(url).hostname or "").rsplit(".", 1)[-1]
    except ValueError:
        return ""
    return label if len(label) == 2 else ""


# The dek --------------------------------------------------------------------------------------

_DEK_CLASS = re.compile(
    r"(?:^|[\s_-])(?:dek|deck|standfirst|stand-first|subtitle|sub-title|subline|subhead(?:line"
    r"|ing)?|sub-headline|lead|lede"
    r"|lead-text|leadtext|intro|introduction|vorspann|teaser-?text|article-?(?:intro|lead"
    r"|summary|teaser|subtitle|description|dek)"
    r"|kicker-?text|chapo|chapeau|entradilla|bajada|sumario|occhiello|sommario|catenaccio"
    r"|ingress|excerpt|summary|abstract"
    r"|strapline|tagline|headline-?sub|description)(?:$|[\s_-]|__)",
    re.I,
)


_DEK_TAGS = frozenset("p div h2 h3 h4 span section header strong em li ul".split())
_NO_DEK_CLASS = re.compile(
    r"meta|newsletter|promo|image|media|foto|photo|author|share|nav|date|tag", re.I
)


def _standing_dek(tree: Any, heading: Any, title: str, said: tuple[str, ...]) -> str:
    """What is below the headline: the page's own description, or an element named for it
    (`standfirst` …)."""
    heading = heading if heading is not None else tree.find(".//h1")
    if heading is None:
        return ""
    known = set(map(lexicon.folded, said))
    behind = list(_first_behind(tree, heading))
    apart = (_said_apart(element, known) for element in behind)
    named = (_dek_element(e, title) for e in behind[:60] if e.get("class"))
    return next(filter(None, chain(apart, named)), "")


def _first_behind(tree: Any, heading: Any) -> Iterator[Any]:
    """The first elements behind the beginning of the headline."""
    # The XPath axis `following` would build the whole rest of the page.
    behind = dropwhile(lambda element: element is not heading, tree.iter())
    elements = (element for element in behind if isinstance(element.tag, str))
    return islice(elements, 1, 122)


def _said_apart(element: Any, known: set[str]) -> str:
    """The text of a small element, where it is ``known`` and set off from the paragraphs."""
    if element.tag not in ("p", "div", "h2", "h3", "span", "li"):
        return ""
    if next(islice(element.iterdescendants(), 30, None), None) is not None:
        return ""
    text = text_of(element)
    if len(text) <= 20 or lexicon.folded(text) not in known:
        return ""
    return text if _stands_apart(element) else ""


def _stands_apart(element: Any) -> bool:
    """Whether an element is set off from the paragraphs: a heading, in a header, named for it, or
    no `p` beside `p`."""
    parent = element.getparent()
    label = f"{element.get('class', '')} {parent.get('class', '')}"
    if element.tag in ("h2", "h3") or _DEK_CLASS.search(label):
        return True
    if is_within(element, "header", "hgroup"):
        return True
    return sum(len(text_of(p)) > 60 for p in parent.iterchildren("p")) <= 1


def _dek_element(element: Any, title: str) -> str:
    """The text of an element that is named for a dek and may be one, else nothing."""
    is_named = _is_named_dek(element) and not _is_within_other(element)
    text = text_of(element) if is_named else ""
    return text if _may_be_dek(text, title) else ""


def _is_named_dek(element: Any) -> bool:
    """Whether an element is named for a dek, and for nothing else."""
    label = f"{element.get('class', '')} {element.get('itemprop', '')}"
    if element.tag not in _DEK_TAGS or len(label) > 300 or not _DEK_CLASS.search(label):
        return False
    return not (CAPTION_CLASS.search(label) or _NO_DEK_CLASS.search(label))


def _is_within_other(element: Any) -> bool:
    """Whether an element is in a figure, a list or the page's frame, or holds several texts."""
    around = next(element.iterancestors("figure", "ul", "li"), None)
    return around is not None or len(element.xpath(".//p | .//a")) > 3 or in_aside(element)


def _may_be_dek(text: str, title: str) -> bool:
    """Whether a text has the length of a dek, and is no headline, credit or words of the page."""
    folded = lexicon.folded(text)
    if not 5 <= len(text.split()) <= 90 or folded == lexicon.folded(title) or whole_credit(text):
        return False
    is_of_page = len(set(lexicon.PAGE_WORDS.findall(text))) >= 2 or lexicon.ASKS.match(folded)
    return not is_of_page


def _dek(claims: Claims, opening: list[str], standing: str) -> tuple[str, str]:
    """(dek, where): what is below the headline, else the page's description where it is no part
    of the body.

    A description that repeats the first paragraph, or its beginning, is the machine's, not a dek.
    """
    if standing:
        return standing, "the line below the headline"
    start = lexicon.folded(" ".join(opening))[:1500]
    whole = (claim for claim in claims.deks if _is_whole(claim.value))
    own = (claim for claim in whole if lexicon.folded(claim.value)[:60] not in start)
    return next(((claim.value, claim.where) for claim in own), ("", ""))


def _is_whole(description: str) -> bool:
    """Whether a description is neither a word or two, nor a text, nor cut off."""
    is_cut = description.endswith(("...", "…", "[…]", "[...]"))
    return not is_cut and len(description.split()) >= 4 and len(description) <= 600


# The body -------------------------------------------------------------------------------------

_ONLY_LINKS = re.compile(
    r"(?:[\s>*_|·•,:–-]|- |\d{1,2}\. |## |\[[^\[\]]{0,400}\]\([^()\s]{0,2000}\))+"
)
_LEADS_AWAY = re.compile(
    r"(?:also read|read (?:also|more|next)|related|more|watch|see also|lesen sie (?:auch|mehr)|lies"
    r" auch|mehr (?:dazu|zum thema)"
    r"|auch interessant|lire aussi|à lire aussi|voir aussi|lee también|leer más|leggi anche|leia"
    r" (?:também|mais)|lees ook|les også"
    r"|läs (?:också|mer)|læs også|čtěte (?:také|více)|recommended|click"
    r" here|video|podcast)\s?[|:»>]",
    re.I,
)


_COMPANY = re.compile(
    r",? (?:GmbH|(?:& Co\."
    r" )?KG|AG|Ltd|Inc|LLC|S\.?L\.?U?|S\.?A|S\.?p\.?A|S\.?r\.?l|B\.?V|Limited)\.?$"
)
_DATA = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:?\d{0,2}\S{0,10}|https?://\S+"
    r"|(?=.{0,8}年)[\d年月日時分秒:：()（）\s]{6,40}(?:更新|公開|配信|掲載)?[)）]?"
    r"|[-–\s]*(?:aktualisiert|veröffentlicht|updated|published|actualizado|publicado|mis à"
    r" jour|publié|aggiornato|pubblicato)"
    r"(?: (?:am|on|el|le|il))?[:\s]*",
    re.I,
)


class _Block(NamedTuple):
    """A block of the text: its part, its plain text with the ``key`` and the number of ``words`` of
    that, what it seems to be, and how many are before it."""

    part: BodyPart
    plain: str
    key: str
    words: int
    label: str
    at: int

    def is_verbatim(self) -> bool:
        """Whether a block is a table or code."""
        return self.part.text.startswith(("|", "```"))


def _blocks(parts: list[BodyPart]) -> Iterator[_Block]:
    """``parts`` as blocks, each with the label of its last line that has one."""
    plain = [plain_block(part.text) for part in parts]
    labels = _labels(plain)
    for at, (part, text) in enumerate(zip(parts, plain, strict=True)):
        key, words = lexicon.folded(text), count_words(text)
        yield _Block(part, text, key, words, labels.get(at, ""), at)


def _labels(plain: list[str]) -> dict[int, str]:
    """The labels of texts by their places."""
    labelled = classify("\n\n".join(text or "-" for text in plain))
    return {(number - 1) // 2: label for number, label, _ in labelled}


def _without_leaks(
    given: list[BodyPart], headlines: set[str], captions: set[str], authors: tuple[Person, ...]
) -> tuple[list[BodyPart], list[str], list[Person]]:
    """(``given`` without the headline, captions, credits, stamps, link boxes and page furniture
    that came along, the credits, who else has worked on the text by a line below it)."""
    out: list[BodyPart] = []
    helpers: list[Person] = []
    credits: list[str] = []
    for block in _blocks(given):
        if _repeats(block, headlines, captions):
            continue
        if block.is_verbatim():
            out.append(block.part)
        elif block.label == "credit":
            credits.append(bare_credit(whole_credit(block.plain)))
        elif not _is_furniture(block, len(given), authors):
            out.append(block.part)
        elif REPORTING.match(block.plain):
            helpers += closing_helpers(block.plain)
    return _without_ending(_without_twins(out)), [c for c in credits if c], helpers


def _without_twins(parts: list[BodyPart]) -> list[BodyPart]:
    """``parts`` without equal headings in a row: those of a gallery that has not come along."""
    pairs = enumerate(pairwise(part.text for part in parts))
    twins = {at for at, (text, other) in pairs if text == other and text.startswith("#")}
    return [part for at, part in enumerate(parts) if at not in twins and at - 1 not in twins]


def _without_ending(parts: list[BodyPart]) -> list[BodyPart]:
    """``parts`` without up to three last ones that speak to the reader, and without what only leads
    to more."""
    out = list(parts)
    for _ in range(3):
        if len(out) > 4 and _is_appeal(plain_block(out[-1].text)):
            out.pop()
    while out and _announces(out[-1].text):
        out.pop()
    return out


def _is_appeal(text: str) -> bool:
    return count_words(text) < 70 and lexicon.speaks_to_reader(text)


def _repeats(block: _Block, headlines: set[str], captions: set[str]) -> bool:
    """Whether a block only repeats the headline or a caption, is a list of teasers, each with its
    own heading, or a stamp of a machine."""
    text = block.part.text
    if not block.key or _DATA.fullmatch(block.plain):
        return True
    if text.startswith("- ") and text.count(" ## ") >= 3:
        return True
    return _repeats_headline(block, headlines) or _repeats_caption(block, captions)


def _repeats_headline(block: _Block, headlines: set[str]) -> bool:
    """Whether a block is a headline, or, among the first, one with its kicker, perhaps run
    together."""
    if block.key in headlines:
        return True
    if block.at >= 3:
        return False
    long = [headline for headline in headlines if len(headline) > 15]
    squeezed = {headline.replace(" ", "") for headline in long}
    return block.key.replace(" ", "") in squeezed or any(_has_kicker(block, h) for h in long)


def _has_kicker(block: _Block, headline: str) -> bool:
    """Whether a block is a headline with something shorter before it."""
    is_longer = block.words >= 4 and block.key.endswith(headline)
    return is_longer and len(block.key) < len(headline) * 2.2


def _repeats_caption(block: _Block, captions: set[str]) -> bool:
    """Whether a block is a caption, or a long one with its credit behind it."""
    key = block.key
    if key in captions and block.words >= 3:
        return True
    return any(len(c) > 40 and key.startswith(c) and len(key) < len(c) + 60 for c in captions)


def _is_furniture(block: _Block, total: int, authors: tuple[Person, ...]) -> bool:
    """Whether a block, one of ``total``, is a part of the page rather than of its text."""
    return (
        _leads_away(block) or _is_around_text(block, total) or _is_on_author(block, total, authors)
    )


def _leads_away(block: _Block) -> bool:
    """Whether a block is nothing but links, or says that it leads to other pages."""
    text = block.part.text
    most = 60 if "\n" in text else 18 if block.plain.endswith(".") else 30
    if "](" in text and block.words <= most and _ONLY_LINKS.fullmatch(text):
        return True
    return block.words <= 40 and bool(_LEADS_AWAY.match(block.plain))


def _is_around_text(block: _Block, total: int) -> bool:
    """Whether a block is one of those around a text, by what it seems to be and where it is."""
    if block.label == "noise":
        return _is_noise(block, total)
    if block.label in ("stamp", "byline"):
        return not 6 <= block.at < total - 3
    return block.label == "box" and block.words <= 5


def _is_noise(block: _Block, total: int) -> bool:
    """Whether a block that seems to be noise is so few words, asks for something, or is last."""
    asks = block.words <= 30 and bool(lexicon.ASKS.match(block.key))
    return asks or block.words <= 8 or block.at * 3 > total * 2


def _is_on_author(block: _Block, total: int, authors: tuple[Person, ...]) -> bool:
    """Whether one of the last blocks says who one of the authors is."""
    if block.at < total - 4 or block.words >= 90:
        return False
    names = (p.name for p in authors if len(p.name) > 4 and block.plain.startswith(p.name))
    return any(lexicon.BIO.match(block.plain[len(name) :].lstrip(" ,")) for name in names)


_JOINS = re.compile(
    r"\b(?:by|with|and|von|mit|und|par|avec|et|por|con|y|di|e|agencies|agences|agenturen"
    r"|agencias|agenzie)\b|\W",
    re.I,
)


def _announces(block: str) -> bool:
    """Whether a last block is a heading, or only leads to something that has not come along:
    ``More on the harbour:``."""
    text = plain_block(block)
    is_strong = block.startswith("**") and block.endswith("**")
    is_lead = text.endswith((":", "：")) and len(text.split()) <= (8 if is_strong else 4)
    return is_lead or block.startswith("#")


def _from_text_on(
    parts: list[BodyPart], claims: Claims, authors: tuple[Person, ...], section: str
) -> list[BodyPart]:
    """``parts`` without what is between headline and text: the name of the section, and a byline in
    pieces."""
    people = _names_of(authors, *(claim.value for claim in claims.authors))
    said = filter(None, (section, *claims.tags, claims.site, claims.publisher))
    labels = set(map(lexicon.folded, said))
    out = list(parts)
    for _ in range(3):
        text = plain_block(out[0].text) if len(out) > 2 else ""
        if not _is_short(text) or not (lexicon.folded(text) in labels or _is_names(text, people)):
            break
        out.pop(0)
    return out


def _names_of(*groups: tuple[Person, ...]) -> list[str]:
    """The names of people, the longest first."""
    names = {person.name for person in chain.from_iterable(groups)}
    return sorted(names, key=len, reverse=True)


def _is_short(text: str) -> bool:
    """Whether a text is a few words, and no sentence."""
    return 0 < len(text.split()) <= 8 and not text.endswith((".", "!", "?", ":"))


def _is_names(text: str, people: list[str]) -> bool:
    """Whether a text holds nothing but names and what joins them."""
    rest = text
    for name in people:
        rest = rest.replace(name, " ")
    if rest == text:
        return bool(_JOINS.fullmatch(text))
    return not _JOINS.sub("", rest)


def _without_dek(parts: list[BodyPart], dek: str) -> list[BodyPart]:
    """``parts`` without the dek, where that is the first of them, or a heading among the first."""
    if not dek:
        return parts
    wanted = lexicon.folded(dek)
    for at, part in enumerate(parts[: max(0, min(3, len(parts) - 2))]):
        may_be = at == 0 or part.text.startswith("#")
        if may_be and lexicon.folded(plain_block(part.text)) == wanted:
            return [*parts[:at], *parts[at + 1 :]]
    return parts


def _end(blocks: list[str]) -> int:
    """How long the text of ``blocks`` is."""
    return len(join_blocks(blocks).rstrip("\n"))


def _text(parts: list[BodyPart]) -> str:
    return "\n".join(plain_block(p.text) for p in parts)


# A second look --------------------------------------------------------------------------------


def _words_of_paragraphs(tree: Any) -> int:
    """The words of the paragraphs of a page that are more than a line, each text once, without
    those of comments, teasers and the page's frame."""
    texts: dict[str, Any] = {}
    for paragraph in tree.iter("p"):
        texts.setdefault("".join(paragraph.itertext()), paragraph)
    words = {paragraph: count_words(text) for text, paragraph in texts.items()}
    return sum(count for p, count in words.items() if count >= 10 and not in_aside(p))


def _second_opinion(text: str, title: str, base: str, ours: list[BodyPart]) -> list[BodyPart]:
    """The text of the page as it is, as trafilatura reads it, where that holds ours and much more;
    else nothing."""
    tree = tree_of(text)
    found = whole_text(tree, title, base) if tree is not None else []
    theirs = list({p.text: p for p in reversed(found)}.values())[::-1]
    if count_words(_text(ours)) >= 0.6 * count_words(_text(theirs)):
        return []
    held = sum(map(set(_keys(theirs)).__contains__, _keys(ours)))
    return theirs if held * 2 >= len(ours) else []


def _keys(parts: list[BodyPart]) -> list[str]:
    """The texts of ``parts`` as they are compared."""
    return [lexicon.folded(plain_block(part.text)) for part in parts]


def _only_one_article(tree: Any, title: str) -> tuple[list[str], list[str]]:
    """(doubts, notes) on a page that holds several whole articles.

    Those with other headlines are taken out of the tree.
    """
    found = list(_whole_articles(tree))
    if len(found) < 2:
        return _list_of_teasers(tree, title), []
    mine = _of_title(found, title, page_name(tree))
    if mine is not None:
        others = [pair for pair in found if pair[0] is not mine]
        names = _take_out(others)
        return [], [f"the page also holds other articles, which are not taken over: {names}"]
    if not all(element.xpath(_SIGNED) for element, _ in found):
        return [], []
    names = _headings_of(found)
    _take_out(found[1:])
    return [f"the page holds {len(found)} articles: save each from its own page ({names})"], []


def _list_of_teasers(tree: Any, title: str) -> list[str]:
    """A doubt on a front page: many of its headings lead to pages of their own, that of ``title``,
    which is not the name of the page, among them, and nothing is longer than two paragraphs."""
    linked = dict(_linked_headings(tree))
    wanted = lexicon.folded(title)
    if len(linked) < _OF_LIST or not wanted or wanted in page_name(tree):
        return []
    if all(lexicon.folded(text) != wanted for text in linked.values()):
        return []
    if _words_of_paragraphs(tree) > _OF_TEASERS:
        return []
    if any(_holds_paragraphs(box) for box in {p.getparent() for p in tree.iter("p")}):
        return []
    names = "; ".join(text[:80] for text in list(linked.values())[:5])
    return [f"the page is a list of articles: save each from its own page ({names}; …)"]


def _holds_paragraphs(box: Any) -> bool:
    """Whether an element holds three paragraphs of its own."""
    prose = (p for p in box.iterchildren("p") if count_words(text_of(p)) >= 10)
    return next(islice(prose, 2, None), None) is not None


def _linked_headings(tree: Any) -> Iterator[tuple[str, str]]:
    """The headings of a page that are links: where each leads, and its text."""
    for heading in tree.iter("h1", "h2", "h3", "h4"):
        link = next(heading.iter("a"), None)
        link = next(heading.iterancestors("a"), None) if link is None else link
        text = text_of(heading)
        if link is not None and text and (link.get("href") or "#")[0] != "#":
            yield link.get("href"), text


_OF_LIST = 5  # headings of a front page, at least
_OF_TEASERS = 500  # words of its paragraphs, at most
_SIGNED = ".//time | .//*[contains(@class, 'author') or contains(@class, 'byline')]"


def _whole_articles(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The elements of a page that hold a whole article, each with its headline."""
    for element in tree.xpath("//article[not(ancestor::article)]")[:200]:
        heading = _headline_within(element)
        if heading is not None:
            yield element, heading


def _of_title(found: list[tuple[Any, Any]], title: str, name: str) -> Any:
    """Of several articles the one that has the headline ``title``, on a page of this ``name``;
    else None."""
    wanted = lexicon.folded(title)
    named = (pair for pair in found if lexicon.folded(text_of(pair[1])) == wanted)
    return next((element for element, h in named if wanted in name or h.tag == "h1"), None)


def _headings_of(found: list[tuple[Any, Any]]) -> str:
    """The headlines of several articles, the first five in words."""
    said = [text_of(heading)[:80] for _, heading in found[:5]]
    return "; ".join([*said, "…"] if len(found) > 5 else said)


def _take_out(found: list[tuple[Any, Any]]) -> str:
    """Take articles out of their page; their headlines."""
    names = _headings_of(found)
    for element, _ in found:
        remove(element)
    return names


def _headline_within(article: Any) -> Any:
    """The heading of an element that holds a whole article: two paragraphs and sixty words; else
    None."""
    heading = next(iter(article.iter("h1", "h2", "h3")), None)
    counts = [count_words("".join(p.itertext())) for p in article.iter("p")]
    prose = [c for c in counts if c >= 10]
    return heading if heading is not None and len(prose) >= 2 and sum(prose) >= 60 else None


__all__ = ["read_html"]
