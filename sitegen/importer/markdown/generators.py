"""Folders of other generators: which one it is, what its settings say, and which files are
articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sitegen.base.text import digest
from sitegen.importer.archives import Tree
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.markdown.given import (
    Given,
    by_eleventy,
    by_hugo,
    by_jekyll,
    by_pelican,
    is_eleventy_data,
)
from sitegen.importer.markdown.old_urls import DEFAULTS, permalink, permalinks
from sitegen.importer.markdown.redirects import read_redirects
from sitegen.importer.markdown.settings import head_of, python_settings_of, settings_of, text_of
from sitegen.importer.unread import FOREIGN
from sitegen.model.base import Struct

MAX_AUTHORS = 2_000
MAX_SECTIONS = 5_000
# The settings that are used.
_OF_PELICAN = (
    "SITEURL SITENAME AUTHOR TIMEZONE DEFAULT_LANG PATH ARTICLE_URL ARTICLE_SAVE_AS"
    " DEFAULT_METADATA"
).split()
_OF_NIKOLA_SETTINGS = (
    "SITE_URL BLOG_TITLE BLOG_AUTHOR TIMEZONE DEFAULT_LANG TRANSLATIONS POSTS PRETTY_URLS"
).split()
_COLLECTED_AUTHOR = re.compile(r"_authors/([\w.-]+?)\.(?:md|markdown|html)")
_DATA_AUTHOR = re.compile(r"data/authors(?:/([\w.-]+?))?\.(?:ya?ml|toml|json)")
_OF_NIKOLA = re.compile(r"^(?:POSTS|BLOG_TITLE)\s*=", re.M)
_OF_ELEVENTY = re.compile(r"\.?eleventy(?:\.config)?\.[cm]?js")
_OF_DOCUSAURUS = re.compile(r"docusaurus\.config\.[cm]?[jt]s")
_BUILT = frozenset(
    "node_modules public output _site themes theme layouts archetypes _layouts _includes _sass"
    " _plugins _data templates vendor resources __pycache__ cache i18n scaffolds plugins listings"
    " assets bower_components".split()
)
_HUGO_OR_ZOLA = tuple(
    "zola.toml config.toml hugo.toml hugo.yaml hugo.yml hugo.json config.yaml config.yml"
    " config.json config/_default/hugo.toml config/_default/config.toml config/_default/hugo.yaml"
    " config/_default/config.yaml".split()
)
_NAMES = {
    "hugo": "Hugo",
    "zola": "Zola",
    "jekyll": "Jekyll",
    "hexo": "Hexo",
    "pelican": "Pelican",
    "nikola": "Nikola",
    "eleventy": "Eleventy",
    "docusaurus": "Docusaurus",
}
_TEXTS = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm")
_MARKED = (".md", ".markdown", ".mkd", ".mdown")
# What describes the folder, or what servers show in the place of a page.
_NO_PAGES = frozenset(
    "readme license changelog contributing 404 search archive archives tags categories"
    " feed sitemap code_of_conduct".split()
)
_NO_POSTS_OF_NIKOLA = frozenset("pages stories files images galleries".split())
_STATIC = {
    "hugo": ("static", "assets", "content"),
    "zola": ("static", "content"),
    "jekyll": ("",),
    "hexo": ("source",),
    "pelican": ("content", "content/images"),
    "nikola": ("files", ""),
    "eleventy": ("", "src", "public", "static"),
    "docusaurus": ("static",),
    "": ("", "static", "source", "content", "public"),
}


class Blog(Struct, frozen=True):
    """A folder of articles: the generator it is made for, and what its settings say of all of
    them."""

    generator: str = ""
    scope: str = ""
    title: str = ""
    home: str = ""
    author: str = ""
    zone: str = ""
    lang: str = ""
    languages: tuple[str, ...] = ()
    separator: str = ""
    folder: str = ""
    authors: dict[str, str] = {}
    roots: dict[str, str] = {}  # folders of one language each, and which
    suffixes: tuple[str, ...] = ()  # of the texts, besides those of all generators
    redirects: dict[str, tuple[str, ...]] = {}  # old paths by the path that they lead to
    permalinks: dict[str, str] = {}  # of the old site, by section; that of all others has no name
    unsorted: frozenset[str] = frozenset()  # sections whose texts need no date
    given: tuple[Given, ...] = ()  # to the texts of folders, the strongest last


def recognise(tree: Tree) -> Blog:
    """The generator that a folder is made for, by its settings file, with the redirects of its
    site; a plain folder has no generator."""
    return msgspec.structs.replace(_generator(tree), redirects=read_redirects(tree))


def _generator(tree: Tree) -> Blog:
    names = set(tree.names())
    has_content = any(name.startswith("content/") for name in names)
    settings = next((name for name in _HUGO_OR_ZOLA if name in names), "")
    if settings and has_content:
        return _hugo_or_zola(tree, settings)
    if "_config.yml" in names:
        return _hexo_or_jekyll(tree, names, settings_of(tree, "_config.yml"))
    if "pelicanconf.py" in names:
        return _pelican(tree)
    if "conf.py" in names and _OF_NIKOLA.search(text_of(tree, "conf.py")):
        return _nikola(tree)
    if _is_eleventy(tree, names):
        return _eleventy(tree)
    if any(map(_OF_DOCUSAURUS.fullmatch, names)):
        return _docusaurus(tree, names)
    return Blog(scope=_scope(tree))


def _hugo_or_zola(tree: Tree, name: str) -> Blog:
    values = settings_of(tree, name)
    is_zola = name == "zola.toml" or ("base_url" in values and "baseURL" not in values)
    return _zola(tree, values) if is_zola else _hugo(tree, values)


def _eleventy(tree: Tree) -> Blog:
    return Blog(
        "eleventy",
        _scope(tree),
        zone="UTC",
        permalinks={"": DEFAULTS["eleventy"]},
        given=by_eleventy(tree),
    )


def _is_eleventy(tree: Tree, names: set[str]) -> bool:
    is_set_up = any(map(_OF_ELEVENTY.fullmatch, names | tree.hidden))
    return is_set_up or '"@11ty/eleventy"' in text_of(tree, "package.json")


def sorted_out(blog: Blog, name: str) -> str:
    """Why a file is not an article, or an empty string for an article."""
    if not blog.generator:
        return ""
    stem, suffix = _stem_and_suffix(name)
    inside = _inside(blog, name.split("/"))
    if reason := _beside_articles(blog, name, suffix):
        return reason
    if inside is None or suffix not in (*_TEXTS, *FOREIGN, *blog.suffixes):
        return f"is a file of {_NAMES[blog.generator]}, not a post of the blog"
    if reason := _about_site(name, stem):
        return reason
    if not inside and not is_page(blog, name):
        return "is a page that a template makes, not an article"
    return _not_read(blog, suffix)


def _stem_and_suffix(name: str) -> tuple[str, str]:
    """(the name of a file without folder and last suffix, the suffix in small letters)."""
    stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
    return (stem, f".{suffix.lower()}") if dot else (suffix, "")


def _beside_articles(blog: Blog, name: str, suffix: str) -> str:
    """What a file of a generator says of articles, or an empty string."""
    if name.rpartition("/")[2] == "_redirects":
        return "is the list of redirects, which are aliases of the articles that they lead to"
    if blog.generator == "eleventy" and is_eleventy_data(name):
        return "has the data of the texts in its folder"
    is_head = blog.generator == "nikola" and suffix == ".meta"
    return "is the head of the post next to it" if is_head else ""


def _about_site(name: str, stem: str) -> str:
    """What a text of a generator is that is about the site, or an empty string."""
    if stem.lower() in _NO_PAGES:
        return "is a file about the site, not an article"
    is_of_section = name.rpartition("/")[2].startswith("_index.")
    return "is the page of a section, not an article" if is_of_section else ""


def _not_read(blog: Blog, suffix: str) -> str:
    """Why an article cannot be read by its suffix, or an empty string."""
    is_foreign = suffix in FOREIGN and suffix not in blog.suffixes
    return FOREIGN[suffix].reason if is_foreign else ""


def is_page(blog: Blog, name: str) -> bool:
    """Whether a file is a page of the site, such as its imprint: a text that is in no folder of
    articles."""
    if not blog.generator or _inside(blog, name.split("/")) is not False:
        return False
    stem, suffix = _stem_and_suffix(name)
    is_front = stem == "index" and "/" not in name
    is_text = suffix in (*_MARKED, *blog.suffixes)
    return is_text and not is_front and not _is_of_author(blog, name)


def _is_of_author(blog: Blog, name: str) -> bool:
    """Whether a file is the page of an author."""
    return blog.generator == "hugo" and bool(_author_key(blog, name))


def _inside(blog: Blog, parts: list[str]) -> bool | None:
    """Whether a file is among the articles; None where it is not content at all."""
    of_generator = _INSIDE.get(blog.generator, _inside_folder)
    return of_generator(blog, parts)


def _inside_folder(blog: Blog, parts: list[str]) -> bool | None:
    """As `_inside`, where any folder may have articles."""
    return None if _are_built(parts[:-1]) else len(parts) > 1


def _inside_posts(blog: Blog, parts: list[str]) -> bool | None:
    """As `_inside`, for Jekyll and Hexo."""
    if not {"_posts", "_drafts"}.isdisjoint(parts[:-1]):
        return True
    return None if _are_built(parts[:-1]) else False


def _are_built(folders: list[str]) -> bool:
    """Whether a generator or another program made one of ``folders``."""
    return any(folder in _BUILT or folder.startswith("_") for folder in folders)


def _inside_nikola(blog: Blog, parts: list[str]) -> bool | None:
    """As `_inside`, for Nikola."""
    if len(parts) < 2 or parts[0] in _BUILT:
        return None
    return parts[0] not in _NO_POSTS_OF_NIKOLA


def _inside_bases(blog: Blog, parts: list[str]) -> bool | None:
    """As `_inside`, for generators that have a folder of texts."""
    folders = parts[:-1]
    if not any(folders[: len(base)] == base for base in bases(blog)):
        return None
    is_page_of_pelican = blog.generator == "pelican" and "pages" in folders
    return not is_page_of_pelican and not _is_of_author(blog, "/".join(parts))


_INSIDE = {
    **dict.fromkeys(("hugo", "zola", "pelican", "docusaurus"), _inside_bases),
    **dict.fromkeys(("jekyll", "hexo"), _inside_posts),
    "nikola": _inside_nikola,
}


def bases(blog: Blog) -> list[list[str]]:
    """The folders of the texts as lists of names, the deepest first."""
    found = [[p for p in folder.split("/") if p] for folder in (*blog.roots, blog.folder)]
    return sorted(found, key=len, reverse=True)


def static_places(blog: Blog) -> tuple[str, ...]:
    """The folders that an address like `/images/x.jpg` may mean."""
    return _STATIC.get(blog.generator, _STATIC[""])


# Settings ------------------------------------------------------------------------------------


def _hugo(tree: Tree, values: dict[str, Any]) -> Blog:
    lower = {k.lower(): v for k, v in values.items()}
    names = set(tree.names())
    for key in ("languages", "params", "taxonomies"):
        for suffix in ("toml", "yaml", "yml", "json"):
            if f"config/_default/{key}.{suffix}" in names:
                lower.setdefault(key, settings_of(tree, f"config/_default/{key}.{suffix}"))
    said = lower.get("params")
    params: dict[str, Any] = said if isinstance(said, dict) else {}
    author = _name(params.get("author") or lower.get("author"))
    languages = lower["languages"] if isinstance(lower.get("languages"), dict) else {}
    folder = _name(lower.get("contentdir")).strip("/") or "content"
    roots = {}
    for code, one in languages.items():
        said = (
            next((v for k, v in one.items() if k.lower() == "contentdir"), "")
            if isinstance(one, dict)
            else ""
        )
        if _name(said):
            roots[_name(said).strip("/")] = str(code)
    blog = Blog(
        "hugo",
        _scope(tree, lower.get("baseurl")),
        _name(lower.get("title")),
        _home(lower.get("baseurl")),
        author,
        _name(lower.get("timezone")) or "UTC",
        _name(lower.get("languagecode") or lower.get("defaultcontentlanguage")),
        tuple(languages),
        folder=folder,
        roots=roots,
        permalinks=permalinks(lower.get("permalinks"), _style_of_hugo(lower)),
        given=by_hugo(tree, lower, [folder, *roots]),
    )
    return msgspec.structs.replace(blog, authors=_hugo_authors(tree, blog, lower.get("taxonomies")))


def _style_of_hugo(values: dict[str, Any]) -> str:
    """What the URL of a text looks like if no permalink is set."""
    style = DEFAULTS["hugo"]
    return f"{style.rstrip('/')}.html" if values.get("uglyurls") is True else style


def _hugo_authors(tree: Tree, blog: Blog, taxonomies: Any) -> dict[str, str]:
    """The names behind the keys of authors: from their pages (`content/authors/KEY/_index.md`), and
    from `data/authors`."""
    folder = _name(taxonomies.get("author")) if isinstance(taxonomies, dict) else ""
    out: dict[str, str] = {}
    for name in tree.names():
        key = _author_key(blog, name, folder)
        if key and len(out) < MAX_AUTHORS:
            values = head_of(tree, name).values
            _name_author(out, key, _first_name(values, ("title", "name")))
        elif match := _DATA_AUTHOR.fullmatch(name):
            _name_authors_of_data(out, match[1] or "", settings_of(tree, name))
    return out


def _name_author(names: dict[str, str], key: str, shown: str) -> None:
    """Put the name behind a key in ``names``, unless one is there."""
    if key and shown:
        names.setdefault(key, shown)


def _name_authors_of_data(names: dict[str, str], key: str, values: dict[str, Any]) -> None:
    """Put the names of a file of `data/authors` in ``names``: of the author ``key`` where each has
    a file, else of all."""
    if key:
        _name_author(names, key, _first_name(values, ("name", "title", "display_name")))
    else:
        names.update(_names_by_key(values))


def _names_by_key(values: dict[str, Any]) -> dict[str, str]:
    """The names behind the keys of a file that has all authors."""
    named = {str(key): _name(value) for key, value in values.items()}
    return {key: name for key, name in named.items() if name}


def _first_name(values: Mapping[str, Any], keys: Iterable[str]) -> str:
    """The name that the first of ``keys`` with a value says."""
    return _name(next(filter(None, map(values.get, keys)), None))


def _author_key(blog: Blog, name: str, folder: str = "") -> str:
    """The key of the author whose page the file ``name`` is, or an empty string."""
    for base in bases(blog):
        parts = name.split("/")
        if (
            parts[: len(base)] != base
            or len(parts) < len(base) + 2
            or parts[len(base)] not in {"authors", "author", folder}
        ):
            continue
        file = re.sub(r"(?:\.[a-z]{2}(?:-[A-Za-z]{2})?)?\.(?:md|markdown|html)$", "", parts[-1])
        rest = parts[len(base) + 1 : -1]
        if file in ("_index", "index"):
            return rest[-1] if rest else ""
        return file if not rest and file != parts[-1] else ""
    return ""


def _zola(tree: Tree, values: dict[str, Any]) -> Blog:
    languages = tuple(values["languages"]) if isinstance(values.get("languages"), dict) else ()
    return Blog(
        "zola",
        _scope(tree, values.get("base_url")),
        _name(values.get("title")),
        _home(values.get("base_url")),
        _name(values.get("author")),
        "UTC",
        _name(values.get("default_language")),
        languages,
        folder="content",
        permalinks={"": DEFAULTS["zola"]},
        unsorted=_unsorted_sections(tree),
    )


def _unsorted_sections(tree: Tree) -> frozenset[str]:
    """The sections of Zola whose texts are not in the order of their days.

    https://www.getzola.org/documentation/content/section/#sorting
    """
    found: set[str] = set()
    for name in tree.names():
        folder, _, file = name.rpartition("/")
        if file == "_index.md" and len(found) < MAX_SECTIONS:
            said = head_of(tree, name).values
            if str(said.get("sort_by", "none")) not in ("date", "update_date"):
                found.add(folder)
    return frozenset(found)


def _hexo_or_jekyll(tree: Tree, names: set[str], values: dict[str, Any]) -> Blog:
    hexo = "source_dir" in values or any(name.startswith("source/_posts/") for name in names)
    people = {} if hexo else _authors_of_jekyll(tree, names)
    author = _name(values.get("author"))
    generator = "hexo" if hexo else "jekyll"
    return Blog(
        generator,
        _scope(tree, values.get("url")),
        _name(values.get("title")),
        _home(values.get("url")),
        people.get(author, author),
        _name(values.get("timezone")),
        _name(values.get("language") or values.get("lang")),
        separator=str(values.get("excerpt_separator") or "")[:80],
        authors=people,
        permalinks={"": permalink(values.get("permalink"), DEFAULTS[generator])},
        given=() if hexo else by_jekyll(values),
    )


def _authors_of_jekyll(tree: Tree, names: set[str]) -> dict[str, str]:
    """The names behind the keys of authors: from its data, and from its collection."""
    people: dict[str, str] = {}
    for name in ("_data/authors.yml", "_data/authors.yaml"):
        if name in names:
            people |= _names_by_key(settings_of(tree, name))
    return people | _collected_authors(tree, names)


def _collected_authors(tree: Tree, names: set[str]) -> dict[str, str]:
    """The names of Jekyll's collection of authors (`_authors/KEY.md`), by the names of the files
    and by `short_name` (https://jekyllrb.com/docs/step-by-step/09-collections/)."""
    found: dict[str, str] = {}
    for match in filter(None, map(_COLLECTED_AUTHOR.fullmatch, sorted(names))):
        if len(found) >= MAX_AUTHORS:
            break
        said = head_of(tree, match[0]).values
        name = _first_name(said, ("name", "title"))
        if name:
            found[match[1]] = found[_name(said.get("short_name")) or match[1]] = name
    return found


def _pelican(tree: Tree) -> Blog:
    values = python_settings_of(tree, "pelicanconf.py", _OF_PELICAN)
    return Blog(
        "pelican",
        _scope(tree, values.get("SITEURL") or values.get("SITENAME")),
        _name(values.get("SITENAME")),
        _home(values.get("SITEURL")),
        _name(values.get("AUTHOR")),
        _name(values.get("TIMEZONE")),
        _name(values.get("DEFAULT_LANG")),
        folder=_name(values.get("PATH")).strip("/") or "content",
        suffixes=(".rst",),
        permalinks={
            "": permalink(
                values.get("ARTICLE_URL") or values.get("ARTICLE_SAVE_AS"), DEFAULTS["pelican"]
            )
        },
        given=by_pelican(values),
    )


def _docusaurus(tree: Tree, names: set[str]) -> Blog:
    """https://docusaurus.io/docs/blog"""
    people = "blog/authors.yml"
    found = settings_of(tree, people) if people in names else {}
    return Blog(
        "docusaurus",
        _scope(tree),
        folder="blog",
        authors={str(k): _name(v) for k, v in found.items() if _name(v)},
        permalinks={"": DEFAULTS["docusaurus"]},
    )


def _nikola(tree: Tree) -> Blog:
    values = python_settings_of(tree, "conf.py", _OF_NIKOLA_SETTINGS)
    languages = (
        tuple(values["TRANSLATIONS"]) if isinstance(values.get("TRANSLATIONS"), dict) else ()
    )
    return Blog(
        "nikola",
        _scope(tree, values.get("SITE_URL")),
        _name(values.get("BLOG_TITLE")),
        _home(values.get("SITE_URL")),
        _name(values.get("BLOG_AUTHOR")),
        _name(values.get("TIMEZONE")) or "UTC",
        _name(values.get("DEFAULT_LANG")),
        languages,
        suffixes=(".txt", ".rst"),
        permalinks=_permalinks_of_nikola(values),
    )


def _permalinks_of_nikola(values: dict[str, Any]) -> dict[str, str]:
    """The destinations of `POSTS`, by the folder of the texts."""
    end = "/" if values.get("PRETTY_URLS", True) else ".html"
    rows = values.get("POSTS")
    posts = filter(_is_destination, rows) if isinstance(rows, (tuple, list)) else ()
    out = {"": DEFAULTS["nikola"].rstrip("/") + end}
    return out | {row[0].split("/")[0]: f"/{row[1].strip('/')}/:slug{end}" for row in posts}


def _is_destination(row: Any) -> bool:
    """Whether a row of `POSTS` names a pattern of texts and a folder."""
    return isinstance(row, (tuple, list)) and len(row) > 1 and all(map(_name, row[:2]))


def _name(value: Any) -> str:
    """A text, or the name of a mapping or of the first of a list."""
    if isinstance(value, dict):
        value = value.get("name") or next((v for v in value.values() if isinstance(v, str)), "")
    if isinstance(value, list):
        return _name(value[0]) if value else ""
    return clean_inline(value)[:200] if isinstance(value, str) else ""


def _home(value: Any) -> str:
    text = _name(value)
    try:
        return (
            text if urlsplit(text).scheme in ("http", "https") and urlsplit(text).hostname else ""
        )
    except ValueError:
        return ""


def _scope(tree: Tree, address: Any = "") -> str:
    """What distinguishes this folder's articles from those of another one with equal names."""
    return digest((_home(address) or _name(address) or tree.name).encode())[:12]
