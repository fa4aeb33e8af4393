"""A saved page to an article: metadata from `metadata`, the body by trafilatura, figures apart.

The tree is parsed without network, entities or DTDs. What is shown around the body (captions, credits,
boxes) is taken out before trafilatura sees it, so that none of it can end up among the paragraphs, and
what it still lets through is judged by the same labels as lines of scraped text.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sitegen.base.tags import few_attributes
from sitegen.base.text import count_words
from sitegen.importer import lexicon
from sitegen.importer.claims import Claims, in_aside, text_of
from sitegen.importer.credits import whole_credit
from sitegen.importer.datelines import dateline
from sitegen.importer.detect import decode_html
from sitegen.importer.figures import CAPTION_CLASS, Figure, bare_credit, figure_credits, find_figures, remove
from sitegen.importer.headline import choose_title
from sitegen.importer.language import guess_language, language_code
from sitegen.importer.lines import classify
from sitegen.importer.markup import absolute, blocks_of, join_blocks, plain_block
from sitegen.importer.metadata import choose_authors, gather
from sitegen.importer.model import Imported
from sitegen.importer.pagedate import GUESSED, choose_date
from sitegen.importer.spun import spun_score
from sitegen.model import Image, Person, Source

MAX_BLOCKS = 5000
_GONE = (  # scripts and styles go first
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "form",
    "button",
    "input",
    "select",
    "textarea",
    "svg",
    "canvas",
    "dialog",
    "nav",
)


def read_html(data: bytes, *, url: str = "", zone: str = "") -> Imported:
    """Read a saved page. ``url`` is where it came from, where known; ``zone`` is for times without one.

    Never raises for bad input; what makes the result unsure stands in ``doubts``.
    """
    text, _ = few_attributes(decode_html(data)[0])  # htmldate reads the text, too
    tree = parse_tree(text)
    if tree is None:
        return Imported(doubts=("holds no HTML elements",))
    base = url or _base(tree)
    country = _country(base)
    claims = gather(tree, url, country, zone)
    claims.canonical = absolute(claims.canonical, base) or url
    evidence: list[tuple[str, str]] = []
    doubts: list[str] = []

    title, where = choose_title(claims)
    _note(evidence, "title", title, where)
    authors, where = choose_authors(claims)
    _note(evidence, "authors", authors, where)
    date, where = choose_date(claims, tree, text, url, country, zone)
    _note(evidence, "date", date, where)
    if where == GUESSED:
        doubts.append(f"the date {date} is a guess from the page's text")
    updated = next((v for v, _ in claims.updated if date and v[:10] >= date[:10] and v != date), "")

    figures = find_figures(tree, claims, base)
    standing = _standing_dek(tree, title, tuple(v for v, _ in claims.deks))
    blocks = _body_blocks(tree, base, url)
    captions = {lexicon.folded(f.caption) for f in figures if f.caption}
    headlines = {lexicon.folded(v) for v, w in claims.titles if w in ("h1", "JSON-LD", "meta og:title", "microdata headline")} | {
        lexicon.folded(title)
    }
    blocks, lines = _without_leaks(blocks, headlines, captions, authors)
    blocks = _from_text_on(blocks, claims, authors, title)
    plain = [plain_block(b) for b in blocks]
    lang = language_code(claims.lang) or guess_language("\n".join(plain))
    dek, where = _dek(claims, plain, standing)
    for i in range(min(3, len(plain) - 2)):
        if dek and lexicon.folded(plain[i]) == lexicon.folded(dek) and (i == 0 or blocks[i].startswith("#")):
            del blocks[i], plain[i]
            break
    _note(evidence, "dek", dek, where)
    place = next((p for p in (dateline(t, lang) for t in plain[:2]) if p), "")
    _note(evidence, "dateline", place, "the first paragraph")
    credits = figure_credits(figures) or figure_credits([Figure("", credit=line) for line in lines])
    _note(evidence, "credits", credits, "figures")
    images = tuple(Image(f.src, alt=f.alt, caption=f.caption, creator=f.creator, credit=f.credit) for f in figures if f.src)
    image = next((i for i in images if i.credit or i.caption), images[0] if images else None)
    body = join_blocks(blocks)
    if count_words(body) < 25:
        doubts.append("no running text found")
    if not title:
        doubts.append("no headline found")
    spun, marks = spun_score("\n".join(plain)) if lang in ("", "en") else (0.0, ())
    if spun:
        evidence.append(("spun", "words in the place of others: " + ", ".join(marks[:8])))
    site = claims.site if claims.site and _COMPANY.search(claims.publisher) else claims.publisher or claims.site
    source = Source(site, claims.canonical, claims.license)
    _note(evidence, "source", site, "JSON-LD" if site == claims.publisher else "meta og:site_name")
    _note(evidence, "canonical", claims.canonical, "link rel=canonical" if claims.canonical != url else "given")
    return Imported(
        title=title,
        dek=dek,
        authors=authors,
        credits=credits,
        date=date,
        updated=updated,
        dateline=place,
        image=image,
        images=images,
        source=source,
        canonical=claims.canonical,
        section=claims.section,
        tags=claims.tags,
        lang=lang,
        body=body,
        spun=spun,
        spun_words=marks,
        evidence=tuple(evidence),
        doubts=tuple(doubts),
    )


def parse_tree(text: str) -> Any:
    """An lxml tree of ``text``, or None: no network, no entities of its own, bounded depth (libxml2's 256)."""
    from lxml import etree
    from lxml import html as lxml_html

    text = re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", few_attributes(text.replace("\0", ""))[0])
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _note(evidence: list[tuple[str, str]], field: str, value: object, where: str) -> None:
    if value and where:
        evidence.append((field, where if where == "given" else f"from {where}"))


def _base(tree: Any) -> str:
    for element in tree.xpath("//link[@rel='canonical'][@href] | //meta[@property='og:url'][@content]")[:4]:
        address = element.get("href") or element.get("content") or ""
        if address.startswith("http"):
            return address
    return ""


def _country(url: str) -> str:
    try:
        label = (urlsplit(url).hostname or "").rsplit(".", 1)[-1]
    except ValueError:
        return ""
    return label if len(label) == 2 else ""


# The dek --------------------------------------------------------------------------------------

_DEK_CLASS = re.compile(
    r"(?:^|[\s_-])(?:dek|deck|standfirst|stand-first|subtitle|sub-title|subline|subhead(?:line|ing)?|sub-headline|lead|lede"
    r"|lead-text|leadtext|intro|introduction|vorspann|teaser-?text|article-?(?:intro|lead|summary|teaser|subtitle|description|dek)"
    r"|kicker-?text|chapo|chapeau|entradilla|bajada|sumario|occhiello|sommario|catenaccio|ingress|excerpt|summary|abstract"
    r"|strapline|tagline|headline-?sub|description)(?:$|[\s_-]|__)",
    re.I,
)


def _standing_dek(tree: Any, title: str, said: tuple[str, ...]) -> str:
    """What stands below the headline: the page's own description, or an element named for it (`standfirst` …)."""
    headings = tree.xpath("//h1")[:5]
    heading = next((h for h in headings if lexicon.folded(text_of(h)) == lexicon.folded(title)), headings[0] if headings else None)
    if heading is None:
        return ""
    known = {lexicon.folded(s) for s in said}
    named, below, seen = "", False, 0
    for element in tree.iter():  # document order; the XPath axis `following` would build the whole rest of the page
        if below and isinstance(element.tag, str):
            seen += 1
            if element.tag in ("p", "div", "h2", "h3", "span", "li") and len(element) < 12:
                text = text_of(element)
                if len(text) > 20 and lexicon.folded(text) in known and _stands_apart(element):
                    return text
            if not named and element.get("class") and seen <= 60:
                named = _dek_element(element, title)
            if seen > 120:
                break
        below = below or element is heading
    return named


def _stands_apart(element: Any) -> bool:
    """Whether an element is set off from the paragraphs: a heading, in a header, named for it, or no `p` beside `p`."""
    if element.tag in ("h2", "h3") or any(_DEK_CLASS.search(e.get("class") or "") for e in [element, *list(element.iterancestors())[:1]]):
        return True
    if any(a.tag in ("header", "hgroup") for a in element.iterancestors()):
        return True
    parent = element.getparent()
    return parent is not None and sum(1 for c in parent if c.tag == "p" and len(text_of(c)) > 60) <= 1


def _dek_element(element: Any, title: str) -> str:
    label = (element.get("class") or "") + " " + (element.get("itemprop") or "")
    if (
        element.tag not in ("p", "div", "h2", "h3", "h4", "span", "section", "header", "strong", "em", "li", "ul")
        or len(label) > 300
        or not _DEK_CLASS.search(label)
    ):
        return ""
    if len(element.xpath(".//p | .//a")) > 3 or in_aside(element) or any(a.tag in ("figure", "ul", "li") for a in element.iterancestors()):
        return ""
    if CAPTION_CLASS.search(label) or re.search(r"meta|newsletter|promo|image|media|foto|photo|author|share|nav|date|tag", label, re.I):
        return ""
    text = text_of(element)
    words = text.split()
    if len(set(lexicon.PAGE_WORDS.findall(text))) >= 2 or lexicon.ASKS.match(lexicon.folded(text)):
        return ""
    return text if 5 <= len(words) <= 90 and lexicon.folded(text) != lexicon.folded(title) and not whole_credit(text) else ""


def _dek(claims: Claims, plain: list[str], standing: str) -> tuple[str, str]:
    """(dek, where): what stands below the headline, else the page's description where it is no part of the body.

    A description that repeats the first paragraph, or its beginning, is the machine's, not a dek.
    """
    if standing:
        return standing, "the line below the headline"
    start = lexicon.folded(" ".join(plain[:3]))[:1500]
    for value, where in claims.deks:
        if len(value.split()) < 4 or len(value) > 600 or value.endswith(("...", "…", "[…]", "[...]")):
            continue
        if lexicon.folded(value)[:60] in start:
            continue
        return value, where
    return "", ""


# The body -------------------------------------------------------------------------------------

# Parts of video players, and boxes that networks fill with other outlets' teasers: they carry the names of what they are made with.
_FOREIGN = re.compile(
    r"(?:^|\s)(?:vjs-|video-js|jw-|jwplayer|plyr__|mejs-|fp-ui|brightcove|outbrain|ob-widget|taboola|trc_|revcontent|mgid|zergnet|nativo"
    r"|sharethrough|adsbygoogle|dfp-|google_ads)",
    re.I,
)


def _body_blocks(tree: Any, base: str, url: str) -> list[str]:
    """The article's blocks as Markdown, by trafilatura."""
    import trafilatura
    from trafilatura.settings import Extractor

    for element in list(tree.iter("script", "style", "template")):
        remove(element)
    whole = _size(tree)
    for element in list(tree.iter(*_GONE)):
        # A form may wrap the whole page, and a tag that was never closed swallows what follows it.
        if _size(element) * 3 > whole or (element.tag in ("form", "dialog") and len(element.xpath(".//p")) >= 4):
            element.tag = "div"
        else:
            remove(element)
    for element in tree.xpath("//*[@hidden or @aria-hidden='true']")[:3000]:
        if _size(element) < 2000:  # what is longer is the article behind a paywall's curtain
            remove(element)
    for element in tree.xpath("//*[@class or @id]"):
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag not in ("html", "body") and _FOREIGN.search(label[:300]) and _size(element) * 4 < whole:
            remove(element)
    options = Extractor(
        output_format="python", comments=False, formatting=True, links=True, images=False, tables=True, dedup=False, url=url or None
    )
    document = trafilatura.bare_extraction(tree, options=options)
    body = getattr(document, "body", None)
    if body is None:
        return []
    out: list[str] = []
    for element in body:
        out.extend(blocks_of(element, base))
        if len(out) >= MAX_BLOCKS:
            break
    return [b for b in out if b.strip()]


def _size(element: Any) -> int:
    return sum(len(text) for text in element.itertext())


_ONLY_LINKS = re.compile(r"(?:[\s>*_|·•,:–-]|- |\d{1,2}\. |## |\[[^\[\]]{0,400}\]\([^()\s]{0,2000}\))+")
_LEADS_AWAY = re.compile(
    r"(?:also read|read (?:also|more|next)|related|more|watch|see also|lesen sie (?:auch|mehr)|lies auch|mehr (?:dazu|zum thema)"
    r"|auch interessant|lire aussi|à lire aussi|voir aussi|lee también|leer más|leggi anche|leia (?:também|mais)|lees ook|les også"
    r"|läs (?:också|mer)|læs også|čtěte (?:také|více)|recommended|click here|video|podcast)\s?[|:»>]",
    re.I,
)


_COMPANY = re.compile(r",? (?:GmbH|(?:& Co\. )?KG|AG|Ltd|Inc|LLC|S\.?L\.?U?|S\.?A|S\.?p\.?A|S\.?r\.?l|B\.?V|Limited)\.?$")
_DATA = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:?\d{0,2}\S{0,10}|https?://\S+|(?=.{0,8}年)[\d年月日時分秒:：()（）\s]{6,40}(?:更新|公開|配信|掲載)?[)）]?"
    r"|[-–\s]*(?:aktualisiert|veröffentlicht|updated|published|actualizado|publicado|mis à jour|publié|aggiornato|pubblicato)"
    r"(?: (?:am|on|el|le|il))?[:\s]*",
    re.I,
)


def _without_leaks(
    blocks: list[str], headlines: set[str], captions: set[str], authors: tuple[Person, ...]
) -> tuple[list[str], list[str]]:
    """(``blocks`` without the headline, captions, credits, stamps, link boxes and page furniture that came along, the credits)."""
    squeezed = {h.replace(" ", "") for h in headlines if len(h) > 15}  # kicker and headline, run together
    credits: list[str] = []
    plain = [plain_block(b) for b in blocks]
    labels = {}
    for number, label, _ in classify("\n\n".join(p or "-" for p in plain)):
        labels[(number - 1) // 2] = label
    out: list[str] = []
    seen: set[str] = set()
    total = len(blocks)
    for i, block in enumerate(blocks):
        key, label, words = lexicon.folded(plain[i]), labels.get(i, ""), len(plain[i].split())
        if not key or key in headlines or (key in captions and words >= 3) or (words > 12 and key in seen) or _DATA.fullmatch(plain[i]):
            continue
        if i < 3 and key.replace(" ", "") in squeezed:
            continue
        if any(len(c) > 40 and key.startswith(c) and len(key) < len(c) + 60 for c in captions):
            continue  # a caption with its credit behind it
        if block.startswith("- ") and block.count(" ## ") >= 3:
            continue  # a list of teasers, each with its own heading
        if i < 3 and words >= 4 and any(len(h) > 15 and key.endswith(h) and len(key) < len(h) * 2.2 for h in headlines):
            continue  # kicker and headline in one
        seen.add(key)
        if block.startswith(("|", "```")):
            out.append(block)
            continue
        if "](" in block and words <= (60 if "\n" in block else 18 if plain[i].endswith(".") else 30) and _ONLY_LINKS.fullmatch(block):
            continue
        if words <= 40 and _LEADS_AWAY.match(plain[i]):
            continue
        if label == "noise" and ((words <= 30 and (words <= 8 or lexicon.ASKS.match(key))) or i * 3 > total * 2):
            continue
        if label == "credit":
            credits.append(bare_credit(whole_credit(plain[i])))
            continue
        if label in ("stamp", "byline") and (i < 6 or i >= total - 3):
            continue
        if label == "box" and words <= 5:
            continue
        if (
            i >= total - 4
            and words < 90
            and any(
                plain[i].startswith(p.name) and lexicon.BIO.match(plain[i][len(p.name) :].lstrip(" ,")) for p in authors if len(p.name) > 4
            )
        ):
            continue
        out.append(block)
    # Two equal headings in a row are those of a gallery that has not come along.
    twins = {n for k, b in enumerate(out[1:], 1) if b.startswith("#") and b == out[k - 1] for n in (k - 1, k)}
    out = [b for k, b in enumerate(out) if k not in twins]
    for _ in range(3):
        last = plain_block(out[-1]) if len(out) > 4 else ""
        if last and len(last.split()) < 70 and lexicon.speaks_to_reader(last):
            out.pop()
    while out and (out[-1].startswith("## ") or _announces(out[-1])):
        out.pop()
    return out, [c for c in credits if c]


_JOINS = re.compile(r"\b(?:by|with|and|von|mit|und|par|avec|et|por|con|y|di|e|agencies|agences|agenturen|agencias|agenzie)\b|\W", re.I)


def _announces(block: str) -> bool:
    """Whether a last block only leads to something that has not come along: ``More on the harbour:``."""
    text = plain_block(block)
    return text.endswith((":", "：")) and len(text.split()) <= (8 if block.startswith("**") and block.endswith("**") else 4)


def _from_text_on(blocks: list[str], claims: Claims, authors: tuple[Person, ...], title: str) -> list[str]:
    """``blocks`` without what stands between headline and text: the name of the section, and a byline in pieces."""
    people = sorted({p.name for group in (authors, *(found for found, _ in claims.authors)) for p in group}, key=len, reverse=True)
    labels = {lexicon.folded(w) for w in (claims.section, *claims.tags, claims.site, claims.publisher) if w}
    out = list(blocks)
    for _ in range(3):
        text = plain_block(out[0]) if len(out) > 2 else ""
        if not text or len(text.split()) > 8 or text.endswith((".", "!", "?", ":")):
            break
        rest = text
        for name in people:
            rest = rest.replace(name, " ")
        if lexicon.folded(text) not in labels and (_JOINS.sub("", rest) or (rest == text and not _JOINS.fullmatch(text))):
            break
        out.pop(0)
    return out


__all__ = ["read_html"]
