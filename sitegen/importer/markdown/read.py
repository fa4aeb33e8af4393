"""An article in Markdown with the head of another generator, with that generator's traps."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from sitegen.base.text import plain, safe_path, slugify
from sitegen.config.schema import MarkdownConfig
from sitegen.content.frontmatter import written_editions
from sitegen.content.markdown import to_html
from sitegen.importer.detect import decode_text
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.text import clean_inline, cut
from sitegen.importer.fields.values import Dates, change_after, language, merged, people_of, words
from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.markdown.crossrefs import CODES, with_images
from sitegen.importer.markdown.dialects import Head, fold, meta_values, split_head
from sitegen.importer.markdown.generators import Blog, bases, is_page
from sitegen.importer.markdown.given import values_for
from sitegen.importer.markdown.old_urls import OldPost, old_url
from sitegen.importer.markdown.rest import read_fields, to_markdown
from sitegen.importer.model import Imported, Skipped
from sitegen.importer.to_markdown import absolute, join_blocks, plain_block
from sitegen.model.article import Correction, Image, Person, Rights, Show, Source
from sitegen.model.rights import read_terms

PLAIN_FOLDERS = frozenset(
    "posts post blog blogs articles article content src source entries notes _posts _drafts pages"
    " news-items en de".split()
)
_PAGE_FOLDERS = PLAIN_FOLDERS | {"stories"}  # of Nikola
_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[-_](?=.)")
_DAY_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)"
)
_MORE = re.compile(
    r"^[ \t]*(?:<!--[ \t]*(?:more|truncate|excerpt|TEASER_END[^>]{0,60}|readmore|break)[ \t]*-->"
    r"|\.\. TEASER_END.*)[ \t]*$\n?",
    re.I | re.M,
)
_MORE_INLINE = re.compile(r"<!--[ \t]*(?:more|TEASER_END)[ \t]*-->", re.I)
_CODE = re.compile(r"^(```|~~~).*?^\1[`~]*[ \t]*$|`[^`\n]{1,500}`", re.S | re.M)
_SHORTCODE = re.compile(r"\{\{[<%]\s*/?\s*([\w./-]{1,60})[^{}]{0,2000}?[%>]\}\}")
_LIQUID = re.compile(r"\{%-?\s*([\w./-]{1,40})[^{}%]{0,1000}?-?%\}")
_OUTPUT = re.compile(r"\{\{-?\s*([\w.\[\]'\"| :-]{1,200}?)\s*-?\}\}")
_SITE_ADDRESS = re.compile(
    r"\{\{-?\s*(?:site\.(?:baseurl|url|github\.url)|root_url|config\.root)\s*-?\}\}"
)
_RELATIVE_URL = re.compile(
    r"\{\{-?\s*['\"]([^'\"{}\n]{1,500})['\"]\s*\|\s*(?:relative_url|absolute_url|url"
    r"|prepend:\s*site\.baseurl)\s*-?\}\}"
)
_FIGURE = re.compile(r"\{\{[<%]\s*(?:figure|img|image)\s+([^{}]{1,2000}?)/?\s*[%>]\}\}")
_ASSET = re.compile(
    r"\{%\s*(?:asset_img|img)\s+(?:[\w-]+\s+){0,3}?([^\s{}%]{1,300}\.(?:jpe?g|png|gif|webp"
    r"|avif))\s*([^{}%]{0,500}?)\s*%\}"
)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+([\w+#.-]{1,30})[^{}%]{0,100}-?%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}",
    re.S,
)
_ATTRIBUTE = re.compile(
    r"(\w{1,30})\s*=\s*(?:\"([^\"]{0,1000})\"|'([^']{0,1000})'|`([^`]{0,1000})`)"
)
# What codes show by its number, and its URL; those of X without the user's name work, too.
_POSTS_ELSEWHERE = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "tweet": "https://x.com/i/status/{}",
    "twitter": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
_POST_ELSEWHERE = re.compile(
    r"\{(?:\{[<%]|%)\s*(?P<site>"
    + "|".join(_POSTS_ELSEWHERE)
    + r")\s+(?P<said>[^{}%<>]{1,300}?)\s*"
    r"(?:[>%]\}\}|%\})"
)
_STATIC = re.compile(r"(\]\(|src=[\"']?)\s*[{|](?:static|attach)[}|]\s*")
_LEADING_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)|\s*(\S.*)\n=+[ \t]*(?:\n|$)")
_ELEMENTS = ("script", "style", "noscript", "template")
_FRAME = re.compile(
    r"<(?P<tag>iframe|embed|object|video|audio)\b(?P<said>[^<>]{0,3000})>"
    r"(?:(?P<inside>(?:[^<]|<(?!/?(?P=tag)\b)){0,5000})</(?P=tag)\s{0,9}>)?",
    re.I,
)
_URL_OF_FRAME = re.compile(
    r"(?:src|data|value)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<url>(?:https?:)?//[^\s\"'<>]{4,1000})", re.I
)
_MAX_CODES = 2_000
_COLLECTIONS = frozenset("post posts page pages all blog nav article articles".split())
_DULL = frozenset(  # keys that say how a page of the old site was made
    "draft published type layout comments comment toc math mathjax taxonomies resources cascade"
    " eleventyexcludefromcollections eleventynavigation sitemap menu template excerpt_separator"
    " hidetitle nocomments has_math".split()
)
_NOT_DATES = frozenset(["created", "last modified", "git created", "git last modified"])

_WRITTEN_BY_IMPORT = (
    "import",
    "quality",
    "quarantine",
    "image_at_source",
    "images_at_source",
)  # keys of `extra`


def read_markdown(
    data: bytes, name: str = "", blog: Blog | None = None, *, meta: bytes = b"", zone: str = ""
) -> Imported | Skipped:
    """One file of the folder of ``blog``; ``name`` is its path there, ``meta`` the file beside it
    that Nikola may have."""
    blog = blog or Blog()
    text = decode_text(data)[0].replace("\r\n", "\n").replace("\r", "\n")
    head = split_head(text, name)
    rest = name.lower().endswith((".rst", ".txt"))
    if rest and head.notation == "none":
        head = Head(*read_fields(text), "pelican")
    if meta:
        head = Head(
            {**meta_values(decode_text(meta)[0].replace("\r\n", "\n")), **head.values},
            head.body,
            "nikola",
        )
    head = msgspec.structs.replace(head, values=values_for(blog.given, name, head.values))
    left: tuple[str, ...] = ()
    if rest:
        body, left = to_markdown(head.body)
        head = msgspec.structs.replace(head, body=body)
    found = _MarkdownReading(head, name, blog, zone).result()
    if left and isinstance(found, Imported):
        what = f"directives of reStructuredText are left as text: {', '.join(left[:6])}"
        return msgspec.structs.replace(found, doubts=(*found.doubts, what))
    return found


class _MarkdownReading:
    """One article on its way from raw values to an `Imported`."""

    def __init__(self, head: Head, name: str, blog: Blog, zone: str) -> None:
        self.head, self.name, self.blog = head, name, blog
        self.when = Dates(blog.zone or zone)
        self.doubts: list[str] = (
            [f"the head is broken ({head.damage}); it was read line by line"] if head.damage else []
        )
        self.evidence: list[tuple[str, str]] = []
        raw = dict(head.values)
        self.groups = _groups(raw)
        self.values, self.spelt, self.rest = fold(raw)
        if "authors" not in self.values and (named := _author_in_table(raw)):
            self.values["authors"], self.spelt["authors"] = named
        self.is_html = name.lower().endswith((".html", ".htm"))
        stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        self.lang_suffix = ""
        base, dot, suffix = stem.rpartition(".")
        if dot and (suffix in blog.languages or re.fullmatch(r"[a-z]{2}(?:-[A-Z]{2})?", suffix)):
            stem, self.lang_suffix = base, suffix
        self.folders = name.split("/")[:-1]
        if stem == "index" and self.folders:
            stem = self.folders.pop()
        self.stem = stem

    def result(self) -> Imported | Skipped:
        status, why = self._status()
        if why:
            return Skipped(self.name, why)
        of_site = self._is_page()
        self._note("kind", "its place among the files or its layout", of_site)
        body, teaser = self._body()
        title, body = self._title(body)
        date, updated = self._dates()
        authors = self._authors()
        section, tags = self._section_and_tags()
        old = OldPost(title, date=date, author=authors[0].name if authors else "")
        canonical = absolute(self._text("canonical"), self.blog.home)
        source = self._source(canonical)
        if not authors and not source.name and not source.url and self.blog.title:
            source = Source(self.blog.title, self.blog.home)
            self._note("source", "the site's settings", True)
        summary = self._text("summary") or teaser
        self._note(
            "summary",
            f"`{self.spelt['summary']}`" if self._text("summary") else "the text before the break",
            summary,
        )
        extra = self._extra()
        return Imported(
            title=title,
            dek=self._text("dek"),
            authors=authors,
            credits=self._people("credits"),
            date=date,
            updated=updated,
            publish_at=self._moment("publish_at"),
            expires_at=self._moment("expires_at"),
            status=status,
            section=section,
            tags=tags,
            summary=summary[:1500],
            dateline=self._text("dateline"),
            image=self._image(),
            source=source,
            canonical=canonical,
            rights=self._rights(),
            corrections=self._corrections(),
            story=self._text("story"),
            edition=written_editions(self.values.get("edition")),
            lead=self._text("lead").lower() not in ("", "false", "0", "no")
            or self._text("status").lower() == "featured",
            weight=self._weight(),
            kind="page" if of_site else "article",
            slug=self._path_of_page() if of_site else self._slug(),
            aliases=self._aliases(old),
            lang=next((tag for text in self._languages() if (tag := language(text))), ""),
            translation_of=self._text("translation_of"),
            extra=extra,
            html=body if self.is_html else "",
            body="" if self.is_html else body,
            base="",
            guid=(
                clean_inline(str(self.values.get("id") or ""))[:300]
                or f"{self.blog.scope}:{self.name}"
                if self.name
                else ""
            ),
            doubts=tuple(self.doubts),
            evidence=tuple(self.evidence),
            notes=tuple(n for n in self.when.notes if n not in self.doubts),
            own=True,
        )

    def _languages(self) -> list[str]:
        """What says the language of the text, in order: itself, its name, its folder, the
        settings."""
        folder = "/".join(self.folders) + "/"
        by_folder = [
            lang for root, lang in self.blog.roots.items() if folder.startswith(root + "/")
        ]
        below = self.folders[len([p for p in self.blog.folder.split("/") if p]) :][:1]
        return [
            self._text("lang"),
            self.lang_suffix,
            *by_folder,
            *(f for f in below if f in self.blog.languages),
            self.blog.lang,
        ]

    def _note(self, field: str, where: str, value: object) -> None:
        if value:
            self.evidence.append((field, f"from {where}"))

    def _text(self, key: str) -> str:
        value = self.values.get(key)
        return (
            clean_inline(str(value))
            if (isinstance(value, (str, int, float)) and not isinstance(value, bool))
            or value is True
            else ""
        )

    def _status(self) -> tuple[str, str]:
        """(status, why it is not an article)."""
        said = self._text("status").lower()
        raw = {str(k).lower(): v for k, v in self.head.values.items()}
        draft = (
            raw.get("draft") in (True, "true", "yes")
            or raw.get("published") in (False, "false")
            or "_drafts" in self.folders
        )
        special = (
            {t.lower() for t in self.groups["tags"]}
            if self.blog.generator == "nikola" or self.head.notation == "nikola"
            else set()
        )
        if said == "skip":
            return "", "has the status `skip`"
        if said in ("private", "withheld") or "private" in special:
            return "withheld", ""
        if (
            said in ("draft", "hidden")
            or draft
            or "draft" in special
            or raw.get("permalink") is False
        ):
            self._note("status", f"`{said or 'draft'}`", True)
            return "draft", ""
        return (said if said in ("withdrawn",) else ""), ""

    def _is_page(self) -> bool:
        """Whether it is a page of the site: by its folder, its layout, or, of Hugo and Zola,
        because it is in no section, or in one that is not in the order of days; a page has no
        date."""
        raw = {str(k).lower(): v for k, v in self.head.values.items()}
        at_root = self.blog.generator in ("hugo", "zola") and self.folders in bases(self.blog)
        said = str(raw.get("layout") or raw.get("type") or "").lower() in ("page", "pages")
        if is_page(self.blog, self.name):
            return True
        is_unsorted = "/".join(self.folders) in self.blog.unsorted
        return (at_root or said or is_unsorted) and not self._dates()[0]

    def _path_of_page(self) -> str:
        """The folders and the name of a page, without those that only hold pages."""
        base = next((b for b in bases(self.blog) if self.folders[: len(b)] == b), [])
        folders = [f for f in self.folders[len(base) :] if f.lower() not in _PAGE_FOLDERS]
        return "/".join([*folders, self._slug()])

    def _title(self, body: str) -> tuple[str, str]:
        title = clean_inline(str(self.values.get("title", "")))[:500]
        if isinstance(self.values.get("title"), bool):
            title = title.lower()
        match = _LEADING_HEADING.match(body) if not self.is_html else None
        shown = plain(to_html(match[1] or match[2], MarkdownConfig()).html) if match else ""
        if match and (not title or lexicon.folded(shown) == lexicon.folded(title)):
            self._note("title", "the first heading", not title)
            return title or shown[:500], body[match.end() :].lstrip("\n")
        self._note("title", f"`{self.spelt.get('title', 'title')}`", title)
        if not title and self.blog.generator in ("jekyll", "hexo", "pelican"):
            title = (
                _DATED.sub("", self.stem).replace("-", " ").replace("_", " ").strip().capitalize()
            )
            self._note("title", "the file's name", title)
        if not title:
            self.doubts.append("no headline found")
        return title, body

    def _moment(self, key: str) -> str:
        return self.when(self._text(key)) if key in self.values else ""

    def _dates(self) -> tuple[str, str]:
        """(date, updated): written, else by the name, else Hugo's substitutes."""
        said = self._text("date")
        date = "" if said.lower() in _NOT_DATES else self.when(said)
        where = f"`{self.spelt.get('date', 'date')}`"
        dated = _DATED.match(self.stem)
        if not date and dated:
            date, where = self.when(dated[1]), "the file's name"
        if not date and (in_path := self._date_in_path()):
            date, where = in_path
        updated = self._moment("updated")
        if not date and self.blog.generator in ("hugo", ""):
            date, where = next(
                (
                    (m, f"`{self.spelt[k]}`")
                    for k in ("publish_at", "updated")
                    if (m := self._moment(k))
                ),
                ("", ""),
            )
        if said and not date and said.lower() not in _NOT_DATES:
            self.doubts.append(f"the date `{said[:60]}` cannot be read")
        if not any(f == "date" for f, _ in self.evidence):
            self._note("date", where, date)
        return date, change_after(date, updated)

    def _date_in_path(self) -> tuple[str, str]:
        """The day that the address of an article or its folder names, and which of them; empty
        without one."""
        written = [
            (key, str(self.head.values.get(key) or ""))
            for key in ("path", "url", "permalink", "slug", "save_as")
        ]
        for key, path in (*written, ("folder", self.name)):
            match = _DAY_IN_PATH.search(f"/{path}")
            if match and (day := self.when(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")):
                return day, f"`{key}`" if key != "folder" else "the folders"
        return "", ""

    def _authors(self) -> tuple[Person, ...]:
        listed = [self.blog.authors.get(name, name) for name in self.groups["authors"]]
        people = merged(self._people("authors"), people_of(listed))
        self._note("authors", f"`{self.spelt.get('authors', 'taxonomies')}`", people)
        if not people and self.blog.author:
            people = merged(people_of([self.blog.author])) or (Person(self.blog.author),)
            self._note("authors", "the site's settings", people)
        return people

    def _people(self, key: str) -> tuple[Person, ...]:
        value = self.values.get(key)
        entries = value if isinstance(value, list) else [value] if value else []
        out: list[Person] = []
        for entry in entries[:60]:
            if isinstance(entry, dict):
                fields = [
                    clean_inline(str(entry.get(k) or ""))[:200]
                    for k in ("name", "role", "url", "org")
                ]
                out += (
                    [
                        Person(
                            fields[0] or fields[3],
                            fields[1],
                            absolute(fields[2], ""),
                            fields[3] if fields[0] else "",
                        )
                    ]
                    if any(fields)
                    else []
                )
                continue
            name = self.blog.authors.get(str(entry), str(entry))
            if ";" in name:
                parts = [p.strip() for p in name.split(";") if p.strip()]
                out += [
                    (
                        Person(" ".join(reversed(p.split(", ", 1))))
                        if p.count(",") == 1
                        else Person(clean_inline(p))
                    )
                    for p in parts
                ]
            elif key == "credits":
                role, colon, rest = name.partition(":")
                out.append(
                    Person(clean_inline(rest), clean_inline(role).lower())
                    if colon and rest.strip()
                    else Person(clean_inline(name))
                )
            else:
                out += people_of([name]) or (
                    [Person(clean_inline(name)[:200])] if clean_inline(name) else []
                )
        return merged(out)

    def _section_and_tags(self) -> tuple[str, tuple[str, ...]]:
        """The section: its folder where the generator goes by folders, else the first category; the
        other categories are tags."""
        categories, tags = self.groups["categories"], self.groups["tags"]
        if self.blog.generator == "eleventy" or not self.blog.generator:
            tags = (
                [t for t in tags if t.lower() not in _COLLECTIONS] if self.blog.generator else tags
            )
        tags = [t for t in tags if t.lower() not in ("draft", "private", "mathjax", "featured")]
        base = next((b for b in bases(self.blog) if self.folders[: len(b)] == b), [])
        folders = self.folders[len(base) :]
        folder = next(
            (f for f in folders if f.lower() not in PLAIN_FOLDERS and f not in self.blog.languages),
            "",
        )
        if self.blog.generator == "hexo":
            folder = ""
        by_folder = self.blog.generator in ("hugo", "zola")
        written = (
            clean_inline(str(self.values.get("section") or ""))
            if not isinstance(self.values.get("section"), (list, dict))
            else ""
        )
        first = categories[0] if categories else ""
        choices = [
            (written, "`section`"),
            (folder if by_folder else "", "the folder"),
            (first, "the first category"),
            (folder, "the folder"),
        ]
        section, where = next(((s, w) for s, w in choices if s), ("", ""))
        self._note("section", where, section)
        found = words([*(c for c in categories if c != section), *tags])
        self._note("tags", "tags and categories", found)
        return section, found

    def _source(self, canonical: str) -> Source:
        value = self.values.get("source")
        if isinstance(value, dict):
            fields = [
                clean_inline(str(value.get(k) or ""))[:300] for k in ("name", "url", "license")
            ]
            return Source(fields[0], absolute(fields[1], ""), fields[2])
        text = clean_inline(str(value))[:300] if isinstance(value, str) else ""
        if text.startswith(("http://", "https://")):
            return Source("", absolute(text, ""))
        return Source(text, canonical)

    def _image(self) -> Image | None:
        value = self.values.get("image")
        if isinstance(value, list):
            value = value[0] if value else None
        entry = value if isinstance(value, dict) else {"src": value}
        folded = {
            str(k).lower().replace("_", ""): v
            for k, v in entry.items()
            if isinstance(v, (str, int))
        }
        src = clean_inline(
            str(
                next(
                    (
                        folded[k]
                        for k in ("src", "image", "url", "path", "relative", "feature", "teaser")
                        if folded.get(k)
                    ),
                    "",
                )
            )
        )[:1000]
        if not src:
            return None
        alt, caption, creator, credit, notice, license = (
            clean_inline(str(folded.get(k) or ""))[:1000]
            for k in ("alt", "caption", "creator", "credit", "copyright", "license")
        )
        self._note("image", f"`{self.spelt.get('image', 'image')}`", True)
        return Image(
            re.sub(r"^[{|](?:static|attach)[}|]", "", src),
            alt,
            caption,
            creator,
            credit,
            notice,
            license,
        )

    def _rights(self) -> Rights:
        """What may be shown; what cannot be read allows no more than a link."""
        terms, problems = read_terms(self.values.get("rights"))
        show: Show = terms.get("show") or ("link" if problems else "full")
        fields = {
            k: clean_inline(str(terms.get(k) or ""))[:500] for k in ("holder", "notice", "license")
        }
        return Rights(show, terms.get("words", Rights().words), **fields)

    def _corrections(self) -> tuple[Correction, ...]:
        value = self.values.get("corrections")
        out = []
        for entry in value if isinstance(value, list) else [value] if value else []:
            date = self.when(str(entry.get("date") or "")) if isinstance(entry, dict) else ""
            if date and entry.get("text"):
                out.append(Correction(date, clean_inline(str(entry["text"]))[:2000]))
        return tuple(out)

    def _weight(self) -> int:
        text = self._text("weight")
        number = int(text) if re.fullmatch(r"-?\d{1,9}", text) else 0
        return number if self.spelt.get("weight", "").lower() != "priority" else -number

    def _slug(self) -> str:
        """What the URL ends with: as written, else the name without its date."""
        said = self._text("slug") if self.spelt.get("slug", "").lower() != "path" else ""
        return said if said and "/" not in said.strip("/") else _DATED.sub("", self.stem)

    def _aliases(self, post: OldPost) -> tuple[str, ...]:
        """Addresses that the article had: written as aliases, fixed in its head, or made by the
        generator."""
        value = self.values.get("aliases")
        found = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        fixed = [
            self.values.get("url"),
            self.values.get("slug") if self.spelt.get("slug", "").lower() == "path" else None,
        ]
        out = []
        old = self._redirected()
        self._note("aliases", "the redirects of the old site", old)
        written = [f for f in fixed if isinstance(f, str)]
        made = "" if written or not self.name else self._old_url(post)
        self._note("aliases", "the permalinks of the old site", made)
        for entry in [*found, *written, *old, *([made] if made else [])]:
            path = safe_path(str(entry).removesuffix("index.html").strip())
            if path and path != "/" and not re.search(r"[:{}<>*?\"|\s]", path):
                out.append("/" + path)
        return tuple(dict.fromkeys(out))[:50]

    def _old_url(self, post: OldPost) -> str:
        """The path that the generator gave to the article."""
        base = next((b for b in bases(self.blog) if self.folders[: len(b)] == b), [])
        folders = [f for f in self.folders[len(base) :] if f not in ("_posts", "_drafts")]
        lang = self.lang_suffix if self.lang_suffix in self.blog.languages else ""
        lang = "" if not self.blog.lang or self.blog.lang.startswith(lang) else lang
        before_posts = folders if self.blog.generator == "jekyll" else []
        post = msgspec.structs.replace(
            post,
            slug=self._text("slug").strip("/"),
            name=_DATED.sub("", self.stem),
            folders=tuple(folders),
            categories=tuple(dict.fromkeys([*before_posts, *self.groups["categories"]])),
            lang=lang,
        )
        return old_url(self.blog.generator, self.blog.permalinks, post)

    def _redirected(self) -> list[str]:
        """The old paths of redirects that lead to the article: to its name, in its folder or in one
        that the texts have not."""
        out: list[str] = []
        for target, paths in self.blog.redirects.items():
            *folders, last = target.removesuffix(".html").split("/")
            own = {slugify(name) for name in (self._slug(), self.stem)}
            is_near = not folders or folders[-1] in self.folders or not self.folders
            is_dated = any(folder.isdigit() for folder in folders)
            if slugify(last) in own and (is_near or is_dated):
                out += paths
        return out

    def _extra(self) -> dict[str, Any]:
        extra = self.values.get("extra")
        kept = dict(extra) if isinstance(extra, dict) else {}
        for key, value in self.rest.items():
            if key.lower() not in _DULL and len(kept) < 60:
                kept.setdefault(key, value)
        return {k: v for k, v in kept.items() if str(k).lower() not in _WRITTEN_BY_IMPORT}

    # -- the body

    def _body(self) -> tuple[str, str]:
        """(body, what stands before the break)."""
        body = self.head.body
        match = self._break(body)
        teaser = body[: match.start()] if match else ""
        if match:
            body = body[: match.start()] + body[match.end() :]
        if not self.is_html:
            body = with_images(_STATIC.sub(r"\1", _without_codes(body)))
            self._report_codes(body)
        shown = " ".join(
            plain_block(b)
            for b in read_fragment(to_html(teaser[:20_000], MarkdownConfig()).html).blocks
            if not b.startswith("![")
        )
        body = body.strip("\n") + "\n" if body.strip() else ""
        return body, shown if len(shown.split()) <= 120 else ""

    def _break(self, body: str) -> re.Match[str] | None:
        """What parts the summary from the rest of the text."""
        separator = str(self.head.values.get("excerpt_separator") or self.blog.separator)
        if separator.strip():
            line = re.compile("^[ \t]*" + re.escape(separator) + r"[ \t]*$\n?", re.M)
            if match := line.search(body):
                return match
        return _MORE.search(body) or _MORE_INLINE.search(body)

    def _report_codes(self, body: str) -> None:
        """Note the code of templates that is left; `Placer.finish` resolves that of `CODES`."""
        bare = _CODE.sub(" ", body[:500_000])
        left = {match[1] for pattern in (_SHORTCODE, _LIQUID) for match in pattern.finditer(bare)}
        if _OUTPUT.search(bare):
            left.add("{{ }}")
        named = sorted(left.difference(CODES))
        if named:
            self.doubts.append(f"template code is left as text: {', '.join(named[:6])}")


def _without_codes(body: str) -> str:
    """``body`` with Markdown in the place of the codes of templates that are known; one with very
    many codes as it is."""
    if body.count("{%") + body.count("{{") > _MAX_CODES:
        return body
    body = _SITE_ADDRESS.sub("", _RELATIVE_URL.sub(r"\1", body))
    body = _FIGURE.sub(_figure, _ASSET.sub(lambda m: f"![{_label(m[2])}]({m[1]})", body))
    body = _POST_ELSEWHERE.sub(_link_to_post, body)
    return _HIGHLIGHT.sub(lambda m: f"```{m[1]}\n{m[2].strip(chr(10))}\n```", body)


def _author_in_table(raw: dict[str, Any]) -> tuple[Any, str] | None:
    """(authors, their key) of a table of values of one's own: `[extra]` of Zola, `[params]` of
    Hugo."""
    for table in ("extra", "params"):
        said = raw.get(table)
        values = said if isinstance(said, dict) else {}
        key = next((key for key in ("authors", "author", "byline") if values.get(key)), "")
        if key:
            return values[key], f"{table}.{key}"
    return None


def _groups(raw: dict[str, Any]) -> dict[str, list[str]]:
    """Categories, tags and authors, taken out of ``raw`` with their many spellings."""
    said = raw.get("taxonomies")
    taxonomies: dict[str, Any] = said if isinstance(said, dict) else {}
    out: dict[str, list[str]] = {"categories": [], "tags": [], "authors": []}
    for box in (raw, taxonomies):
        for key in list(box):
            name = str(key).lower()
            if name in ("categories", "category") and not isinstance(box[key], dict):
                # Jekyll parts a text by blanks; Hexo nests lists.
                out["categories"] += _flat(
                    box.pop(key) if box is raw else box[key], " " if name == "categories" else ""
                )
            elif name in ("tags", "tag", "keywords", "topics"):
                out["tags"] += _flat(
                    box.pop(key) if box is raw else box[key], "," if name != "tag" else ""
                )
            elif name == "authors" and box is taxonomies:
                out["authors"] += _flat(box[key], ",")
    return {
        k: list(dict.fromkeys(clean_inline(v)[:80] for v in values if clean_inline(v)))
        for k, values in out.items()
    }


def _flat(value: Any, separator: str, depth: int = 0) -> list[str]:
    if isinstance(value, list) and depth < 4:
        return [t for v in value[:200] for t in _flat(v, "", depth + 1)]
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return []
    text = str(value)
    separator = "," if "," in text and separator else separator
    return [t.strip() for t in (text.split(separator) if separator else [text]) if t.strip()]


def _label(text: str) -> str:
    return re.sub(r"[\[\]\n\"]", " ", text).strip()


def _link_to_post(match: re.Match[str]) -> str:
    """A film or a post that a code shows by its number, as a link to it."""
    said = _attributes(match["said"])
    bare = _ATTRIBUTE.sub(" ", match["said"]).replace('"', " ").split()
    number = said.get("id") or " ".join(bare[:1])
    if not re.fullmatch(r"[\w-]{3,40}", number):
        return match[0]
    return f"<{_POSTS_ELSEWHERE[match['site']].format(number)}>"


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a code, whose values are in any kind of quotes."""
    return {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(text)}


def _figure(match: re.Match[str]) -> str:
    found = _attributes(match[1])
    src = found.get("src") or found.get("link") or ""
    if not src:
        return match[0]
    below = " · ".join(
        t for t in (found.get("caption") or found.get("title") or "", found.get("attr") or "") if t
    ).replace('"', "'")
    return f"![{_label(found.get('alt') or '')}]({src.replace(' ', '%20')}" + (
        f' "{below}")' if below else ")"
    )


def without_code(body: str) -> str:
    """``body`` without the elements that show no text: scripts, styles, templates."""
    for name in _ELEMENTS:
        body = cut(body, rf"<{name}\b", rf"</{name}\s{{0,9}}>")
    return body


def harmless(body: str, config: MarkdownConfig) -> str:
    """``body`` without what may not be in a page: scripts, frames, handlers, URLs of
    scripts."""
    body = without_code(body)
    body = _FRAME.sub(_linked, body)
    made = to_html(body, config)
    if not made.unsafe:
        return body
    return join_blocks(list(read_fragment(made.html).blocks))


def frames_in(body: str) -> tuple[str, ...]:
    """The URLs of what ``body`` embeds from elsewhere, each once: films, sounds, posts, maps."""
    found = (_url_of_frame(match) for match in _FRAME.finditer(without_code(body)))
    return tuple(dict.fromkeys(url for url in found if url))


def _linked(match: re.Match[str]) -> str:
    """A frame as a link to what it shows."""
    url = _url_of_frame(match)
    return f"\n\n<{url}>\n\n" if url else ""


def _url_of_frame(match: re.Match[str]) -> str:
    found = _URL_OF_FRAME.search(f"{match['said']} {match['inside'] or ''}")
    url = found["url"] if found else ""
    return absolute(f"https:{url}" if url.startswith("//") else url, "")


__all__ = ["frames_in", "harmless", "read_markdown", "without_code"]
