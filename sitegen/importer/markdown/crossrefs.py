"""Links from one text to another of the same import, in the notations of other generators, as URLs
of this site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, unquote

from sitegen.base.text import slugify

_CODE = re.compile(r"(^(?:```|~~~).*?^(?:```|~~~)[ \t]*$|`[^`\n]{1,500}`)", re.S | re.M)
_TARGET = r"[^\s\"'(){}<>%|]{1,500}"


def _written_by_pelican(marks: str) -> str:
    """A pattern of links such as `{filename}two.md` or `|static|a b.png`: in round or angle
    brackets, in HTML, or defined on a line of their own."""
    mark = rf"[{{|](?:{marks})[}}|][ ]*"
    inside = r"(?:[^()\n\"']|\([^()\n]{0,100}\)){1,500}?"
    return rf"""(?<=\]\()\s*{mark}(?P<plainly>{inside})(?=\s*\)|\s+["'])
    |(?<=\]\()\s*<{mark}(?P<angled>[^<>\n]{{1,500}})>
    |(?<=href=["']){mark}(?P<quoted>[^"'<>\n]{{1,500}})(?=["'])
    |(?<=src=["']){mark}(?P<shown>[^"'<>\n]{{1,500}})(?=["'])
    |(?<=\]:[ ]){mark}(?P<defined>[^\s<>]{{1,500}})"""


_PATH = r"[^\s\"'(){}<>|]{1,500}"  # may have `%20`
_LINK = re.compile(
    rf"""\{{\{{[<%]\s*(?:rel)?ref\s+["']?(?P<hugo>{_TARGET})["']?\s*[>%]\}}\}}
    |\{{%-?\s*(?:post_url|link)\s+["']?(?P<jekyll>{_TARGET})["']?\s*-?%\}}
    |\{{%-?\s*post_link\s+(?P<hexo>{_TARGET})(?:\s+(?P<title>[^{{}}%]{{1,300}}?))?\s*-?%\}}
    |{_written_by_pelican("filename")}
    |(?<=\]\()(?P<lists>[{{|](?:author|category|tag|index)[}}|][^()\n]{{0,300}})
    |(?<=\]\()@/(?P<zola>{_TARGET})
    |(?<=\]\()link://(?:slug|filename)/(?P<nikola>{_TARGET})
    |(?<!!)\[\[(?P<wiki>[^\[\]|\#\n]{{1,300}})(?P<at>\#[^\[\]|\n]{{0,200}})?(?:\|(?P<words>[^\[\]\n]{{1,300}}))?\]\]
    |(?<=\]\()(?P<plain>(?![/#])(?![A-Za-z][\w+.-]{{0,20}}:){_PATH}\.(?:md|markdown|rst))(?=[#)\s])""",
    re.X,
)
_FILE = re.compile(_written_by_pelican("filename|static|attach"), re.X)
_FROM_ROOT = frozenset(["zola"])
_BY_NAME = frozenset(["hugo", "jekyll", "hexo", "nikola", "wiki"])
_NOT_TARGETS = frozenset(["title", "at", "words"])
# `![[a.png]]`, `![[a.png|300]]` of Obsidian
_EMBEDDED = re.compile(
    r"!\[\[([^\[\]|#\n]{1,300}\.(?:png|jpe?g|gif|webp|avif|svg))(?:\|[^\[\]\n]{0,100})?\]\]", re.I
)
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}-")
_SUFFIX = re.compile(r"\.(?:md|markdown|mkd|html?|rst|txt)$", re.I)
CODES = frozenset(
    "ref relref post_url link post_link".split()
)  # of other generators, that are such links

Find = Callable[[str], str]


class Index:
    """The URLs of an import's texts by their names in its folder, and by what generators call
    them."""

    def __init__(self, root: str) -> None:
        self.root = root  # the folder of the texts, which a name may be relative to
        self.by_name: dict[str, str] = {}
        self.by_stem: dict[str, set[str]] = {}

    def add(self, name: str, slug: str, url: str) -> None:
        """Note the text ``name``, whose slug is ``slug``."""
        path = _SUFFIX.sub("", name).removesuffix("/index")
        self.by_name[path] = url
        stem = path.rpartition("/")[2]
        for key in {stem, _DATED.sub("", stem), slug}:
            self.by_stem.setdefault(key.lower(), set()).add(url)

    def find(self, target: str, notation: str, origin: str) -> str:
        """The URL of what a text at ``origin`` calls ``target``, or an empty string."""
        path, mark, anchor = target.partition("#")
        path, anchor = unquote(path), quote(anchor, safe="%-._~!$&*+,;=:@/?")
        path = _SUFFIX.sub("", path.rstrip("/"))
        folder = (
            self.root
            if notation in _FROM_ROOT or path.startswith("/")
            else origin.rpartition("/")[0]
        )
        for base in (folder, self.root, ""):
            url = self.by_name.get(_joined(base, path).removesuffix("/index"), "")
            if url:
                return url + mark + anchor
        urls = (
            self.by_stem.get(path.rpartition("/")[2].lower(), set())
            if notation in _BY_NAME
            else set()
        )
        return next(iter(urls)) + mark + anchor if len(urls) == 1 else ""


def has_references(body: str) -> bool:
    """Whether a text has links that may lead to others of its import."""
    return any(_LINK.search(part) for part in _CODE.split(body)[::2])


def linked(body: str, origin: str, index: Index) -> tuple[str, tuple[str, ...]]:
    """``body`` with the links that can be resolved as URLs, and those that cannot."""
    left: dict[str, None] = {}

    def written(match: re.Match[str]) -> str:
        notation = next(n for n in match.groupdict() if n not in _NOT_TARGETS and match[n])
        target = match[notation]
        url = index.find(target, notation, origin)
        if not url:
            left[f"[[{target}]]" if notation == "wiki" else target] = None
        return _written_link(match, notation, url)

    parts = _CODE.split(body)
    parts[::2] = [_LINK.sub(written, p) for p in parts[::2]]
    return "".join(parts), tuple(left)


def _written_link(match: re.Match[str], notation: str, url: str) -> str:
    """A link as Markdown; as it is, or of a wiki its words, where its ``url`` is not known."""
    if notation == "wiki":
        words = (match["words"] or match["wiki"]).strip()
        return f"[{words}]({url}{_anchor(match['at'])})" if url else words
    if not url:
        return match[0]
    return _written_post(match, url) if notation == "hexo" else url


def _written_post(match: re.Match[str], url: str) -> str:
    """A link to a post of Hexo as Markdown."""
    words = (match["title"] or match["hexo"]).strip("\"'")
    return f"[{words}]({url})"


def _anchor(heading: str | None) -> str:
    """The part of a URL that leads to a heading: as sitegen names it."""
    return f"#{slugify(heading.lstrip('#'))}" if heading else ""


def with_files(body: str) -> str:
    """``body`` with Pelican's links to files that are no texts (`{static}a b.png`) as plain
    ones."""
    parts = _CODE.split(body)
    parts[::2] = [_FILE.sub(_written_file, part) for part in parts[::2]]
    return "".join(parts)


def _written_file(match: re.Match[str]) -> str:
    target = next(filter(None, match.groups())).strip()
    if "filename" in match[0] and _SUFFIX.search(target.partition("#")[0]):
        return match[0]
    return quote(unquote(target), safe="/#?=&")


def with_images(body: str) -> str:
    """``body`` with images in the notation of wikis in that of Markdown."""
    return _EMBEDDED.sub(lambda m: f"![]({quote(m[1])})", body)


def _joined(folder: str, path: str) -> str:
    out: list[str] = []
    for part in f"{folder}/{path}".split("/"):
        if part == "..":
            del out[-1:]
        elif part not in ("", "."):
            out.append(part)
    return "/".join(out)


def names_of(targets: Iterable[str]) -> str:
    """The targets for a message."""
    return ", ".join(f"`{t[:60]}`" for t in list(targets)[:6])
