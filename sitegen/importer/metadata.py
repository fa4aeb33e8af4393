"""What a page says of its article: JSON-LD, then meta tags, then microdata and microformats, then what is seen.

Each source is read into `Claims`, lists of values with where they stood; choosing among them is a
second step, so that sources that agree can outvote one that does not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from sitegen.importer.byline import has_lead, is_organisation, looks_like_name, split_byline
from sitegen.importer.clean import clean_inline
from sitegen.importer.dates import find_stamps, first_value
from sitegen.importer.lexicon import folded
from sitegen.model import Person

MAX_SCRIPT = 2_000_000
MAX_NODES = 5_000
ARTICLE_TYPES = frozenset(
    "NewsArticle Article BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle SatiricalArticle "
    "LiveBlogPosting TechArticle ScholarlyArticle SocialMediaPosting AdvertiserContentArticle Report Review CreativeWork".split()
)
_PAGE_TYPES = frozenset(["WebPage", "ItemPage", "VideoObject"])
_TITLE_META = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "headline",
    "title",
    "hdl",
    "cxenseparse:title",
)
_AUTHOR_META = (
    "author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "article:author_name",
    "article:author",
    "og:article:author",
    "cxenseparse:author",
    "authors",
    "og:author",
    "vr:author",
    "cxenseparse:recs:author",
    "citation_author",
    "dc.creator.creator",
    "article.author",
    "mrf:authors",
)
_DATE_META = (
    "article:published_time",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "date.available",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dc.date",
    "dcterms.issued",
    "article:published",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "published_at",
    "article.published",
    "ptime",
    "pdate",
    "created",
    "date",
    "bt:pubdate",
    "analyticsattributes.articledate",
    "rnews:datepublished",
    "og:pubdate",
    "og:published_time",
    "shareaholic:article_published_time",
    "citation_publication_date",
    "citation_date",
    "timestamp",
    "iso-8601-publish-date",
    "publishedtime",
    "cxenseparse:publishtime",
    "datecreated",
    "displaydate",
    "release_date",
)
_UPDATED_META = (
    "article:modified_time",
    "og:updated_time",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "datemodified",
    "article:modified",
)
_DEK_META = ("og:description", "description", "twitter:description", "dc.description", "dcterms.description", "sailthru.description")
_COMMENT = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$")
_DEGREE = re.compile(r",?\s+(?:Ph\.?\s?D\.?|M\.?D\.?|R\.?D\.?N?\.?|MBA|M\.?A\.?|M\.?Sc\.?|CFP®?)(?=\s*(?:,|$))")
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|a|es)?|auteurs?|profiles?|people|staff|reporters?|journalist(?:en|s|as)?|contributors?|writers?"
    r"|redakteure?|redaktion|firmas?|autore|autori|by|person(?:en)?|users?|experten?|columnists?|team|nutrition-team|bio)/(?:name/"
    r"|id/|\d+/)?[^/?#\s]{2,80}/?(?:[?#].*)?$",
    re.I,
)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_BY_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|author|authors|autor|autoren|auteur|autore|firma|writer|p-author|contributor|article-author"
    r"|signature)(?:s|-?name|-?link|__\w{1,20})?(?:$|[\s_-])",
    re.I,
)
_NOT_BY = re.compile(
    r"comment|related|widget|teaser|recommend|avatar|image|img|photo|bio\b|box|social|share|follow|footer|sidebar|promo|more|desc", re.I
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|pubdate|published|publish-date|time|timestamp|datetime|entry-date|post-date|article-date|dateline"
    r"|posted|meta)(?:$|[\s_-])",
    re.I,
)
_URL_DATE = re.compile(r"/(?P<y>(?:19|20)\d\d)[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_URL_NAME = re.compile(
    r"https?://[^\s]+/(?:author|authors|autor|autoren|profile|people|by|staff|contributors?|person|auteur|redakteure"
    r"|journalist\w{0,3})s?/([\w%.-]{3,60})/?$",
    re.I,
)


_WRITTEN_BY = re.compile(
    r"(?:written|posted) by|author|verfasst von|geschrieben von|autor|écrit par|escrito por|scritto da|geschreven door", re.I
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b(?:\s*(?:Uhr|Uhr\.|[ap]\.?m\.?|h))?|\bUhr\b", re.I)
_STAFF = re.compile(
    r"[^\W\d_][\w .&'’-]{1,40}\s(?:staff|news desk|newsroom|editors|editorial board|redaktion)(?: (?:reporter|writer)s?)?", re.I
)


_EXPERT = re.compile(
    r"^[\w-]{0,40}(?:-Expert(?:e|in)|-Redakteur(?:in)?|-Autor(?:in)?|-Reporter(?:in)?|-Korrespondent(?:in)?)\s+(?=[A-ZÀ-Þ])"
)


class Claims:
    """What the parts of a page say: per field, (value, where) in order of trust."""

    def __init__(self) -> None:
        self.titles: list[tuple[str, str]] = []
        self.authors: list[tuple[tuple[Person, ...], str]] = []
        self.dates: list[tuple[str, str]] = []
        self.updated: list[tuple[str, str]] = []
        self.deks: list[tuple[str, str]] = []
        self.images: list[dict[str, str]] = []
        self.site = ""
        self.publisher = ""
        self.section = ""
        self.tags: tuple[str, ...] = ()
        self.canonical = ""
        self.lang = ""
        self.license = ""
        self.article_type = ""

    def add(self, kind: str, value: str, where: str) -> None:
        text = clean_inline(value)
        if text and len(text) < 3000:
            getattr(self, kind).append((text, where))


def gather(tree: Any, url: str, country: str, zone: str) -> Claims:
    """Everything that ``tree`` (an lxml HTML tree) claims of its article."""
    claims = Claims()
    claims.lang = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    metas = _metas(tree)
    _from_json_ld(tree, claims, country, zone, url)
    _from_meta(tree, metas, claims, country, zone)
    _from_microdata(tree, claims, country, zone)
    _from_page(tree, claims, country, zone)
    return claims


def _metas(tree: Any) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = meta.get("content") or meta.get("value") or ""
        if name and content.strip() and len(out.setdefault(name, [])) < 50:
            out[name].append(content.strip()[:5000])
    return out


# JSON-LD --------------------------------------------------------------------------------------


def _from_json_ld(tree: Any, claims: Claims, country: str, zone: str, url: str) -> None:
    nodes: list[dict[str, Any]] = []
    total = 0
    for script in tree.iter("script"):
        kind = (script.get("type") or "").lower()
        if "ld+json" not in kind:
            continue
        text = script.text or ""
        total += len(text)
        if total > MAX_SCRIPT:
            break
        nodes.extend(_nodes(_loads(text)))
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
    articles = [
        n for n in nodes if _types(n) & ARTICLE_TYPES and (n.get("headline") or n.get("author") or n.get("datePublished") or n.get("name"))
    ]
    articles.sort(key=lambda n: -_article_rank(n, url))
    for node in articles[:1] or [n for n in nodes if _types(n) & _PAGE_TYPES and n.get("datePublished")][:1]:
        _article_node(node, by_id, claims, country, zone)
    for node in nodes:
        if _types(node) & {"WebSite"} and isinstance(node.get("name"), str) and not claims.site:
            claims.site = clean_inline(node["name"])


def _loads(text: str) -> Any:
    text = _COMMENT.sub("", text.strip()).strip().rstrip(";")
    for candidate in (text, _CONTROL.sub(" ", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    try:  # several objects in one script, or rubbish behind the first
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD document that may describe the page, outermost first; bounded."""
    stack, seen = [value], 0
    while stack and seen < MAX_NODES:
        item = stack.pop()
        seen += 1
        if isinstance(item, list):
            stack.extend(reversed(item[:500]))
        elif isinstance(item, dict):
            yield item
            for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "item"):
                if isinstance(item.get(key), (dict, list)):
                    stack.append(item[key])


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {k.rsplit("/", 1)[-1] for k in kinds if isinstance(k, str)}


def _article_rank(node: dict[str, Any], url: str) -> int:
    kinds = _types(node)
    rank = (
        2 * bool(node.get("headline"))
        + bool(node.get("author"))
        + bool(node.get("datePublished"))
        + 2 * bool(kinds & (ARTICLE_TYPES - {"CreativeWork", "Review"}))
    )
    target = json.dumps([node.get("url"), node.get("@id"), node.get("mainEntityOfPage")])[:3000] if url else ""
    return rank + 3 * bool(url and url.rstrip("/") in target)


def _article_node(node: dict[str, Any], by_id: dict[str, dict[str, Any]], claims: Claims, country: str, zone: str) -> None:
    where = "JSON-LD"
    claims.article_type = next(iter(sorted(_types(node) & ARTICLE_TYPES)), "")
    for key in ("headline", "name", "alternativeHeadline"):
        if isinstance(node.get(key), str):
            claims.add("titles", _unescape(node[key]), where if key == "headline" else f"{where} {key}")
    people = _people(node.get("author"), by_id) or _people(node.get("creator"), by_id)
    if people:
        claims.authors.append((people, where))
    for key, kind in (("datePublished", "dates"), ("dateCreated", "dates"), ("dateModified", "updated"), ("uploadDate", "dates")):
        value = node.get(key)
        if isinstance(value, str) and (stamp := first_value(value, "", country, zone)):
            claims.add(kind, stamp, where if key == "datePublished" else f"{where} {key}")
    if isinstance(node.get("description"), str):
        claims.add("deks", _unescape(node["description"]), where)
    publisher = node.get("publisher")
    publisher = by_id.get(publisher.get("@id", ""), publisher) if isinstance(publisher, dict) else publisher
    for item in publisher if isinstance(publisher, list) else [publisher]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and not name.startswith("http") and not claims.publisher:
            claims.publisher = clean_inline(_unescape(name))[:100]
    section = node.get("articleSection")
    section = section[0] if isinstance(section, list) and section else section
    if isinstance(section, str):
        claims.section = clean_inline(_unescape(section))[:80]
    words = node.get("keywords")
    words = words if isinstance(words, list) else re.split(r"\s*[,;]\s*", words) if isinstance(words, str) else []
    claims.tags = tuple(dict.fromkeys(t for w in words[:60] if isinstance(w, str) and 1 < len(t := clean_inline(_unescape(w))) <= 60))[:20]
    if isinstance(node.get("license"), str):
        claims.license = clean_inline(node["license"])[:300]
    if isinstance(node.get("inLanguage"), str) and not claims.lang:
        claims.lang = node["inLanguage"]
    images = node.get("image")
    for item in images[:30] if isinstance(images, list) else [images]:
        item = by_id.get(item.get("@id", ""), item) if isinstance(item, dict) else item
        if isinstance(item, str):
            claims.images.append({"src": item})
        elif isinstance(item, dict):
            claims.images.append(_image_node(item, by_id))


def _image_node(item: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, str]:
    out = {}
    src = item.get("url") or item.get("contentUrl")
    src = src[0] if isinstance(src, list) and src else src
    if isinstance(src, str):
        out["src"] = src
    for key, name in (
        ("caption", "caption"),
        ("creditText", "credit"),
        ("copyrightNotice", "copyright"),
        ("license", "license"),
        ("description", "alt"),
    ):
        if isinstance(item.get(key), str):
            out[name] = clean_inline(_unescape(item[key]))[:1000]
    for key in ("creator", "author", "copyrightHolder", "provider"):
        people = _people(item.get(key), by_id)
        if people and "creator" not in out:
            out["creator"] = ", ".join(p.name for p in people)[:200]
    return out


def _people(value: Any, by_id: dict[str, dict[str, Any]]) -> tuple[Person, ...]:
    out: dict[str, Person] = {}
    for item in value[:40] if isinstance(value, list) else [value]:
        if isinstance(item, dict) and isinstance(item.get("@id"), str) and not item.get("name"):
            item = by_id.get(item["@id"], item)
        name = item.get("name") if isinstance(item, dict) else item
        names = name if isinstance(name, list) else [name]
        for one in names:
            if isinstance(one, dict):
                one = one.get("name")
            if not isinstance(one, str):
                continue
            link = item.get("url") or item.get("sameAs") if isinstance(item, dict) else ""
            link = link if isinstance(link, str) and link.startswith("http") else ""
            organisation = isinstance(item, dict) and "Organization" in "".join(_types(item))
            title = item.get("jobTitle") if isinstance(item, dict) else ""
            role = title if isinstance(title, str) else ""
            people = names_of(_unescape(one), organisation)
            for person in people:
                single = len(people) == 1
                out.setdefault(
                    person.name.casefold(),
                    Person(person.name, person.role or (clean_inline(role)[:60] if single else ""), link if single else "", person.org),
                )
    return tuple(out.values())


def names_of(text: str, organisation: bool = False) -> tuple[Person, ...]:
    """The people of a metadata value: a byline, an address of a profile (dropped), or one organisation."""
    text = clean_inline(text)
    if not text or text.startswith(("http:", "https:", "//", "/", "@")) or "<" in text or len(text) > 400:
        return ()
    text = _EXPERT.sub("", text)
    if organisation and not has_lead(text) and len(text.split()) <= 6:
        return (Person(text),)
    if _STAFF.fullmatch(text) and not has_lead(text):
        return (Person(text),)
    text = _DEGREE.sub("", text)
    reverse = re.fullmatch(r"([^\W\d_]{2,20}), ([^\W\d_]{2,20})", text)
    people = split_byline(f"{reverse[2]} {reverse[1]}" if reverse and not organisation else text)
    return tuple(p for p in people if _plausible(p.name))


def _plausible(name: str) -> bool:
    low = name.casefold()
    if low in (
        "admin",
        "administrator",
        "editor",
        "editors",
        "redaktion",
        "staff",
        "author",
        "null",
        "undefined",
        "none",
        "unknown",
        "webmaster",
        "root",
        "web",
        "online",
        "guest",
        "n/a",
        "by",
    ):
        return low in ("redaktion",)
    return (
        1 < len(name) <= 80
        and any(c.isalpha() for c in name)
        and "://" not in name
        and len(name.split()) <= 8
        and not name.endswith((".", "!", "?"))
    ) or bool(re.search(r"\b(?:Jr|Sr|[A-ZÀ-Þ])\.$", name))


def _unescape(text: str) -> str:
    import html

    return html.unescape(html.unescape(text)) if "&" in text else text


# meta -----------------------------------------------------------------------------------------


def _from_meta(tree: Any, metas: dict[str, list[str]], claims: Claims, country: str, zone: str) -> None:
    for name in _TITLE_META:
        for value in metas.get(name, [])[:1]:
            claims.add("titles", _unescape(value), f"meta {name}")
    for name in _AUTHOR_META:
        people: dict[str, Person] = {}
        for value in metas.get(name, []):
            for person in names_of(_unescape(value)):
                people.setdefault(person.name.casefold(), person)
        if people:
            claims.authors.append((tuple(people.values()), f"meta {name}"))
    for number in "12":
        label = next(iter(metas.get(f"twitter:label{number}", [])), "")
        if _WRITTEN_BY.fullmatch(label) and (found := names_of(_unescape(next(iter(metas.get(f"twitter:data{number}", [])), "")))):
            claims.authors.append((found, "meta twitter:data"))
    for name in _DATE_META:
        for value in metas.get(name, [])[:1]:
            stamp = _meta_date(value, country, zone)
            if stamp:
                claims.dates.append((stamp, f"meta {name}"))
    for name in _UPDATED_META:
        for value in metas.get(name, [])[:1]:
            stamp = _meta_date(value, country, zone)
            if stamp:
                claims.updated.append((stamp, f"meta {name}"))
    for name in _DEK_META:
        for value in metas.get(name, [])[:1]:
            claims.add("deks", _unescape(value), f"meta {name}")
    if metas.get("og:site_name"):
        claims.site = clean_inline(_unescape(metas["og:site_name"][0]))[:100]
    if not claims.section:
        claims.section = clean_inline(_unescape(next((metas[n][0] for n in ("article:section", "parsely-section") if metas.get(n)), "")))[
            :80
        ]
    if not claims.tags:
        words = metas.get("article:tag") or re.split(
            r"\s*[,;]\s*", next((metas[n][0] for n in ("news_keywords", "parsely-tags", "keywords") if metas.get(n)), "")
        )
        claims.tags = tuple(dict.fromkeys(t for w in words[:60] if 1 < len(t := clean_inline(_unescape(w))) <= 60))[:20]
    if metas.get("og:image"):
        claims.images.append({"src": metas["og:image"][0], "alt": (metas.get("og:image:alt") or [""])[0]})
    if metas.get("og:locale") and not claims.lang:
        claims.lang = metas["og:locale"][0]
    for link in tree.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        href = (link.get("href") or "").strip()
        if "canonical" in rel and href and not claims.canonical:
            claims.canonical = href
    if not claims.canonical and metas.get("og:url"):
        claims.canonical = metas["og:url"][0]


def _meta_date(value: str, country: str, zone: str) -> str:
    value = value.strip()
    if re.fullmatch(r"\d{10}(?:\d{3})?", value):
        from datetime import datetime

        return datetime.fromtimestamp(int(value[:10]), UTC).isoformat()
    if re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{4,6}Z?)?", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    return first_value(value, "", country, zone)


# microdata, microformats, and what is seen -----------------------------------------------------


def _from_microdata(tree: Any, claims: Claims, country: str, zone: str) -> None:
    people: dict[str, Person] = {}
    for element in tree.xpath("//*[@itemprop]")[:3000]:
        props = (element.get("itemprop") or "").lower().split()
        if element.tag == "meta" and "headline" not in props and "datepublished" not in props:
            continue
        if in_aside(element):
            continue
        if "headline" in props:
            claims.add("titles", element.get("content") or text_of(element), "microdata headline")
        if "datepublished" in props or "datecreated" in props:
            value = element.get("content") or element.get("datetime") or text_of(element)
            if stamp := first_value(value, claims.lang[:2], country, zone):
                claims.dates.append((stamp, "microdata datePublished"))
        if "author" in props or "creator" in props:
            inner = element.xpath(".//*[@itemprop='name']")
            for one in inner[:10] or [element]:
                for person in names_of(one.get("content") or text_of(one)[:200]):
                    if looks_like_name(person.name) or len(person.name.split()) <= 3:
                        people.setdefault(person.name.casefold(), person)
    if people:
        claims.authors.append((tuple(people.values()), "microdata author"))


def _from_page(tree: Any, claims: Claims, country: str, zone: str) -> None:
    headings = [h for h in tree.iter("h1") if 2 <= len(text_of(h)) < 400]
    for h1 in headings[:3]:
        bare = _without_kicker(h1)
        if bare:
            claims.add("titles", bare, "h1")
        claims.add("titles", text_of(h1), "h1")
    title = tree.find(".//title")
    if title is not None:
        claims.add("titles", text_of(title), "title")
    _from_links(tree, claims)
    seen: list[Any] = []
    for element in tree.xpath("//*[@class or @data-testid or @id]")[:20000]:
        label = f"{element.get('class') or ''} {element.get('data-testid') or ''} {element.get('id') or ''}"
        if (
            len(label) < 400
            and _BY_CLASS.search(label)
            and not _NOT_BY.search(label)
            and element.tag not in ("meta", "script", "img", "link", "svg")
        ):
            seen.append(element)
            if len(seen) >= 60:
                break
    visible: dict[str, Person] = {}
    for element in seen:
        text = text_of(element)
        if not 3 < len(text) <= 160 or in_aside(element):
            continue
        links = [t for a in element.iter("a") if looks_like_name(t := text_of(a))]
        links = [t for t in links if lexicon_clean(t)]
        people = [p for t in links for p in split_byline(t)] or [
            p for p in split_byline(_before_date(text)) if (looks_like_name(p.name) or is_organisation(p.name)) and lexicon_clean(p.name)
        ]
        apart = [t for t in _leaves(element) if looks_like_name(t) and lexicon_clean(t)]
        if not people or (len(apart) > 1 and people[0].name == " ".join(apart)):
            people = [Person(t) for t in apart]
        for person in people:
            if _plausible(person.name):
                visible.setdefault(person.name.casefold(), person)
        if visible:
            break
    if visible:
        claims.authors.append((tuple(visible.values()), "the visible byline"))
    elif not any(" " in person.name for people, _ in claims.authors for person in people):
        _from_words(tree, claims)
    for element in tree.iter("time"):
        value = element.get("datetime") or text_of(element)
        if not in_aside(element) and (stamp := first_value(value, claims.lang[:2], country, zone)):
            published = element.get("pubdate") is not None or re.search(
                r"publi|entry-date|post-date|dt-published|created", (element.get("class") or "") + (element.get("itemprop") or ""), re.I
            )
            updated = re.search(
                r"updat|modif",
                (element.get("class") or "") + (element.getparent().get("class") or "" if element.getparent() is not None else ""),
                re.I,
            )
            if updated and not published:
                claims.updated.append((stamp, "time element"))
            else:
                claims.dates.append((stamp, "time element"))
            if len(claims.dates) > 40:
                break
    for element in tree.xpath("//*[@class or @id]")[:20000]:
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (
            len(label) < 300
            and _DATE_CLASS.search(label)
            and element.tag in ("span", "div", "p", "li", "small", "abbr", "td", "strong", "em", "h5", "h6", "footer", "header", "a", "i")
        ):
            text = text_of(element)
            if 5 < len(text) < 120 and not in_aside(element):
                stamps = find_stamps(text, claims.lang[:2], country, zone)
                if stamps and stamps[0].value:
                    claims.dates.append((stamps[0].value, "the visible date"))
                    break


_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|topline|top-line|dachzeile|spitzmarke|roofline|roof-line|eyebrow|antetitulo|antetítulo|pretitulo|volanta|occhiello|surtitre|"
    r"preheadline|pre-headline|headline-?kicker|intro-?title|headline__(?:topline|kicker|overline)|supertitle|suptitle|rubrik|label|tag)(?:$|[\s_-]|__)",
    re.I,
)


def _without_kicker(h1: Any) -> str:
    """The headline without the words above it where the page marks them: `<span class=kicker>`; else empty."""
    for child in h1.iter("span", "small", "div", "em", "strong", "p", "a"):
        if child is not h1 and _KICKER.search(child.get("class") or ""):
            kicker, whole = text_of(child), text_of(h1)
            if kicker and whole.startswith(kicker) and len(kicker) < len(whole) * 0.7:
                return whole[len(kicker) :].strip(" :|–—-")
    return ""


def _leaves(element: Any) -> list[str]:
    """The texts of the elements within ``element`` that hold no others: names that stand side by side without a sign."""
    return [t for e in element.iter("span", "a", "strong", "b", "em", "li", "p") if not len(e) and (t := " ".join((e.text or "").split()))]


def _from_words(tree: Any, claims: Claims) -> None:
    """A short element that reads ``By Jane Roe``; the last resort."""
    near = set(near_headline(tree))
    for element in tree.iter("p", "em", "small", "strong", "span", "h5", "h4", "li", "div", "address", "i", "b"):
        text = (element.text or "").strip()
        if not text and len(element):
            continue
        if len(element) > 4 or not 5 < len(text) <= 90:
            continue
        whole = text_of(element)
        name = _beside_stamp(whole) if len(whole) <= 90 and element in near else ""
        if name and not in_aside(element):
            claims.authors.append((names_of(name), "the line with the date"))
            return
        whole = re.sub(r"^.{0,30}\d{4}.{0,16}?(?=\b(?:von|by|par|por)\b)", "", whole, flags=re.I)
        if len(whole) <= 110 and has_lead(whole) and not in_aside(element):
            people = tuple(p for p in split_byline(_before_date(whole)) if looks_like_name(p.name))
            if people:
                claims.authors.append((people, "the visible byline"))
                return


def _beside_stamp(text: str) -> str:
    """The name in a line that holds nothing but a date and a name: ``04.02.2022 | 13:10 Uhr | Jane Roe``."""
    stamp = next(iter(find_stamps(text)), None)
    if stamp is None:
        return ""
    rest = _CLOCK.sub(" ", f"{text[: stamp.start]} | {text[stamp.end :]}")
    parts = [p for part in re.split(r"\s*[|·•–—]\s*|\s+-\s+|,\s+", rest) if (p := part.strip(" -,:"))]
    return parts[0] if len(parts) == 1 and (looks_like_name(parts[0]) or has_lead(parts[0])) and lexicon_clean(parts[0]) else ""


def _from_links(tree: Any, claims: Claims) -> None:
    """Names that link to a person's page: `rel=author`, hCard, or an address such as `/author/jane-roe`."""
    rel: dict[str, Person] = {}
    nick: dict[str, Person] = {}
    linked: dict[str, Person] = {}
    for element in tree.xpath(
        "//a[@href or @rel] | //*[contains(concat(' ', normalize-space(@class), ' '), ' p-author ')] | "
        "//*[contains(concat(' ', normalize-space(@class), ' '), ' fn ')]"
    )[:6000]:
        classes = (element.get("class") or "").split()
        by_rel = "author" in (element.get("rel") or "").lower().split() or "p-author" in classes or ("fn" in classes and _in_vcard(element))
        href = element.get("href") or ""
        by_path = bool(href) and len(href) < 300 and bool(_AUTHOR_PATH.search(href))
        if not (by_rel or by_path):
            continue
        text = text_of(element)
        if not 1 < len(text) <= 80 or in_aside(element):
            continue
        people = [p for p in names_of(text) if looks_like_name(p.name)] if lexicon_clean(text) else []
        for person in people:
            (rel if by_rel else linked).setdefault(
                person.name.casefold(),
                Person(person.name, person.role, href if href.startswith("http") and len(people) == 1 else "", person.org),
            )
        if (
            not people
            and len(text.split()) <= 2
            and len(text) <= 30
            and (by_rel or "username" in classes or (by_path and _in_byline(element)))
            and _plausible(text)
            and not nick
        ):
            nick[text.casefold()] = Person(text)
    if rel and len(rel) <= 6:
        claims.authors.append((tuple(rel.values()), "rel=author"))
    if linked and len(linked) <= 4:
        claims.authors.append((tuple(linked.values()), "a link to the author's page"))
    if nick:
        claims.authors.append((tuple(nick.values()), "a user's name"))


def _in_byline(element: Any) -> bool:
    above = element.getparent()
    return above is not None and bool(_BY_CLASS.search(above.get("class") or "")) and not _NOT_BY.search(above.get("class") or "")


def _in_vcard(element: Any) -> bool:
    for depth, parent in enumerate(element.iterancestors()):
        if depth > 3:
            return False
        label = (parent.get("class") or "").lower().split()
        if "vcard" in label or "h-card" in label or "author" in label or "byline" in label:
            return "comment-author" not in label and not any("comment" in c for c in label)
    return False


def choose_authors(claims: Claims) -> tuple[tuple[Person, ...], str]:
    """(people, where): the first claim that names people; an outlet's own name only where nothing else is found."""
    sites = {_squeeze(n) for n in (claims.site, claims.publisher, _host_name(claims.canonical)) if n}

    def outlet(person: Person) -> bool:
        key = _squeeze(person.name)
        if key in _PUBLISHERS:
            return True
        return (
            key in sites
            or (any(len(s) > 3 and (s in key or key in s) for s in sites) and not looks_like_name(person.name))
            or bool(re.search(r"\.\w{2,4}$", person.name))
        )

    ranked = sorted(claims.authors, key=lambda c: c[1] in ("a user's name", "meta twitter:data"))
    first = ranked[0][0] if ranked else ()
    for people, where in ranked:
        if any(looks_like_name(p.name) and not outlet(p) for p in people):
            if where == "a link to the author's page" and first and not all(outlet(p) for p in first):
                continue
            people, where = _agreed(people, where, claims)
            # An outlet among people is kept as written (`Jane Roe, Daily Post`) unless it is the page's own host.
            return tuple(p for p in people if (looks_like_name(p.name) and not outlet(p)) or not re.search(r"\.\w{2,4}$", p.name)), where
    for people, where in ranked:
        real = tuple(p for p in people if not outlet(p))
        if real and where != "a link to the author's page":
            return people, where
    return ranked[0] if ranked else _owner(claims)


def _agreed(people: tuple[Person, ...], where: str, claims: Claims) -> tuple[tuple[Person, ...], str]:
    """The visible byline in the place of ``people``, where it names more of them and is not alone with that, or far fewer."""
    shown = next((p for p, w in claims.authors if w == "the visible byline"), ())
    theirs, seen = _keys(people), _keys(shown)
    if theirs < seen and sum(_keys(p) == seen for p, _ in claims.authors) >= 2:
        return shown, "the visible byline"
    return (shown, "the visible byline") if seen and seen < theirs and len(theirs) > 3 else (people, where)


def _keys(people: tuple[Person, ...]) -> set[str]:
    return {p.name.casefold() for p in people}


def _owner(claims: Claims) -> tuple[tuple[Person, ...], str]:
    """The person whose name is that of the whole site (`Jane Roe`, janeroe.example): the last resort."""
    host = _host_name(claims.canonical).rsplit(".", 1)[0].rsplit(".", 1)[-1].replace("-", "")
    named = [claims.site, claims.publisher, *(p for t, w in claims.titles if w == "title" for p in _SITE_SPLIT.split(t))]
    for text in named:
        name = re.sub(r"^(?:(?:Dr|Prof|Dipl|Mag)\.\s?(?:-\w+\.\s?)?)+", "", clean_inline(text))
        if host and looks_like_name(name) and _squeeze(name) == host:
            return (Person(name),), "the name of the site"
    return (), ""


# Houses that own many outlets and sign as the author of every page.
_PUBLISHERS = frozenset(["condénast", "condenast", "hearst", "bloomberg", "voxmedia", "dotdashmeredith", "gannett", "advancelocal"])


def _squeeze(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def _host_name(url: str) -> str:
    match = re.match(r"https?://(?:www\.|m\.|amp\.)?([^/:]+)", url or "")
    return match[1] if match else ""


def lexicon_clean(text: str) -> bool:
    """Whether a link's text is a name rather than a button such as `Alle Posts`."""
    return not re.search(
        r"\b(?:alle|all|mehr|more|posts?|beiträge|artikel|articles|profil|profile|about|über|view|website|twitter|facebook"
        r"|instagram|contact|kontakt|follow)\b",
        text,
        re.I,
    )


def _before_date(text: str) -> str:
    stamps = find_stamps(text)
    return text[: stamps[0].start] if stamps and stamps[0].start > 3 else text


_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|comment-(?:list|area|body|author|content)|respond|related|related-\w{1,12}"
    r"|recommend\w{0,8}|teasers?|(?<!has-)(?<!double-)(?<!no-)(?<!with-)sidebar|most-?read|trending|more-?stories|read-?more|footer"
    r"|widget-area|navigation|menu)(?:$|[\s_]|--)",
    re.I,
)


def in_aside(element: Any) -> bool:
    """Whether an element belongs to comments, teasers or the page's frame rather than to the article."""
    inside = False
    for depth, parent in enumerate(element.iterancestors()):
        if depth > 14 or parent.tag in ("body", "html"):
            break
        inside = inside or parent.tag == "aside"
        if parent.tag == "article":
            return False  # asides within the article often hold its byline
        if parent.tag == "nav" or (parent.tag == "footer" and not re.search(r"meta|byline|author", parent.get("class") or "", re.I)):
            return True
        label = f"{parent.get('class') or ''} {parent.get('id') or ''}"
        if parent.tag != "main" and len(label) < 300 and _ASIDE.search(label):
            return True
    return inside


def text_of(element: Any) -> str:
    """The text of an element, blanks folded; a line break counts as a blank."""
    parts = []
    for event in element.iter():
        if not isinstance(event.tag, str):
            if event is not element and event.tail:
                parts.append(event.tail)
            continue
        if event.tag in ("script", "style", "noscript", "template", "svg"):
            if event is not element and event.tail:
                parts.append(event.tail)
            continue
        if event.tag in ("br", "p", "div", "li", "td", "h1", "h2", "h3", "h4"):
            parts.append(" ")
        if event.text and not _hidden_script(event):
            parts.append(event.text)
        if event is not element and event.tail:
            parts.append(event.tail)
        if len(parts) > 4000:
            break
    return " ".join("".join(parts).split())


def _hidden_script(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in ("script", "style", "svg")


# Choosing -------------------------------------------------------------------------------------

_SITE_SPLIT = re.compile(r"\s+[|–—·•»:-]+\s+|\s*[|｜]\s*|\s*：(?=[^：]{2,20}$)|\s+-\s+|\s*»\s*|\s+:\s+|--")
_PUBLISHED = re.compile(r"\s*\(Published (?:19|20)\d\d\)$")
PRIOR = {
    "JSON-LD": 1.4,
    "meta og:title": 0.7,
    "h1": 1.1,
    "another h1": 0.9,
    "title": 0.35,
    "microdata headline": 1.5,
    "meta twitter:title": 0.45,
    "JSON-LD name": 0.3,
    "JSON-LD alternativeHeadline": 0.9,
}


_FURNITURE = frozenset(
    "menu|menü|navigation|suche|search|kommentare|neueste kommentare|comments|recent comments|kategorien|categories|archiv|archive|archives"
    "|newsletter|home|blog|aktuelles|opinion|news|about us".split("|")
)
_LABEL = re.compile(r"(?:[\d./ :-]{6,20}|presse-?mitteilung|medienmitteilung|press release|blog|communiqué)\s*[|:–—-]\s*", re.I)


def choose_title(claims: Claims) -> tuple[str, str]:
    """(title, where): the headline that several places agree on, cleaned of the site's name."""
    votes: dict[str, float] = {}
    told: dict[str, set[str]] = {}
    shown: dict[str, tuple[str, str]] = {}
    seen_h1 = False
    agreed = _agreed_title(claims)
    for value, where in claims.titles:
        text = _PUBLISHED.sub("", strip_site(value, claims))
        key = _title_key(text)
        if not key or len(text) < 3 or _is_site(text, claims):
            continue
        if where == "h1" and (key in _FURNITURE or _stray(key, agreed)):
            continue
        if where == "h1":
            where, seen_h1 = ("another h1" if seen_h1 else "h1"), True
        votes[key] = votes.get(key, 0.0) + PRIOR.get(where, 0.4)
        told.setdefault(key, set()).add(where)
        shown.setdefault(key, (text, where))
    if not votes:
        return next(((v, w) for v, w in claims.titles if w == "h1"), ("", ""))
    _share(votes, told, {k: t for k, (t, _) in shown.items()})
    key = max(votes, key=lambda k: votes[k])
    text, where = shown[key]
    if told[key] <= {"title", "meta og:title", "meta twitter:title", "JSON-LD name"} and " | " in text:
        head = text.rsplit(" | ", 1)[0]
        text = head if len(head.split()) >= 4 else text  # what stands behind the bar of a page's name is the site's
    return text, where


def _share(votes: dict[str, float], told: dict[str, set[str]], texts: dict[str, str]) -> None:
    """Let headlines that hold one another vote together.

    ``Headline | Section`` and ``Kicker: headline`` speak for the bare headline, too, where another place has
    it so; a kicker that the page gives to those who share it (og:title) is part of the headline.
    """
    for long in list(votes):
        for short in list(votes):
            if texts[long].startswith(texts[short]) and texts[long][len(texts[short]) :].lstrip()[:1] in ('"', "“", "„"):
                votes[long] += votes[short]  # cut off at a quote, by an attribute's end
                break
            spaced = " " in short or any("\u3040" <= c <= "\u9fff" for c in short)
            if len(short) < 12 or len(long) <= len(short) + 3 or not spaced or not _contains_whole(long, short):
                continue
            if long.endswith(short) and "meta og:title" in told[long] and not _LABEL.fullmatch(long[: -len(short)]):
                votes[long] += votes[short] * 0.8
            else:
                votes[short] += votes[long] * 0.8
            break


def _title_key(text: str) -> str:
    return folded(re.sub(r"[–—‐‑]", "-", text))


def _agreed_title(claims: Claims) -> str:
    """What the page's name and the name it gives to those who share it have in common, where they are the same."""
    named = {w: _title_key(strip_site(v, claims)) for v, w in reversed(claims.titles) if w in ("title", "meta og:title")}
    return named.get("title", "") if len(named) == 2 and len(set(named.values())) == 1 else ""


def _stray(key: str, agreed: str) -> bool:
    """A heading of one or two words of which the page's name knows nothing: the section, a city, a column."""
    return bool(agreed) and len(key.split()) <= 2 and len(agreed.split()) > 2 and key not in agreed


def _contains_whole(long: str, short: str) -> bool:
    if long.startswith(short):
        return bool(re.match(r"\s*(?:[|–—·•»/(]|- |: )", long[len(short) :]))
    return long.endswith(short) and bool(re.search(r"(?:[|–—·•»/:]|- )\s*$", long[: -len(short)]))


def strip_site(text: str, claims: Claims) -> str:
    """``text`` without the outlet's name behind the last (or before the first) separator."""
    names = {folded(n) for n in (claims.site, claims.publisher) if n}
    host = re.match(r"https?://(?:www\.)?([^/:]+)", claims.canonical or "")
    bare = re.sub(r"[^a-z0-9]", "", host[1].rsplit(".", 1)[0].split(".")[-1]) if host else ""
    for _ in range(3):
        cuts = list(_SITE_SPLIT.finditer(text))
        if not cuts:
            break
        tail, head = text[cuts[-1].end() :], text[: cuts[0].start()]
        if _names_site(tail, names, bare):
            text = text[: cuts[-1].start()].strip()
        elif _names_site(head, names, bare):
            text = text[cuts[0].end() :].strip()
        else:
            break
    return text


def _names_site(part: str, names: set[str], bare: str) -> bool:
    key = folded(part)
    if not key or len(key) > 60:
        return False
    squeezed = re.sub(r"[^\w]", "", key)
    return (
        key in names
        or (
            len(squeezed) > 2
            and bool(bare)
            and (
                squeezed == bare
                or squeezed.removeprefix("the") == bare.removeprefix("the")
                or (squeezed.startswith(bare) and len(bare) > 3)
            )
        )
        or any(n and (key.startswith(n) or (n.startswith(key) and len(key) > 3) or (n in key and len(n) > 4)) for n in names)
    )


def _is_site(text: str, claims: Claims) -> bool:
    host = re.sub(r"[^a-z0-9]", "", _host_name(claims.canonical).rsplit(".", 1)[0].rsplit(".", 1)[-1])
    return folded(text) in {folded(claims.site), folded(claims.publisher), host} - {""}


def near_headline(tree: Any) -> list[Any]:
    """The elements around the headline, those behind it first, each group by its distance."""
    heading = next(iter(tree.xpath("//h1")), None)
    if heading is None:
        return []
    before: list[Any] = []
    behind: list[Any] = []
    met = False
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "option"):
            continue
        met = met or element is heading
        (behind if met else before).append(element)
        if len(behind) > 61:
            break
    return behind[1:] + before[-25:][::-1]


def date_by_headline(tree: Any, lang: str, country: str, zone: str) -> str:
    """The first whole date in a short element near the headline; relative dates are none."""
    for element in near_headline(tree):
        text = " ".join((element.text or "").split())
        if not text and len(element) <= 4:
            text = text_of(element)
        if 6 <= len(text) <= 90 and not in_aside(element):
            stamps = [s for s in find_stamps(text, lang, country, zone) if s.value]
            if stamps and len(text) - (stamps[0].end - stamps[0].start) <= 45:
                return stamps[0].value
    return ""


def url_date(url: str) -> str:
    """The day in an address such as ``/2021/12/30/slug``."""
    match = _URL_DATE.search(url or "")
    return f"{match['y']}-{match['m']}-{match['d']}" if match else ""
