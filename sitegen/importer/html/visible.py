"""What is seen of an article's authors, dates and headlines: microdata, microformats, bylines,
links to authors."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sitegen.importer.fields.timestamps import find_stamps, first_value
from sitegen.importer.fields.vocabulary import UPDATED, folded
from sitegen.importer.html.candidates import Claims, in_aside, text_of
from sitegen.model.article import Person
from sitegen.names.byline import cut_helpers, plausible, read_people, split_byline
from sitegen.names.shape import is_organisation, looks_like_name

_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|a|es)?|auteurs?|profiles?|people|staff|reporters?|journalist(?:en|s|as)?|contributors?|writers?"
    r"|redakteure?|redaktion|firmas?|autore|autori|by|person(?:en)?|users?|experten?|columnists?|team|nutrition-team|bio)/(?:name/"
    r"|id/|\d+/)?[^/?#\s]{2,80}/?(?:[?#].*)?$",
    re.I,
)
_BY_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|author|authors|autor|autoren|auteur|autore|firma|writer|p-author|contributor|article-author"
    r"|signature)(?:s|-?name|-?link|__\w{1,20})?(?:$|[\s_-])",
    re.I,
)
_NOT_BY = re.compile(
    r"comment|related|widget|teaser|recommend|avatar|image|img|photo|bio\b|box|social|share|follow|footer|sidebar|promo|more|desc",
    re.I,
)
ABOVE = "a date above the headline"
_LIBRARY = re.compile(
    r"//(?:[\w-]{1,20}\.)?(?:wikimedia|wikipedia|flickr|unsplash|pixabay|pexels)\.(?:org|com)/",
    re.I,
)
_BARE = re.compile(r"((?:19|20)\d\d-[01]\d-[0-3]\d)[T ]([0-2]\d:[0-5]\d:[0-5]\d)")
_TAGS = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))(?:[Tt]ags?|[Tt]opics?|[Kk]eywords?)(?:$|[\s_-]|(?=[A-Z]))"
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|pubdate|published|publish-date|time|timestamp|datetime|entry-date|post-date|article-date|dateline"
    r"|posted|meta)(?:$|[\s_-])",
    re.I,
)


def from_microdata(tree: Any, claims: Claims, country: str, zone: str) -> None:
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
                for person in read_people(one.get("content") or text_of(one)[:200]):
                    if looks_like_name(person.name) or len(person.name.split()) <= 3:
                        people.setdefault(person.name.casefold(), person)
    if people:
        claims.authors.append((tuple(people.values()), "microdata author"))


def from_h_entry(tree: Any, claims: Claims, country: str, zone: str) -> None:
    """What the page's one entry says in the words of microformats2 (https://microformats.org/wiki/h-entry)."""
    entries = [
        e
        for e in _with_class(tree, "h-entry")
        if not any(_has_class(a, "h-entry") for a in e.iterancestors())
    ]
    if len(entries) != 1:
        return
    entry = entries[0]
    people: dict[str, Person] = {}
    for element in _with_class(entry, "p-author")[:20]:
        named = _with_class(element, "p-name")[:1] or [element]
        href = element.get("href") or ""
        for person in read_people(text_of(named[0])[:200], claims.lang):
            url = person.url or (href if href.startswith("http") else "")
            people.setdefault(
                person.name.casefold(), Person(person.name, person.role, url, person.org)
            )
    if people:
        claims.authors.append((tuple(people.values()), "h-entry"))
    for kind, found in (("dt-published", claims.dates), ("dt-updated", claims.updated)):
        for element in _with_class(entry, kind)[:1]:
            if stamp := first_value(
                element.get("datetime") or text_of(element), claims.lang[:2], country, zone
            ):
                found.append((stamp, "h-entry"))
    for element in (_with_class(entry, "p-canonical") or _with_class(entry, "u-canonical"))[:1]:
        claims.canonical = claims.canonical or (element.get("href") or "").strip()


def _with_class(tree: Any, name: str) -> list[Any]:
    return list(
        tree.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
    )


def _has_class(element: Any, name: str) -> bool:
    return name in (element.get("class") or "").split()


def from_page(tree: Any, claims: Claims, country: str, zone: str) -> None:
    for h1 in _headlines(tree)[:3]:
        bare = _without_kicker(h1)
        if bare:
            claims.add("titles", bare, "h1")
        claims.add("titles", text_of(h1), "h1")
    title = tree.find(".//title")
    if title is not None:
        named = text_of(title)
        claims.add("titles", named, "title")
        stamps = find_stamps(named[-60:], claims.lang[:2], country, zone)
        if (
            stamps
            and stamps[-1].value
            and re.search(r"[|(–—-]\s*$", named[-60:][: stamps[-1].start])
            and stamps[-1].end >= len(named[-60:]) - 1
        ):
            claims.dates.append((stamps[-1].value, "the page's name"))
    _from_links(tree, claims)
    seen: list[Any] = []
    for element in tree.xpath("//*[@class or @data-testid or @id]")[:20000]:
        label = (
            f"{element.get('class') or ''} {element.get('data-testid') or ''}"
            f" {element.get('id') or ''}"
        )
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
        if not 3 < len(text) <= 160 or in_aside(element) or of_another(element, text):
            continue
        authors, helpers = cut_helpers(text)
        links = [t for a in element.iter("a") if looks_like_name(t := text_of(a)) and t in authors]
        links = [t for t in links if lexicon_clean(t)]
        people = [p for t in links for p in split_byline(t, claims.lang)] or [
            p
            for p in split_byline(before_date(text), claims.lang)
            if (looks_like_name(p.name) or is_organisation(p.name)) and lexicon_clean(p.name)
        ]
        apart = [
            t for t in _leaves(element) if looks_like_name(t) and lexicon_clean(t) and t in authors
        ]
        if not people or (len(apart) > 1 and people[0].name == " ".join(apart)):
            people = [Person(t) for t in apart]
        for person in people:
            if plausible(person.name):
                visible.setdefault(person.name.casefold(), person)
        if visible:
            claims.helpers += helpers
            break
    if visible:
        claims.authors.append((tuple(visible.values()), "the visible byline"))
    for element in tree.iter("time"):
        value = element.get("datetime") or text_of(element)
        if not in_aside(element) and (stamp := first_value(value, claims.lang[:2], country, zone)):
            if (clock := _BARE.fullmatch(value.strip())) and len(claims.clocks) < 20:
                claims.clocks.append(datetime.fromisoformat(f"{clock[1]}T{clock[2]}"))
            published = element.get("pubdate") is not None or re.search(
                r"publi|entry-date|post-date|dt-published|created",
                (element.get("class") or "") + (element.get("itemprop") or ""),
                re.I,
            )
            updated = re.search(
                r"updat|modif",
                (element.get("class") or "")
                + (
                    element.getparent().get("class") or ""
                    if element.getparent() is not None
                    else ""
                ),
                re.I,
            )
            if (updated and not published) or UPDATED.search(_words_before(element)):
                claims.updated.append((stamp, "time element"))
            else:
                claims.dates.append((stamp, "time element"))
            if len(claims.dates) > 40:
                break
    above = _above_headline(tree)
    for element in tree.xpath("//*[@class or @id]")[:20000]:
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (
            len(label) < 300
            and _DATE_CLASS.search(label)
            and element.tag
            in (
                "span",
                "div",
                "p",
                "li",
                "small",
                "abbr",
                "td",
                "strong",
                "em",
                "h5",
                "h6",
                "footer",
                "header",
                "a",
                "i",
            )
        ):
            text = text_of(element)
            if 5 < len(text) < 120 and not in_aside(element):
                stamps = find_stamps(text, claims.lang[:2], country, zone)
                first = next(
                    (s for s in stamps if s.value and not UPDATED.search(text[: s.start])), None
                )
                claims.updated += [
                    (s.value, "the visible date")
                    for s in stamps
                    if s.value and UPDATED.search(text[: s.start])
                ]
                if first:
                    claims.dates.append(
                        (first.value, ABOVE if element in above else "the visible date")
                    )
                    break


def _words_before(element: Any) -> str:
    """The few words right before an element, such as the label of its date."""
    before = element.getprevious()
    parent = element.getparent()
    text = (
        (before.tail or text_of(before))
        if before is not None
        else (parent.text if parent is not None else "")
    )
    words = " ".join((text or "").split())
    return words if len(words) <= 40 else ""


def of_another(element: Any, text: str) -> bool:
    """Whether a byline belongs to a teaser, which is one link as a whole, or to a picture of a free
    library."""
    if any(_LIBRARY.search(a.get("href") or "") for a in element.iter("a")):
        return True
    above = next((a for a in element.iterancestors() if a.tag == "a"), None)
    return above is not None and len(text_of(above)) > len(text) + 20


def _headlines(tree: Any) -> list[Any]:
    """The headings that may be the headline: each `h1` but those of menus and boxes; without any,
    the one that the page's name holds."""
    title = tree.find(".//title")
    name = folded(text_of(title)) if title is not None else ""
    main = _main_heading(tree)
    named = main is not None and bool(name) and folded(text_of(main)) in name
    headings = [h for h in tree.iter("h1") if 2 <= len(text_of(h)) < 400]
    kept = [
        h
        for h in headings
        if folded(text_of(h)) in name or not _heads_a_box(h, named and main is not h)
    ]
    return kept or ([main] if named and main is not None else headings)


def _heads_a_box(h1: Any, another: bool) -> bool:
    """Whether a heading is above a list of links, or in the page's frame; ``another`` heading is in
    the page's name.

    Of a page's frame are also headings of a word or two, if the page's name knows another one.
    """
    if another and len(text_of(h1).split()) <= 2:
        return True
    if in_aside(h1):
        return True
    text = linked = 0
    for element in h1.itersiblings():
        if element.tag in ("h1", "h2", "h3"):
            break
        if isinstance(element.tag, str):
            text += len(text_of(element))
            linked += sum(len(text_of(a)) for a in element.iter("a"))
    return another and text > 0 and linked * 10 > text * 6


_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|topline|top-line|dachzeile|spitzmarke|roofline|roof-line|eyebrow|antetitulo|antetítulo|pretitulo|volanta|occhiello|surtitre|"
    r"preheadline|pre-headline|headline-?kicker|intro-?title|headline__(?:topline|kicker|overline)|supertitle|suptitle|rubrik|label|tag)(?:$|[\s_-]|__)",
    re.I,
)


def _without_kicker(h1: Any) -> str:
    """The headline without the words above it where the page marks them: `<span class=kicker>`;
    else empty."""
    for child in h1.iter("span", "small", "div", "em", "strong", "p", "a"):
        if child is not h1 and _KICKER.search(child.get("class") or ""):
            kicker, whole = text_of(child), text_of(h1)
            if kicker and whole.startswith(kicker) and len(kicker) < len(whole) * 0.7:
                return whole[len(kicker) :].strip(" :|–—-")
    return ""


def _leaves(element: Any) -> list[str]:
    """The texts of the elements within ``element`` that hold no others: names that stand side by
    side without a sign."""
    return [
        t
        for e in element.iter("span", "a", "strong", "b", "em", "li", "p")
        if not len(e) and (t := " ".join((e.text or "").split()))
    ]


def _from_links(tree: Any, claims: Claims) -> None:
    """Names that link to a person's page: `rel=author`, hCard, or an address such as `/author/jane-
    roe`."""
    rel: dict[str, Person] = {}
    nick: dict[str, Person] = {}
    linked: dict[str, Person] = {}
    for element in tree.xpath(
        "//a[@href or @rel] | //*[contains(concat(' ', normalize-space(@class), ' '), ' p-author"
        " ')] | //*[contains(concat(' ', normalize-space(@class), ' '), ' fn ')]"
    )[:6000]:
        classes = (element.get("class") or "").split()
        by_rel = (
            "author" in (element.get("rel") or "").lower().split()
            or "p-author" in classes
            or ("fn" in classes and _in_vcard(element))
        )
        href = element.get("href") or ""
        by_path = bool(href) and len(href) < 300 and bool(_AUTHOR_PATH.search(href))
        if not (by_rel or by_path):
            continue
        text = text_of(element)
        if (
            not 1 < len(text) <= 80
            or in_aside(element)
            or (not by_rel and (_in_sentence(element, text) or _is_section(href, claims)))
        ):
            continue
        people = (
            [p for p in read_people(text) if looks_like_name(p.name)] if lexicon_clean(text) else []
        )
        for person in people:
            (rel if by_rel else linked).setdefault(
                person.name.casefold(),
                Person(
                    person.name,
                    person.role,
                    href if href.startswith("http") and len(people) == 1 else "",
                    person.org,
                ),
            )
        if (
            not people
            and len(text.split()) <= 2
            and len(text) <= 30
            and (by_rel or "username" in classes or (by_path and _in_byline(element)))
            and plausible(text)
            and not nick
        ):
            nick[text.casefold()] = Person(text)
    if rel and len(rel) <= 6:
        claims.authors.append((tuple(rel.values()), "rel=author"))
    if linked and len(linked) <= 4:
        claims.authors.append((tuple(linked.values()), "a link to the author's page"))
    if nick:
        claims.authors.append((tuple(nick.values()), "a user's name"))


def _in_sentence(element: Any, text: str) -> bool:
    """Whether a link is in running text or among tags, as one to a page about a person does who
    is written of."""
    if any(_TAGS.search(a.get("class") or "") for a in list(element.iterancestors())[:3]):
        return True
    above = next((a for a in element.iterancestors() if a.tag in ("p", "blockquote")), None)
    return above is not None and len(text_of(above)) > len(text) + 150


def _is_section(href: str, claims: Claims) -> bool:
    """Whether the article's own address lies below ``href``: `/people/real-life/` is a section
    then, no person."""
    path = re.sub(r"^https?://[^/]+", "", href).split("?")[0].rstrip("/")
    return len(path) > 2 and re.sub(r"^https?://[^/]+", "", claims.canonical).startswith(path + "/")


def _in_byline(element: Any) -> bool:
    above = element.getparent()
    return (
        above is not None
        and bool(_BY_CLASS.search(above.get("class") or ""))
        and not _NOT_BY.search(above.get("class") or "")
    )


def _in_vcard(element: Any) -> bool:
    for depth, parent in enumerate(element.iterancestors()):
        if depth > 3:
            return False
        label = (parent.get("class") or "").lower().split()
        if "vcard" in label or "h-card" in label or "author" in label or "byline" in label:
            return "comment-author" not in label and not any("comment" in c for c in label)
    return False


def lexicon_clean(text: str) -> bool:
    """Whether a link's text is a name rather than a button such as `Alle Posts`."""
    return not re.search(
        r"\b(?:alle|all|mehr|more|posts?|beiträge|artikel|articles|profil|profile|about|über|view|website|twitter|facebook"
        r"|instagram|contact|kontakt|follow)\b",
        text,
        re.I,
    )


def before_date(text: str) -> str:
    stamps = find_stamps(text)
    return text[: stamps[0].start] if stamps and stamps[0].start > 3 else text


def _main_heading(tree: Any) -> Any:
    """The first heading of three words or more that the page's name holds, else the first h1."""
    title = tree.find(".//title")
    name = folded(text_of(title)) if title is not None else ""
    first = None
    for element in tree.iter("h1", "h2"):
        if first is None and element.tag == "h1":
            first = element
        text = folded(text_of(element))
        if len(text.split()) >= 3 and text in name:
            return element
    return first


def _above_headline(tree: Any) -> set[Any]:
    """The elements before the headline that belong to the page's head: what is dated there may be
    today."""
    heading, out = _main_heading(tree), set()
    for element in tree.iter() if heading is not None else ():
        if element is heading or element.tag in ("article", "main"):
            break
        out.add(element)
    return out


def near_headline(tree: Any) -> list[Any]:
    """The elements around the headline, those behind it first, each group by its distance."""
    heading = _main_heading(tree)
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
    """The first whole date in a short element near the headline; relative dates do not count."""
    for element in near_headline(tree):
        text = " ".join((element.text or "").split())
        if len(element) <= 4 and len(text) < 30 and not find_stamps(text, lang, country, zone):
            text = text_of(element)
        if 6 <= len(text) <= 90 and not in_aside(element):
            label = _words_before(element) + " "
            stamps = [
                s
                for s in find_stamps(text, lang, country, zone)
                if s.value and not UPDATED.search(label + text[: s.start])
            ]
            if stamps and len(text) - (stamps[0].end - stamps[0].start) <= 45:
                return stamps[0].value
    return ""
