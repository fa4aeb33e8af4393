"""Who wrote an article where no markup says so: lines with `By`, boxes about the author, signatures
below the text.

Read only where nothing else on the page names a person; the first reading that finds one ends it.
"""

from __future__ import annotations

import re
from typing import Any

from sitegen.base.calendar import WEEKDAYS
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.timestamps import find_stamps
from sitegen.importer.html.candidates import Claims, in_aside, text_of
from sitegen.importer.html.outlets import is_outlet, names_person
from sitegen.importer.html.visible import before_date, lexicon_clean, near_headline, of_another
from sitegen.model.article import Person
from sitegen.names.byline import has_lead, plausible, read_people, split_byline, strip_lead
from sitegen.names.shape import is_organisation, looks_like_name

_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b(?:\s*(?:Uhr|Uhr\.|[ap]\.?m\.?|h))?|\bUhr\b", re.I)
_SHORT = ("p", "em", "small", "strong", "span", "h5", "h4", "li", "div", "address", "i", "b")
_BOX = re.compile(
    r"(?:^|[\s_-])(?:author|autor(?:en|in)?|auteur|autore|writer)s?(?:$|[\s_-])", re.I
)
_BOX_PART = re.compile(r"bio|box|card|info|profile|about|detail|block", re.I)
_OTHERS = re.compile(r"comment|related|recommend|listing|read-?more|most-?read", re.I)
# Chinese and Japanese newsrooms name reporters, else the editor in charge, in brackets below the
# text.
_CJK = re.compile(
    r"(?:作者|撰文|记者|記者|取材・文|文・写真|執筆|ライター|责任编辑|責任編輯|责编|責編|编辑|編輯)\s?[：:／/]\s?"
    r"(?P<names>[\u3040-\u30ff\u4e00-\u9fff・]{2,8}(?:[、，"
    r",\s]\s?[\u3040-\u30ff\u4e00-\u9fff・]{2,8}){0,4})(?=$|[\s)）】\]|｜　])"
)
_SIGNED = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,3}(?<![.])|(?:[^\W\d_]\. ?){2,3}")
_POSTED = re.compile(
    r"(?:^|\s)(?:von|by|par|por|di|door|av)\s(?P<name>\S{1,30}(?:\s\S{1,20}){0,2}?),?\s(?:am|on|le|el|il|op|um|at|@|\||-|–)\s*(?=.{0,20}\d)",
    re.I,
)
_WEEKDAY = re.compile(
    rf"(?:\s(?:am|on|le|el|il|op))?(?:\s(?:{'|'.join(sorted(w for w in WEEKDAYS if len(w) > 4))}))?$",  # noqa: E501
    re.I,
)
_GREETINGS = frozenset(
    "dein deine euer eure ihr ihre your yours love liebe herzlich herzlichst viele merci thank".split()  # noqa: E501
)


def from_unmarked(tree: Any, claims: Claims) -> None:
    """Add the first author that is named without markup to ``claims``, where they name no person
    yet."""
    if any(names_person(p.name, claims) for people, _ in claims.authors for p in people):
        return
    for reading in (
        _from_bar,
        _from_words,
        _from_label,
        _from_boxes,
        _from_signature,
        _from_posted,
    ):
        people, where = reading(tree, claims)
        if people:
            claims.authors.append((people, where))
            return


Found = tuple[tuple[Person, ...], str]


def _from_bar(tree: Any, claims: Claims) -> Found:
    """Microdata in a bar of links, which elsewhere are taken for those of the page's frame."""
    people: dict[str, Person] = {}
    for element in tree.xpath("//nav//*[contains(concat(' ', @itemprop, ' '), ' author ')]")[:20]:
        if not in_aside(element, nav=False):
            for person in read_people(text_of(element)[:200]):
                if names_person(person.name, claims):
                    people.setdefault(person.name.casefold(), person)
    return tuple(people.values()), "microdata author"


def _from_words(tree: Any, claims: Claims) -> Found:
    """A short element that reads ``By Jane Roe``, or that holds a date and a name and nothing
    else."""
    near = set(near_headline(tree))
    house: tuple[Person, ...] = ()
    for element in tree.iter(*_SHORT):
        text = (element.text or "").strip()
        if len(element) > 4 or len(text) > 90 or not (text or _starts_with_lead(element)):
            continue
        whole = text_of(element)
        if len(whole) <= 5:
            continue
        name = _beside_stamp(whole) if len(whole) <= 90 and element in near else ""
        if name and not in_aside(element):
            return read_people(name), "the line with the date"
        cjk = _CJK.search(whole) if len(whole) <= 90 else None
        if cjk and not in_aside(element):
            return (
                tuple(Person(n) for n in re.split(r"[、，,\s]+", cjk["names"]) if len(n) > 1),
                "the visible byline",
            )
        if (
            not house
            and not claims.authors
            and len(text) <= 40
            and has_lead(text)
            and not in_aside(element)
        ):
            house = tuple(p for p in split_byline(text.split(",")[0]) if is_organisation(p.name))
        whole = re.sub(r"^.{0,30}\d{4}.{0,16}?(?=\b(?:von|by|par|por)\b)", "", whole, flags=re.I)
        if (
            len(whole) <= 110
            and has_lead(whole)
            and not in_aside(element)
            and not of_another(element, whole)
        ):
            named = split_byline(before_date(whole))
            if people := tuple(p for p in named if looks_like_name(p.name)):
                return people, "the visible byline"
    return house, "the visible byline"


_LABEL = re.compile(
    r"[|·•\s]*(?:by|(?:written|posted|published|words|text|story)"
    r" by|authors?|von|text|autor(?:in|en)?|verfasst von"
    r"|par|écrit par|auteurs?|por|autora?|escrito por|di|scritto"
    r" da|autore|door|auteur|av|forfatter|författare|kirjoittaja"
    r"|autorzy|szerző|yazar|yazan|автор|текст|作者|記者|기자)\s?[:：]?\s*",
    re.I,
)


def _from_label(tree: Any, claims: Claims) -> Found:
    """The names right behind an element that is nothing but a label: ``<b>Author:</b> Jane
    Roe``."""
    for element in tree.iter(
        "p", "span", "div", "b", "strong", "em", "small", "dt", "th", "label", "h4", "h5", "h6"
    ):
        if len(element) or not _LABEL.fullmatch(element.text or "") or in_aside(element):
            continue
        behind = " ".join((element.tail or "").split())
        following = element.getnext()
        if len(behind) < 3 and following is not None:
            behind = text_of(following)
        people = read_people(behind, claims.lang) if len(behind) <= 80 else ()
        if people and all(names_person(p.name, claims) for p in people):
            return people, "the visible byline"
    return (), ""


def _starts_with_lead(element: Any) -> bool:
    """Whether an element's first child is nothing but ``Author`` or its like: ``<b>Author</b> Jane
    Roe``."""
    first = (
        (element[0].text or "").strip()
        if len(element) and element[0].tag in ("b", "strong", "span", "em")
        else ""
    )
    return (
        1 < len(first) <= 24
        and not len(element[0])
        and has_lead(f"{first} Xy")
        and not has_lead(f"{first}y")
    )


def _beside_stamp(text: str) -> str:
    """The name in a line that holds nothing but a date and a name: ``04.02.2022 | 13:10 Uhr | Jane
    Roe``."""
    stamp = next(iter(find_stamps(text)), None)
    if stamp is None:
        return ""
    rest = _CLOCK.sub(
        " ", f"{_WEEKDAY.sub('', text[: stamp.start].rstrip(' ,'))} | {text[stamp.end :]}"
    )
    parts = [
        p for part in re.split(r"\s*[|·•–—]\s*|\s+-\s+|,\s+", rest) if (p := part.strip(" -,:"))
    ]
    return (
        parts[0]
        if len(parts) == 1
        and (looks_like_name(parts[0]) or has_lead(parts[0]))
        and lexicon_clean(parts[0])
        else ""
    )


def _from_boxes(tree: Any, claims: Claims) -> Found:
    """The one name at the head of the boxes about the author; several boxes of several people are a
    list of contributors."""
    found: dict[str, Person] = {}
    for element in tree.iter("div", "section", "aside", "footer", "header", "p", "li"):
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if (
            len(label) > 300
            or not _BOX.search(label)
            or not _BOX_PART.search(label)
            or _OTHERS.search(label)
        ):
            continue
        if any(
            _OTHERS.search(f"{a.get('class') or ''} {a.get('id') or ''}")
            for a in element.iterancestors()
            if a.tag != "body"
        ):
            continue
        for part in element.iter("h2", "h3", "h4", "h5", "a", "strong", "b", "span", "div", "p"):
            text = "" if len(part) else strip_lead(" ".join((part.text or "").split()))
            if (
                text
                and looks_like_name(text)
                and lexicon_clean(text)
                and names_person(text, claims)
            ):
                found.setdefault(text.casefold(), Person(text))
                break
    return (tuple(found.values()) if len(found) == 1 else ()), "the box about the author"


def _from_signature(tree: Any, claims: Claims) -> Found:
    """A paragraph of nothing but a name, or a line about its person, behind the last paragraph of
    the text."""
    if any(not is_outlet(p.name, claims) for people, _ in claims.authors for p in people):
        return (), ""
    for element in tree.iter("p"):
        text = text_of(element) if len(element) <= 3 else ""
        if not 5 < len(text) <= 300 or any(
            not (a.get("href") or "").startswith("mailto:") for a in element.iter("a")
        ):
            continue
        name = text.strip(" -–—()") if len(text) <= 40 else ""
        if len(text) > 40:
            words = text.split(" ")
            name = next(
                (" ".join(words[:n]) for n in (2, 3) if lexicon.BIO.match(" ".join(words[n:]))), ""
            )
        if not (
            _SIGNED.fullmatch(name)
            and name[0].isupper()
            and name.split()[0].casefold() not in _GREETINGS
        ):
            continue
        if not (
            looks_like_name(name) and lexicon_clean(name) and names_person(name, claims)
        ) or in_aside(element):
            continue
        before = sum(len(text_of(p)) for p in element.itersiblings("p", preceding=True))
        if before >= 300 and all(len(text_of(p)) < 100 for p in element.itersiblings("p")):
            return (Person(name),), "the signature below the text"
    return (), ""


def _from_posted(tree: Any, claims: Claims) -> Found:
    """The user's name in ``Posted by name on <date>``, where nobody else is named at all."""
    if claims.authors:
        return (), ""
    for element in tree.iter("p", "div", "span", "small", "li", "h5", "h6", "footer", "header"):
        if len(element) > 5 or not (element.get("class") or element.tag in ("small", "footer")):
            continue
        text = text_of(element)
        match = _POSTED.search(text) if 8 < len(text) <= 120 else None
        if (
            match
            and find_stamps(text[match.end() :])
            and plausible(match["name"].rstrip("."))
            and not in_aside(element)
            and not of_another(element, text)
        ):
            return (Person(match["name"]),), "the line with the date"
    return (), ""
