"""The names behind the keys of authors, which a site has in files of its own: data of all authors
(`_data/authors.yml`, `blog/.authors.yml`), data of each (`data/authors/KEY.toml`), or a page of
each (`content/authors/KEY/_index.md`, `_authors/KEY.md`).

Sources: https://gohugo.io/content-management/taxonomies/,
https://jekyllrb.com/docs/step-by-step/09-collections/,
https://docusaurus.io/docs/blog#global-authors,
https://squidfunk.github.io/mkdocs-material/plugins/blog/#authors,
https://docs.astro.build/en/guides/content-collections/.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from sitegen.base.text import slugify
from sitegen.importer.archives import Tree
from sitegen.importer.fields.columns import COLUMNS, field_of
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.markdown.settings import data_of, head_of
from sitegen.model.base import Struct

MAX_AUTHORS = 2_000
_HIDDEN = ".authors.yml"
# Folders whose data are not of the site.
_FOREIGN = frozenset(
    "node_modules public output _site themes theme layouts archetypes vendor resources".split()
)
_DATA = re.compile(r"\.(?:ya?ml|toml|json)")
_PAGE = re.compile(r"(?:\.[a-z]{2}(?:-[A-Za-z]{2})?)?\.(?:md|mdx|markdown|html)")
KEYS = ("key", "slug", "short_name", "username", "handle", "login", "id")
_NAMES = "name display_name displayname full_name fullname nombre nom nome naam navn namn".split()
_OF_ONE = (*_NAMES, "title")  # which in a list of all is what somebody does
_GIVEN = ("first_name", "firstname", "given_name")
_FAMILY = ("last_name", "lastname", "family_name")


class Names(Struct, frozen=True):
    """The names of authors by their keys, and the files that say them."""

    by_key: dict[str, str] = {}
    files: frozenset[str] = frozenset()


def names_of_authors(tree: Tree, folders: Container[str] = (), is_known: bool = True) -> Names:
    """The names of the authors of a site; ``folders`` are called as authors are there, besides the
    usual names of such folders. A page is that of an author if ``is_known`` says that a generator
    made the folder, or if it has a `name`."""
    found: dict[str, str] = {}
    files: set[str] = set()
    for name in tree.names():
        if len(found) >= MAX_AUTHORS:
            break
        for key, shown in _named_by(tree, name, folders, is_known):
            found.setdefault(key, shown)
            files.add(name)
    return Names(found, frozenset(files))


def hidden_names(tree: Tree, folder: str) -> dict[str, str]:
    """The names of authors in the hidden file of a blog of MkDocs."""
    tree.hidden.discard(_HIDDEN)
    return names_in(data_of(tree, f"{folder}/{_HIDDEN}"))


def names_in(value: Any) -> dict[str, str]:
    """The names of authors by their keys in a value that has all of them."""
    return dict(_in_list(value))


def name_behind(key: str, known: Mapping[str, str]) -> str:
    """The name that a key means, whatever its case or the folder before it; else an empty
    string."""
    stem = _PAGE.sub("", _DATA.sub("", key.rpartition("/")[2]))
    spellings = (key, key.lower(), slugify(key), stem, stem.lower())
    return next((known[one] for one in spellings if one in known), "")


def _named_by(
    tree: Tree, name: str, folders: Container[str], is_known: bool
) -> Iterator[tuple[str, str]]:
    """The keys and names of authors that a file has."""
    *parents, file = name.split("/")
    if not _FOREIGN.isdisjoint(parents):
        return
    stem, is_data = _DATA.sub("", file), _DATA.search(file) is not None
    if is_data and _is_of_authors(stem, folders):
        yield from _in_list(data_of(tree, name))
    elif is_data and parents and _is_of_authors(parents[-1], folders):
        yield from _with_spellings(stem, data_of(tree, name), _OF_ONE)
    elif key := _key_of_page(name, folders):
        head = head_of(tree, name).values
        if "date" not in head:
            yield from _with_spellings(key, head, _OF_ONE if is_known else _NAMES)


def _key_of_page(name: str, folders: Container[str] = ()) -> str:
    """The key of the author whose page the file ``name`` is, or an empty string."""
    *parents, file = name.split("/")
    stem = _PAGE.sub("", file)
    if stem in ("_index", "index") and parents:
        stem = parents.pop()
    is_there = bool(parents) and _is_of_authors(parents[-1], folders)
    return stem if is_there and stem != file else ""


def _is_of_authors(name: str, folders: Container[str]) -> bool:
    """Whether a folder or file is called as authors are, in any language."""
    plain = name.lstrip("._")
    return plain in folders or field_of(plain) == "authors"


def _in_list(value: Any) -> Iterator[tuple[str, str]]:
    """The keys and names in a value that has all authors: a table by key, a list, or either below
    `authors`."""
    inner = next((v for k, v in _table(value).items() if k in COLUMNS["authors"]), None)
    entries = inner if isinstance(inner, list | dict) and len(_table(value)) < 3 else value
    if isinstance(entries, dict):
        for key, said in entries.items():
            yield from _with_spellings(str(key), said, _NAMES)
    for said in entries if isinstance(entries, list) else ():
        yield from _with_spellings("", said, _NAMES)


def _with_spellings(key: str, said: Any, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """An author by the key and by what else the entry is called."""
    shown = clean_inline(said)[:200] if isinstance(said, str) else _name_in(_table(said), names)
    if not shown:
        return
    keys = (key, *(str(_table(said).get(one) or "") for one in KEYS))
    for one in filter(None, keys):
        yield one, shown


def _name_in(said: Mapping[str, Any], names: Iterable[str]) -> str:
    """The name that an entry says: whole, or in two parts."""
    entry = {str(key).lower(): value for key, value in said.items() if isinstance(value, str)}
    whole = next(filter(None, map(entry.get, names)), "")
    parts = (next(filter(None, map(entry.get, keys)), "") for keys in (_GIVEN, _FAMILY))
    return clean_inline(whole or " ".join(filter(None, parts)))[:200]


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
