"""An article in Markdown with the head of another generator, with that generator's traps."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import msgspec

from sitegen.base.text import plain, safe_path, slugify, unix_lines
from sitegen.base.yaml import CUT
from sitegen.config.schema import MarkdownConfig
from sitegen.content.frontmatter import written_editions
from sitegen.content.markdown import to_html
from sitegen.importer.detect import decode_text
from sitegen.importer.fields import vocabulary as lexicon
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, change_after, language, merged, people_of, words
from sitegen.importer.html.fragment import read_fragment
from sitegen.importer.markdown import values
from sitegen.importer.markdown.author_names import name_behind
from sitegen.importer.markdown.codes import codes_left, shown_codes
from sitegen.importer.markdown.crossrefs import with_files, with_images
from sitegen.importer.markdown.dialects import Head, fold, meta_values, split_head
from sitegen.importer.markdown.generators import Blog, bases, is_page
from sitegen.importer.markdown.given import values_for
from sitegen.importer.markdown.groups import author_by_other_name, author_in_table, take_groups
from sitegen.importer.markdown.old_urls import OldPost, old_url
from sitegen.importer.markdown.rest import read_fields, to_markdown
from sitegen.importer.model import Imported, Skipped
from sitegen.importer.to_markdown import absolute, plain_block
from sitegen.model.article import Image, Person, Source
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
_TITLES_BY_NAME = frozenset(["jekyll", "hexo", "pelican"])
_TAGS_OF_STATUS = frozenset(["draft", "private", "mathjax", "featured"])
_MORE_INLINE = re.compile(r"<!--[ \t]*(?:more|TEASER_END)[ \t]*-->", re.I)
_LEADING_HEADING = re.compile(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)|\s*(\S.*)\n=+[ \t]*(?:\n|$)")
_COLLECTIONS = frozenset("post posts page pages all blog nav article articles".split())
_DULL = frozenset(  # keys that say how a page of the old site was made
    "draft published type layout comments comment toc math mathjax taxonomies resources cascade"
    " eleventyexcludefromcollections eleventynavigation sitemap menu template excerpt_separator"
    " hidetitle nocomments has_math".split()
)
_NOT_DATES = frozenset(["created", "last modified", "git created", "git last modified"])
_NUMBER = re.compile(r"-?\d{1,9}")
_KEY_OF_AUTHOR = re.compile(r"[a-z0-9_.-]+")
_YES = frozenset(["true", "yes", "on"])
_NO = frozenset(["false", "no", "off"])


def _is_yes(text: str) -> bool:
    """Whether a text says yes, as a number does that puts a post above others."""
    return text.lower() in _YES or (bool(_NUMBER.fullmatch(text)) and int(text) > 0)


def _is_yes_or_no(value: Any) -> bool:
    text = str(value)
    return text.lower() in _YES | _NO or bool(_NUMBER.fullmatch(text))


# What values must be to be read, and what is wrong with others.
_STATUSES = {"withheld": "private", "hidden": "draft"}  # other words for a status
_READABLE: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("lang", lambda value: bool(language(value)), "is no language tag"),
    ("weight", lambda value: bool(_NUMBER.fullmatch(str(value))), "is no whole number"),
    ("lead", _is_yes_or_no, "is neither true nor false"),
    ("section", lambda value: not isinstance(value, list | dict), "is not the name of a section"),
    ("corrections", values.have_date_and_text, "has entries without a date or a text"),
)

# Keys of `extra` that are sitegen's own.
_WRITTEN_BY_IMPORT = frozenset(
    ["import", "quality", "quarantine", "image_at_source", "images_at_source"]
)


def read_markdown(
    data: bytes, name: str = "", blog: Blog | None = None, *, meta: bytes = b"", zone: str = ""
) -> Imported | Skipped:
    """One file of the folder of ``blog``; ``name`` is its path there, ``meta`` the file beside it
    that Nikola may have."""
    blog = blog or Blog()
    head, left = _head(_lines(data), name)
    head = msgspec.structs.replace(head, values=values.with_own_dates(head.values))
    if meta:
        head = Head({**meta_values(_lines(meta)), **head.values}, head.body, "nikola")
    head = msgspec.structs.replace(head, values=values_for(blog.given, name, head.values))
    found = _MarkdownReading(head, name, blog, zone).result()
    if left and isinstance(found, Imported):
        what = f"directives of reStructuredText are left as text: {', '.join(left[:6])}"
        return msgspec.structs.replace(found, doubts=(*found.doubts, what))
    return found


def _lines(data: bytes) -> str:
    return unix_lines(decode_text(data)[0])


def _head(text: str, name: str) -> tuple[Head, tuple[str, ...]]:
    """(the head with the body as Markdown, the directives of reStructuredText that are left)."""
    head = split_head(text, name)
    if not name.lower().endswith((".rst", ".txt")):
        return head, ()
    if head.notation == "none":
        head = Head(*read_fields(text), "pelican")
    body, left = to_markdown(head.body)
    return msgspec.structs.replace(head, body=body), left


class _MarkdownReading:
    """One article on its way from raw values to an `Imported`."""

    def __init__(self, head: Head, name: str, blog: Blog, zone: str) -> None:
        self.head, self.name, self.blog = head, name, blog
        self.when = Dates(blog.zone or zone)
        self.doubts: list[str] = []
        if head.damage:
            self.doubts.append(f"the head is broken ({head.damage}); it was read line by line")
        self.notes = [f"line {line}: {CUT.format(key)}" for key, line in head.cut]
        self.evidence: list[tuple[str, str]] = []
        raw = dict(head.values)
        self.groups = take_groups(raw)
        self.values, self.spelt, self.rest = fold(raw)
        named = author_by_other_name(self.rest, blog.author_keys) or author_in_table(raw)
        if named and "authors" not in self.values:
            self.values["authors"], self.spelt["authors"] = named
            self.rest.pop(named[1], None)
        self.is_html = name.lower().endswith((".html", ".htm"))
        *self.folders, file = name.split("/")
        self.stem, self.lang_suffix = _without_language(file.rsplit(".", 1)[0], blog.languages)
        if self.stem == "index" and self.folders:
            self.stem = self.folders.pop()

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
        self._set_aside()
        old = OldPost(title, date=date, author=authors[0].name if authors else "")
        canonical = absolute(self._text("canonical"), self.blog.home)
        return Imported(
            title=title,
            dek=self._text("dek"),
            authors=authors,
            credits=values.credited(self.values.get("credits"), self.blog.authors),
            date=date,
            updated=updated,
            publish_at=self._publish_at(date),
            expires_at=self._moment("expires_at"),
            status=status,
            section=section,
            tags=tags,
            summary=self._summary(teaser),
            dateline=self._text("dateline"),
            image=self._image(),
            source=self._source(canonical, authors),
            canonical=canonical,
            rights=values.rights(self.values.get("rights")),
            corrections=values.corrections(self.values.get("corrections"), self.when),
            story=self._text("story"),
            edition=written_editions(self.values.get("edition")),
            lead=self._is_lead(),
            weight=self._weight(),
            kind="page" if of_site else "article",
            slug=self._path_of_page() if of_site else self._slug(),
            aliases=self._aliases(old),
            lang=self._language(),
            translation_of=self._text("translation_of"),
            extra=self._extra(),
            html=body if self.is_html else "",
            body="" if self.is_html else body,
            base="",
            guid=self._guid(),
            doubts=tuple(self.doubts),
            evidence=tuple(self.evidence),
            notes=tuple(n for n in (*self.when.notes, *self.notes) if n not in self.doubts),
            own=True,
        )

    def _summary(self, teaser: str) -> str:
        """The summary that is written, else the text before the break."""
        written = self._text("summary")
        where = f"`{self.spelt['summary']}`" if written else "the text before the break"
        self._note("summary", where, written or teaser)
        return written or teaser

    def _source(self, canonical: str, authors: tuple[Person, ...]) -> Source:
        """Where it was published first; the old site itself where nobody else is named."""
        found = values.source(self.values.get("source"), canonical)
        if authors or found.name or found.url or not self.blog.title:
            return found
        self._note("source", "the site's settings", True)
        return Source(self.blog.title, self.blog.home)

    def _image(self) -> Image | None:
        found = values.image(self.values.get("image"))
        self._note("image", f"`{self.spelt.get('image', 'image')}`", found)
        return found

    def _set_aside(self) -> None:
        """Keep the values that cannot be read below `extra`, and report them."""
        for key, what in self._unreadable():
            spelt = self.spelt[key]
            self.rest[spelt] = self.values[key]
            self.notes.append(f"`{spelt}` {what}: it is kept below `extra`")
        _, problems = read_terms(self.values.get("rights"))
        self.notes.extend(f"{message}: only a link is shown" for message, _ in problems)

    def _unreadable(self) -> Iterator[tuple[str, str]]:
        """The keys whose values cannot be read, each with what is wrong."""
        for key, can_be_read, what in _READABLE:
            if key in self.values and not can_be_read(self.values[key]):
                yield key, what
        if not self._has_readable_canonical():
            yield "canonical", "is no address on the web"
        if "/" in self._text("slug").strip("/") and not self._slug_is_path():
            yield "slug", "is a path and no slug"

    def _has_readable_canonical(self) -> bool:
        canonical = self._text("canonical")
        return not canonical or bool(absolute(canonical, self.blog.home))

    def _is_lead(self) -> bool:
        is_lead = _is_yes(self._text("lead"))
        return is_lead or self._text("status").lower() == "featured"

    def _guid(self) -> str:
        """The name of this text among those of the import: its id, else its place."""
        if not self.name:
            return ""
        written = clean_inline(str(self.values.get("id") or ""))[:300]
        return written or f"{self.blog.scope}:{self.name}"

    def _language(self) -> str:
        """The language of the text: as itself, its name, its folder or the settings say."""
        said = (self._text("lang"), self.lang_suffix, *self._languages_of_folder(), self.blog.lang)
        return next(filter(None, map(language, said)), "")

    def _languages_of_folder(self) -> Iterator[str]:
        """The languages of the folders that the text is in: of a root of the site, or named as a
        language is."""
        folder = "/".join(self.folders) + "/"
        for root, lang in self.blog.roots.items():
            if folder.startswith(f"{root}/"):
                yield lang
        above = len(list(filter(None, self.blog.folder.split("/"))))
        first = self.folders[above : above + 1]
        yield from filter(lambda name: name in self.blog.languages, first)

    def _note(self, field: str, where: str, value: object) -> None:
        if value:
            self.evidence.append((field, f"from {where}"))

    def _text(self, key: str) -> str:
        """A value that is a text, a number or `true`, as one line."""
        value = self.values.get(key)
        if value is False or not isinstance(value, str | int | float):
            return ""
        return clean_inline(str(value))

    def _status(self) -> tuple[str, str]:
        """(status, why it is not an article)."""
        said = self._text("status").lower()
        if reason := self._why_no_article(said):
            return "", reason
        words = {_STATUSES.get(said, said), *self._status_tags()}
        if "private" in words:
            return "withheld", ""
        if "draft" in words or self._is_draft():
            self._note("status", f"`{said or 'draft'}`", True)
            return "draft", ""
        return "withdrawn" if said == "withdrawn" else "", ""

    def _why_no_article(self, status: str) -> str:
        if status == "skip":
            return "has the status `skip`"
        is_never = self._is_never_a_page()
        return "has no page in Hugo (`headless`, or `build` without `render`)" if is_never else ""

    def _status_tags(self) -> set[str]:
        """The tags by which Nikola says a status."""
        if "nikola" not in (self.blog.generator, self.head.notation):
            return set()
        return {tag.lower() for tag in self.groups.tags}

    def _is_draft(self) -> bool:
        """Whether the folder or a key of its own says that it is not published."""
        raw = self._raw()
        return (
            "_drafts" in self.folders
            or raw.get("draft") in (True, "true", "yes")
            or raw.get("published") in (False, "false")
            or raw.get("permalink") is False
        )

    def _publish_at(self, date: str) -> str:
        """When it appears, if that is said beside its date."""
        moment = self._moment("publish_at")
        return "" if moment == date else moment

    def _is_never_a_page(self) -> bool:
        """Whether Hugo makes no page of it: other pages show parts of it."""
        raw = self._raw()
        build = raw.get("build") or raw.get("_build")
        render = build.get("render") if isinstance(build, dict) else None
        return raw.get("headless") is True or render in ("never", False)

    def _raw(self) -> dict[str, Any]:
        """The values of the head as they are, by their keys in lower case."""
        return {str(key).lower(): value for key, value in self.head.values.items()}

    def _is_page(self) -> bool:
        """Whether it is a page of the site: by its folder, its layout, or, of Hugo and Zola,
        because it is in no section, or in one that is not in the order of days; a page has no
        date."""
        if is_page(self.blog, self.name):
            return True
        is_unsorted = "/".join(self.folders) in self.blog.unsorted
        looks_so = is_unsorted or self._is_at_root() or self._has_layout_of_page()
        return looks_so and not self._dates()[0]

    def _is_at_root(self) -> bool:
        """Whether it is in no section of Hugo or Zola."""
        return self.blog.generator in ("hugo", "zola") and self.folders in bases(self.blog)

    def _has_layout_of_page(self) -> bool:
        raw = self._raw()
        return str(raw.get("layout") or raw.get("type") or "").lower() in ("page", "pages")

    def _path_of_page(self) -> str:
        """The folders and the name of a page, without those that only hold pages."""
        folders = [f for f in self._folders_below_base() if f.lower() not in _PAGE_FOLDERS]
        return "/".join([*folders, self._slug()])

    def _title(self, body: str) -> tuple[str, str]:
        """(title, the body without it): as written, else the first heading, else the file's
        name."""
        title = self._written_title()
        match = None if self.is_html else _LEADING_HEADING.match(body)
        heading = _text_of_heading(match[1] or match[2]) if match else ""
        if match and (not title or lexicon.folded(heading) == lexicon.folded(title)):
            self._note("title", "the first heading", not title)
            return title or heading, body[match.end() :].lstrip("\n")
        self._note("title", f"`{self.spelt.get('title', 'title')}`", title)
        return title or self._title_by_name(), body

    def _title_by_name(self) -> str:
        """The title that the file's name says, where a generator makes it so; else none, which is
        a doubt."""
        words = _DATED.sub("", self.stem).replace("-", " ").replace("_", " ")
        is_usual = self.blog.generator in _TITLES_BY_NAME
        title = words.strip().capitalize() if is_usual else ""
        self._note("title", "the file's name", title)
        if not title:
            self.doubts.append("no headline found")
        return title

    def _written_title(self) -> str:
        said = self.values.get("title", "")
        title = clean_inline(str(said))
        return title.lower() if isinstance(said, bool) else title  # as YAML has it: `true`

    def _moment(self, key: str) -> str:
        return self.when(self._text(key)) if key in self.values else ""

    def _dates(self) -> tuple[str, str]:
        """(date, updated): written, else by the name or the path, else Hugo's substitutes."""
        said = self._text("date")
        said = "" if said.lower() in _NOT_DATES else said
        date, where = self._date(said)
        if said and not date:
            self.doubts.append(f"the date `{said[:60]}` cannot be read")
        if all(field != "date" for field, _ in self.evidence):
            self._note("date", where, date)
        return date, change_after(date, self._moment("updated"))

    def _date(self, said: str) -> tuple[str, str]:
        """(date, where it is from); ``said`` is what the head gives as the date."""
        if date := self.when(said):
            return date, f"`{self.spelt.get('date', 'date')}`"
        dated = _DATED.match(self.stem)
        if dated and (date := self.when(dated[1])):
            return date, "the file's name"
        found = self._date_in_path()
        if not found[0] and self.blog.generator in ("hugo", ""):
            return self._substitute_of_date()
        return found

    def _substitute_of_date(self) -> tuple[str, str]:
        for key in ("publish_at", "updated"):
            if date := self._moment(key):
                return date, f"`{self.spelt[key]}`"
        return "", ""

    def _date_in_path(self) -> tuple[str, str]:
        """The day that the address of an article or its folder names, and which of them; empty
        without one."""
        keys = ("path", "url", "permalink", "slug", "save_as")
        places = {f"`{key}`": str(self.head.values.get(key) or "") for key in keys}
        places["the folders"] = self.name
        days = ((self._day_in(path), where) for where, path in places.items())
        return next(((day, where) for day, where in days if day), ("", ""))

    def _day_in(self, path: str) -> str:
        """The day that a path names, or an empty string."""
        match = _DAY_IN_PATH.search(f"/{path}")
        return self.when(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}") if match else ""

    def _authors(self) -> tuple[Person, ...]:
        known = self.blog.authors
        listed = [name_behind(name, known) or name for name in self.groups.authors]
        written = values.authors(self.values.get("authors"), known)
        people = merged(written, people_of(listed))
        self._note("authors", f"`{self.spelt.get('authors', 'taxonomies')}`", people)
        self._report_keys([person.name for person in people])
        if not people and self.blog.author:
            people = merged(people_of([self.blog.author])) or (Person(self.blog.author),)
            self._note("authors", "the site's settings", people)
        return people

    def _report_keys(self, names: list[str]) -> None:
        """Report authors who are named by a key that the site's list of authors does not have."""
        keys = [name for name in names if _KEY_OF_AUTHOR.fullmatch(name)]
        if keys and self.blog.authors:
            shown = ", ".join(f"`{key[:60]}`" for key in keys[:6])
            self.notes.append(f"the authors of the site have no name for {shown}")

    def _section_and_tags(self) -> tuple[str, tuple[str, ...]]:
        """The section: its folder where the generator goes by folders, else the first category; the
        other categories are tags."""
        categories = self.groups.categories
        folder = self._folder_of_section()
        by_folder = folder if self.blog.generator in ("hugo", "zola") else ""
        first = categories[0] if categories else ""
        choices = [
            (self._written_section(), "`section`"),
            (by_folder, "the folder"),
            (first, "the first category"),
            (folder, "the folder"),
        ]
        section, where = next((choice for choice in choices if choice[0]), ("", ""))
        self._note("section", where, section)
        others = [category for category in categories if category != section]
        found = words([*others, *self._tags()])
        self._note("tags", "tags and categories", found)
        return section, found

    def _written_section(self) -> str:
        said = self.values.get("section")
        return "" if isinstance(said, list | dict) else clean_inline(str(said or ""))

    def _folder_of_section(self) -> str:
        """The first folder that holds more than texts of every kind; Hexo's say nothing."""
        if self.blog.generator == "hexo":
            return ""
        for folder in self._folders_below_base():
            if folder.lower() not in PLAIN_FOLDERS and folder not in self.blog.languages:
                return folder
        return ""

    def _tags(self) -> list[str]:
        """The tags, without those by which generators know drafts and, of Eleventy, lists."""
        dull = _TAGS_OF_STATUS
        if self.blog.generator == "eleventy":
            dull |= _COLLECTIONS
        return [tag for tag in self.groups.tags if tag.lower() not in dull]

    def _folders_below_base(self) -> list[str]:
        """The folders of the text below the one that holds all texts."""
        base = next((b for b in bases(self.blog) if self.folders[: len(b)] == b), [])
        return self.folders[len(base) :]

    def _weight(self) -> int:
        text = self._text("weight")
        number = int(text) if _NUMBER.fullmatch(text) else 0
        return number if self.spelt.get("weight", "").lower() != "priority" else -number

    def _slug(self) -> str:
        """What the URL ends with: as written, else the name without its date."""
        said = "" if self._slug_is_path() else self._text("slug")
        return said if said and "/" not in said.strip("/") else _DATED.sub("", self.stem)

    def _slug_is_path(self) -> bool:
        return self.spelt.get("slug", "").lower() == "path"

    def _aliases(self, post: OldPost) -> tuple[str, ...]:
        """Addresses that the article had: written as aliases, fixed in its head, redirected there,
        or made by the generator."""
        fixed = self._fixed_addresses()
        redirected = self._redirected()
        self._note("aliases", "the redirects of the old site", redirected)
        made = "" if fixed or not self.name else self._old_url(post)
        self._note("aliases", "the permalinks of the old site", made)
        urls = filter(None, [*self._written_aliases(), *fixed, *redirected, made])
        return tuple(dict.fromkeys(filter(None, map(_alias, map(str, urls)))))

    def _written_aliases(self) -> list[Any]:
        said = self.values.get("aliases")
        if isinstance(said, str):
            return [said]
        return said if isinstance(said, list) else []

    def _fixed_addresses(self) -> list[str]:
        """The addresses that the head fixes."""
        fixed = [self.values.get("url")]
        if self._slug_is_path():
            fixed.append(self.values.get("slug"))
        return [url for url in fixed if isinstance(url, str)]

    def _old_url(self, post: OldPost) -> str:
        """The path that the generator gave to the article."""
        folders = [f for f in self._folders_below_base() if f not in ("_posts", "_drafts")]
        before_posts = folders if self.blog.generator == "jekyll" else []
        post = msgspec.structs.replace(
            post,
            slug=self._text("slug").strip("/"),
            name=_DATED.sub("", self.stem),
            folders=tuple(folders),
            categories=tuple(dict.fromkeys([*before_posts, *self.groups.categories])),
            lang=self._language_in_path(),
        )
        return old_url(self.blog.generator, self.blog.permalinks, post)

    def _language_in_path(self) -> str:
        """The language that is a folder of the old address: not that of the whole site."""
        lang = self.lang_suffix
        is_another = self.blog.lang and not self.blog.lang.startswith(lang)
        return lang if lang in self.blog.languages and is_another else ""

    def _redirected(self) -> list[str]:
        """The old paths of redirects that lead to the article: to its name, in its folder or in one
        that the texts have not."""
        out: list[str] = []
        own = {slugify(self._slug()), slugify(self.stem)}
        for target, paths in self.blog.redirects.items():
            *folders, last = target.removesuffix(".html").split("/")
            if slugify(last) in own and self._may_be_in(folders):
                out += paths
        return out

    def _may_be_in(self, folders: list[str]) -> bool:
        """Whether an address below ``folders`` may be of this text: its own folder, a date, or
        none."""
        is_near = not folders or not self.folders or folders[-1] in self.folders
        return is_near or any(folder.isdigit() for folder in folders)

    def _extra(self) -> dict[str, Any]:
        """What the head says beside the fields of an article."""
        extra = self.values.get("extra")
        own = extra if isinstance(extra, dict) else {}
        others = {key: value for key, value in self.rest.items() if key.lower() not in _DULL}
        kept = {**own, **{key: value for key, value in others.items() if key not in own}}
        return {k: v for k, v in kept.items() if str(k).lower() not in _WRITTEN_BY_IMPORT}

    # -- the body

    def _body(self) -> tuple[str, str]:
        """(body, what is shown before the break)."""
        body = self.head.body
        teaser = ""
        if match := self._break(body):
            teaser = body[: match.start()]
            body = teaser + body[match.end() :]
        if not self.is_html:
            body = with_images(with_files(shown_codes(body)))
            self._report_codes(body)
        body = body.strip("\n") + "\n" if body.strip() else ""
        shown = _words_of(teaser)
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
        if left := codes_left(body):
            self.doubts.append(f"template code is left as text: {', '.join(left[:6])}")


def _without_language(stem: str, languages: Collection[str]) -> tuple[str, str]:
    """(name, language) of `NAME.LANGUAGE`."""
    base, dot, suffix = stem.rpartition(".")
    is_language = suffix in languages or re.fullmatch(r"[a-z]{2}(?:-[A-Z]{2})?", suffix)
    return (base, suffix) if dot and is_language else (stem, "")


def _text_of_heading(markdown: str) -> str:
    return plain(to_html(markdown, MarkdownConfig()).html)


def _alias(url: str) -> str:
    """``url`` as the path of an alias; empty for the front page and for patterns."""
    path = safe_path(url.removesuffix("index.html").strip())
    if not path or path == "/" or re.search(r"[:{}<>*?\"|\s]", path):
        return ""
    return f"/{path}"


def _words_of(markdown: str) -> str:
    """What ``markdown`` shows, without its images, as one line."""
    blocks = read_fragment(to_html(markdown[:20_000], MarkdownConfig()).html).blocks
    return " ".join(plain_block(block) for block in blocks if not block.startswith("!["))
