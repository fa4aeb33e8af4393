"""Folders of other generators: which one it is, what its settings say, and which files are
articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import msgspec

from sitegen.base.text import digest
from sitegen.importer.archives import Tree
from sitegen.importer.fields.columns import field_of
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.markdown.author_names import (
    hidden_names,
    name_behind,
    names_in,
    names_of_authors,
)
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

MAX_SECTIONS = 5_000
# The settings that are used.
_OF_PELICAN = (
    "SITEURL SITENAME AUTHOR TIMEZONE DEFAULT_LANG PATH ARTICLE_URL ARTICLE_SAVE_AS"
    " DEFAULT_METADATA"
).split()
_OF_NIKOLA_SETTINGS = (
    "SITE_URL BLOG_TITLE BLOG_AUTHOR TIMEZONE DEFAULT_LANG TRANSLATIONS POSTS PRETTY_URLS"
).split()
_OF_NIKOLA = re.compile(r"^(?:POSTS|BLOG_TITLE)\s*=", re.M)
_OF_ELEVENTY = re.compile(r"\.?eleventy(?:\.config)?\.[cm]?js")
_OF_MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
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
    "mkdocs": "MkDocs",
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
    "mkdocs": ("docs",),
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
    authors: dict[str, str] = {}  # their names by their keys
    of_authors: frozenset[str] = frozenset()  # the files that say them
    author_keys: frozenset[str] = frozenset()  # what heads of texts call authors besides
    roots: dict[str, str] = {}  # folders of one language each, and which
    suffixes: tuple[str, ...] = ()  # of the texts, besides those of all generators
    redirects: dict[str, tuple[str, ...]] = {}  # old paths by the path that they lead to
    permalinks: dict[str, str] = {}  # of the old site, by section; that of all others has no name
    unsorted: frozenset[str] = frozenset()  # sections whose texts need no date
    given: tuple[Given, ...] = ()  # to the texts of folders, the strongest last


def recognise(tree: Tree) -> Blog:
    """The generator that a folder is made for, by its settings file, with the redirects of its
    site, and the names of its authors; a plain folder has no generator."""
    return _with_authors(
        tree, msgspec.structs.replace(_generator(tree), redirects=read_redirects(tree))
    )


def _with_authors(tree: Tree, blog: Blog) -> Blog:
    """``blog`` with the names behind the keys of its authors."""
    names = names_of_authors(tree, blog.author_keys, is_known=bool(blog.generator))
    by_key = {**names.by_key, **blog.authors}
    return msgspec.structs.replace(
        blog,
        authors=by_key,
        of_authors=names.files,
        author=name_behind(blog.author, by_key) or blog.author,
    )


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
        return _docusaurus(tree)
    settings = next((name for name in _OF_MKDOCS if name in names), "")
    if settings and (blog := _mkdocs(tree, names, settings_of(tree, settings))):
        return blog
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
    if name in blog.of_authors:
        return "says who an author is, and is no article"
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
    return is_text and not is_front and name not in blog.of_authors


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
    return not is_page_of_pelican


_INSIDE = {
    **dict.fromkeys(("hugo", "zola", "pelican", "docusaurus", "mkdocs"), _inside_bases),
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
    return Blog(
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
        author_keys=_taxonomies_of_authors(lower, languages),
    )


def _style_of_hugo(values: dict[str, Any]) -> str:
    """What the URL of a text looks like if no permalink is set."""
    style = DEFAULTS["hugo"]
    return f"{style.rstrip('/')}.html" if values.get("uglyurls") is True else style


def _taxonomies_of_authors(
    settings: Mapping[str, Any], languages: Mapping[str, Any]
) -> frozenset[str]:
    """What Hugo's settings call authors: `author = "people"`, in any language of the site."""
    places = (settings, *(one for one in languages.values() if isinstance(one, dict)))
    tables = (one.get("taxonomies") for one in places)
    rows = chain.from_iterable(one.items() for one in tables if isinstance(one, dict))
    pairs = ((str(one), _name(many)) for one, many in rows)
    return frozenset(
        chain.from_iterable(pair for pair in pairs if "authors" in map(field_of, pair))
    )


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
    generator = "hexo" if hexo else "jekyll"
    return Blog(
        generator,
        _scope(tree, values.get("url")),
        _name(values.get("title")),
        _home(values.get("url")),
        _name(values.get("author")),
        _name(values.get("timezone")),
        _name(values.get("language") or values.get("lang")),
        separator=str(values.get("excerpt_separator") or "")[:80],
        permalinks={"": permalink(values.get("permalink"), DEFAULTS[generator])},
        given=() if hexo else by_jekyll(values),
        authors=names_in(values.get("authors")),
    )


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


def _docusaurus(tree: Tree) -> Blog:
    """https://docusaurus.io/docs/blog"""
    return Blog(
        "docusaurus",
        _scope(tree),
        folder="blog",
        permalinks={"": DEFAULTS["docusaurus"]},
    )


def _mkdocs(tree: Tree, names: set[str], values: dict[str, Any]) -> Blog | None:
    """https://squidfunk.github.io/mkdocs-material/plugins/blog/; None for a site without blog."""
    plugins = values.get("plugins")
    rows = plugins if isinstance(plugins, list) else [plugins]
    said = [one["blog"] for one in rows if isinstance(one, dict) and "blog" in one]
    options = next((one for one in said if isinstance(one, dict)), {})
    docs = _name(values.get("docs_dir")) or "docs"
    place = _name(options.get("blog_dir")) or "blog"
    folder = "/".join(part for part in (docs, place.strip("./")) if part)
    posts = f"{folder}/posts"
    if not any(name.startswith(f"{posts}/") for name in names):
        return None
    theme = values.get("theme")
    return Blog(
        "mkdocs",
        _scope(tree, values.get("site_url")),
        _name(values.get("site_name")),
        _home(values.get("site_url")),
        lang=_name(theme.get("language")) if isinstance(theme, dict) else "",
        folder=posts,
        authors=hidden_names(tree, folder),
        permalinks={"": f"/{place.strip('./')}/:year/:month/:day/:slug/"},
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
