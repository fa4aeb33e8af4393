"""The menus of a site: those of site.yaml, else the sections and the pages.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.base.diagnostics import nearest_hint
from sitegen.base.text import slugify
from sitegen.config.languages import split_path
from sitegen.config.schema import MENU_TARGETS, Config, MenuEntry, MenuLink
from sitegen.content.discover import PAGES
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.site import Card, Link, Listing, MenuItem, Site
from sitegen.pages.translations import shown_instead

MAIN, FOOTER = "main", "footer"
Menus = dict[str, tuple[MenuItem, ...]]
Written = Mapping[str, tuple[str | MenuEntry, ...]]  # as site.yaml has them
Groups = Mapping[int, list[int]]  # the translations of each original
NONE: Groups = {}


class LostEntry(Struct, frozen=True):
    """An entry that leads nowhere: its menu, what is written in site.yaml, and what to do."""

    menu: str
    written: str
    message: str
    help: str


class MenuInput(Struct, frozen=True):
    """What menus are made from besides the pages: their language, where that is another one than
    that of the site; the sections that have articles in it, in their order; further pages that
    have a name; the translations of each original."""

    lang: str
    sections: tuple[Link, ...]
    indexes: tuple[Link, ...] = ()
    translated: Groups = {}


def menus(
    site: Site, config: Config, written: Written, given: MenuInput
) -> tuple[Menus, list[LostEntry]]:
    """Every menu by its name, and the entries of those ``written`` in site.yaml that lead nowhere
    and are left out."""
    found = {
        MAIN: tuple(MenuItem(link.name, link.url) for link in given.sections),
        FOOTER: tuple(_top_pages(site, config, given)),
    }
    lost: list[LostEntry] = []
    targets = _Targets(site, config, given) if written else None
    for name, entries in written.items():
        found[name] = tuple(_items(name, entries, targets, lost)) if targets else ()
    return found, lost


def places(items: Iterable[MenuItem]) -> tuple[str, ...]:
    """The URLs that ``items`` and those below them lead to."""
    return tuple([one.url for item in items for one in (item, *item.below) if one.url])


def _top_pages(site: Site, config: Config, given: MenuInput) -> Iterator[MenuItem]:
    """The pages that are in no folder below that of all pages, by weight, then by title: each once,
    in the language of the menu if there is a translation."""
    left_out = shown_instead(site, given.translated, config, given.lang) if site.pages else {}
    listed = [i for i in site.pages if _is_listed(site, i) and i not in left_out]
    pages = [(site.documents[i], site.cards[i]) for i in listed]
    pages.sort(key=lambda one: (one[0].weight == 0, one[0].weight, one[0].title.casefold()))
    for document, card in pages:
        if "/" not in _name(document.path, config):
            yield MenuItem(card.title, card.url, lang=_other_language(card, config, given.lang))


def _other_language(card: Card, config: Config, lang: str) -> str:
    """The language of ``card``, unless it is that of the menu in ``lang``."""
    own, spoken = lang or config.language, card.lang or config.language
    return "" if spoken == own else spoken


def _is_listed(site: Site, index: int) -> bool:
    return index not in site.withdrawn and index not in site.noindex


def _name(path: str, config: Config) -> str:
    """What a page is called by its file: ``content/pages/about/team.md`` is ``about/team``."""
    below = split_path(path, config)[1].removeprefix(f"{PAGES}/")
    return below.rpartition(".")[0].removesuffix("/index")


def _last_part(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


class _Targets:
    """What the entries of menus may lead to, by kind and name."""

    def __init__(self, site: Site, config: Config, given: MenuInput) -> None:
        self.known: dict[str, dict[str, Link]] = {kind: {} for kind in MENU_TARGETS}
        self.known["section"] = {_last_part(link.url): link for link in given.sections}
        self.empty = config.sections.keys() - self.known["section"].keys()
        for listing in site.listings:
            self._add_list(listing)
        for index in site.pages:
            self._add_page(site.documents[index], site.cards[index], config)
        self.known["name"] = self.known["page"] | self.known["section"]
        links = [link for named in list(self.known.values()) for link in named.values()]
        self.known["url"] = {link.url: link for link in (*given.indexes, *links)}

    def _add_list(self, listing: Listing) -> None:
        link = Link(listing.name, listing.url)
        self.known["term"][f"{listing.kind}/{listing.slug}"] = link
        if listing.kind != "section":
            self.known.setdefault(listing.kind, {})[listing.slug] = link

    def _add_page(self, document: Document, card: Card, config: Config) -> None:
        link = Link(card.title, card.url)
        for name in (document.id, document.slug, _name(document.path, config)):
            self.known["page"].setdefault(name, link)

    def find(self, kind: str, name: str) -> Link | None:
        """What an entry of this ``kind`` means."""
        if kind == "url":
            return self.known["url"].get(name, Link(name, name))
        named = name if kind in ("page", "name") else "/".join(map(slugify, name.split("/")))
        return self.known[kind].get(named)

    def missing(self, kind: str, name: str) -> tuple[str, str]:
        """Why an entry leads nowhere, and what to do."""
        if kind in ("section", "name") and slugify(name) in self.empty:
            return f"the section `{name}` has no articles yet", "it is shown as soon as it has one"
        hint = nearest_hint(name, self.known[kind], _examples(self.known[kind]))
        what = "section or page" if kind == "name" else kind
        return f"there is no {what} `{name}`", hint


def _examples(names: Iterable[str]) -> str:
    known = sorted(name for name in names if name)[:5]
    return f"choose one of: {', '.join(known)}" if known else "remove the entry"


def _items(
    menu: str,
    entries: Iterable[str | MenuLink],
    targets: _Targets,
    lost: list[LostEntry],
) -> Iterator[MenuItem]:
    """The ``entries`` of one menu; those that lead nowhere are added to ``lost``."""
    for entry in entries:
        kind, name, title = _target(entry)
        link = targets.find(kind, name) if kind else Link(title, "")
        below: tuple[MenuItem, ...] = ()
        if isinstance(entry, MenuEntry):
            below = tuple(_items(menu, entry.entries, targets, lost))
        if link is None:
            message, hint = targets.missing(kind, name)
            lost.append(LostEntry(menu, name, message, hint))
        if link and (link.url or below):
            yield MenuItem(title or link.name, link.url, below)
        elif below:
            yield MenuItem(title or name, "", below)


def _target(entry: str | MenuLink) -> tuple[str, str, str]:
    """What ``entry`` leads to, as its kind and name, and its own title.

    A plain text is a path, or the name of a section or page. An entry without a target only holds
    others.
    """
    if isinstance(entry, str):
        return "url" if entry.startswith("/") else "name", entry, ""
    kind = next((kind for kind in MENU_TARGETS if getattr(entry, kind)), "")
    return kind, getattr(entry, kind) if kind else "", entry.title
