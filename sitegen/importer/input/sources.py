"""What a user names (files, folders, archives, URLs) as single texts to read, in their order."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from os.path import abspath
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from sitegen.base.dates import read_date
from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, problem
from sitegen.base.files import MAX_TEXT, read_bytes, read_head
from sitegen.base.languages import language_tag
from sitegen.base.progress import silent
from sitegen.base.secrets import hidden_feeds, without_secrets
from sitegen.config.schema import Config
from sitegen.importer.archives import Archive, InputFolder, Tree, open_zip
from sitegen.importer.detect import detect
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.formats.post_folders import read_post_folder
from sitegen.importer.formats.recognise import is_named_table, kind_of_zip, refined
from sitegen.importer.input.fetch import FetchedPage, Fetcher
from sitegen.importer.input.mailboxes import Mailboxes
from sitegen.importer.input.plugin import Importers, plugged
from sitegen.importer.input.polling import Polling
from sitegen.importer.input.readers import CAPTURES, IN_A_ZIP, OFFICE, SPECIAL, read_whole
from sitegen.importer.input.unit import Unit
from sitegen.importer.markdown.generators import Blog, recognise, sorted_out
from sitegen.importer.model import Batch, FeedOutline, Imported, Kind, Note, Skipped
from sitegen.importer.unread import (
    UNKNOWN,
    Unread,
    container,
    gunzip,
    is_packed_warc,
    passed_over,
    unread,
)
from sitegen.model.article import Source

if TYPE_CHECKING:
    from sitegen.importer.formats.office import OfficeText
    from sitegen.importer.formats.web_archives import Captures

MAX_STRUCTURED = 128 * 1024 * 1024  # of feeds and other files that are read whole
MAX_ARCHIVE = 512 * 1024 * 1024
PATIENCE = 6.0  # seconds for which other inputs wait for URLs
PART = 256 * 1024  # bytes of an archive above which it is read in parts
MAX_PARTS = 16
HEAD = 256 * 1024  # bytes of a file that its kind is detected from
# A file can be broken in ways that no library foresees; the others must not suffer for it.
BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    OverflowError,
    OSError,
)
_SAYS: dict[Kind, str] = {
    "empty": "is empty",
    "binary": UNKNOWN.reason,
    "xml": "is XML of a kind that is not read",
    "json": "is JSON of a kind that is not read",
}
_TEXTS = frozenset(["text", "html", "markdown", "mail"])
_BESIDE = frozenset(["json", "xml", "empty"])  # what programs put beside articles


# Archives that are read in parts, each with the size from which it is not: a large mailbox is
# read one mail at a time.
DIVIDED: dict[Kind, int] = {"warc": MAX_STRUCTURED, "mbox": 64 * 1024 * 1024}


class Inputs:
    """Turns names into units, and gathers what is said about them on the way."""

    def __init__(
        self,
        root: Path,
        config: Config,
        given: Mapping[str, bytes],
        fetcher: Callable[[], Fetcher],
        importers: Importers,
        columns: Mapping[str, str] | None = None,
        polling: Polling | None = None,
    ) -> None:
        self.root, self.config, self.given = root, config, given
        self.fetcher, self.importers = fetcher, importers
        self.columns = columns or {}
        self.tables = 0
        self.problems: list[Diagnostic] = []
        self.outlines: list[FeedOutline] = []
        self.places: list[tuple[Tree, Blog]] = []
        self.polling = polling or Polling(config, {}, 0.0, False)
        self.fetched: dict[str, FetchedPage] = {}
        self.asked: dict[str, str] = {}  # the URL that was asked, by the name
        self.expected = 0

    def units(
        self,
        names: Iterable[str],
        source_url: str,
        outlets: Mapping[str, str],
        progress: Callable[..., None],
    ) -> Iterator[Unit | None]:
        """The units of each name; URLs are fetched first, many hosts at once.

        ``outlets`` has the sources of site.yaml by the URLs of their feeds. Where a URL takes long
        to answer, the others are not held up: None says that what was given so far can be worked
        on meanwhile.
        """
        wanted = list(dict.fromkeys(map(_fetchable, names)))
        keys = {_fetchable(url): key for url, key in outlets.items()}
        self.expected = len(wanted)
        answers = self._ask([name for name in wanted if is_address(name)], keys, progress)
        patience = time.monotonic() + PATIENCE
        late = []
        for name in wanted:
            if name in answers and not _is_there(answers[name], patience):
                late.append(name)
                continue
            yield from self._of_name(name, answers, keys.get(name, ""), source_url)
        if late:
            yield None
        for name in late:
            yield from self._of_name(name, answers, keys.get(name, ""), source_url)

    def _ask(
        self, names: Sequence[str], keys: Mapping[str, str], progress: Callable[..., None]
    ) -> dict[str, Future[FetchedPage]]:
        """The answers to come for each URL; none for a feed that is not asked now."""
        feeds = {name: keys[name] for name in names if name in keys}
        due = {name: key for name, key in feeds.items() if self.polling.is_due(key)}
        self.asked = {name: name for name in names if name not in feeds or name in due}
        self.asked |= {name: self.polling.url(key) for name, key in due.items()}
        if not self.asked:
            return {}
        rules = {self.asked[name]: self.polling.rules(key) for name, key in due.items()}
        answers = self.fetcher().begin(self.asked.values(), progress, rules)
        return {name: answers[url] for name, url in self.asked.items()}

    def _of_name(
        self,
        name: str,
        answers: Mapping[str, Future[FetchedPage]],
        outlet: str,
        source_url: str,
    ) -> Iterator[Unit]:
        if name in answers:
            self.fetched[name] = answers[name].result()
        if outlet:
            yield from self._of_feed(name, outlet)
        else:
            yield from self._safely(shown_name(name), self._named(name, source_url))

    def _of_feed(self, name: str, outlet: str) -> Iterator[Unit]:
        """The items of a feed of site.yaml; or one unit that says why there are none."""
        shown = shown_name(name)
        if name not in self.fetched:
            report = self.polling.put_off(outlet, shown)
            self.problems.append(report)
            why = Skipped(outlet, report.message)
            yield Unit(shown, shown, found=why, outlet=outlet, waiting=True)
            return
        page = self.fetched[name]
        units = [] if page.reason else list(self._safely(shown, self._of_page(shown, page)))
        if fault := _no_feed(units):
            page = msgspec.structs.replace(page, reason=fault, data=b"")
            self.fetched[name] = page
        stamps = (u.found.date for u in units if isinstance(u.found, Imported))
        if said := self.polling.note(outlet, shown, page, self._stamps(stamps)):
            self.problems.append(said)
        if page.reason:
            units = [Unit(shown, shown, reason=page.reason)]
        yield from (self._of_outlet(unit, outlet) for unit in units)

    def _stamps(self, dates: Iterable[str]) -> Iterator[float]:
        """The moments that ``dates`` are, in seconds since 1970."""
        for date in dates:
            try:
                yield read_date(date, self.config.zone)[1]
            except ValueError:
                continue

    def _safely(self, shown: str, units: Iterator[Unit]) -> Iterator[Unit]:
        """``units``, and what breaks off their reading as the last of them."""
        try:
            yield from units
        except (SitegenError, *BROKEN) as error:
            reason, problems = unreadable(error)
            self.problems.extend(problems)
            yield Unit(shown, self.origin(shown), reason=reason)

    def _named(self, name: str, source_url: str) -> Iterator[Unit]:
        if name in self.given:
            yield from self._of_data(name, self.given[name], source_url)
        elif is_address(name):
            yield from self._of_page(shown_name(name), self.fetched[name])
        elif Path(name).is_dir():
            yield from self._of_tree(shown_name(name).rstrip("/"), InputFolder(Path(name)))
        else:
            yield from self._of_file(shown_name(name), Path(name), source_url)

    def origin(self, shown: str) -> str:
        """The input's name without anything of the machine: relative to the site, else the last
        part."""
        if shown == "-" or is_address(shown):
            return shown
        path = Path(shown)
        try:
            return clean_inline(path.resolve().relative_to(self.root.resolve()).as_posix())
        except (ValueError, OSError):
            return clean_inline(path.name)

    def _of_outlet(self, unit: Unit, key: str) -> Unit:
        """What a feed of `sources:` gives, with what site.yaml says of the source ``key``."""
        unit = msgspec.structs.replace(unit, outlet=key)
        found, outlet = unit.found, self.config.sources[key]
        if not isinstance(found, Imported):
            return unit
        source = Source(outlet.name, found.source.url, found.source.license)
        found = msgspec.structs.replace(
            found,
            source=source,
            tags=tuple(dict.fromkeys((*outlet.tags, *found.tags))),
            lang=language_tag(outlet.lang) or found.lang,
        )
        return msgspec.structs.replace(unit, found=found)

    # -- mail

    def mail_units(self, mail: Mailboxes) -> Iterator[Unit]:
        """The letters of mailboxes, or the items that they gather."""
        for key, letters in mail.each():
            shown = f"the mailbox of `{key}`"
            said = self.polling.note_mail(key, shown, letters.reason, letters.week)
            if said:
                self.problems.append(said)
                yield Unit(shown, shown, reason=letters.reason, outlet=key)
            for note in letters.notes:
                self.problems.append(problem("import", f"{shown}: {note}", level="note"))
            for name, data in letters.mails:
                yield from self._safely(f"{shown}, {name}", self._of_letter(key, name, data))

    def _of_letter(self, key: str, name: str, data: bytes) -> Iterator[Unit]:
        from sitegen.importer.formats.letter_links import split_links
        from sitegen.importer.formats.mail import read_mail, sender_of

        source, shown = self.config.sources[key], f"the mailbox of `{key}`, {name}"
        if source.senders and sender_of(data) not in {s.casefold() for s in source.senders}:
            return
        letter = read_mail(data, zone=self.config.timezone)
        items = split_links(letter) if source.split == "links" else [letter]
        for number, found in enumerate(items, 1):
            part = f"{shown}#{number}" if len(items) > 1 else shown
            unit = self._of_outlet(Unit(part, f"mail of {key}", found=found), key)
            if isinstance(unit.found, Imported) and len(items) > 1:
                source_of_item = Source(found.source.name, found.source.url)
                kept = msgspec.structs.replace(unit.found, source=source_of_item)
                unit = msgspec.structs.replace(unit, found=kept)
            yield unit

    # -- addresses

    def _of_page(self, name: str, page: FetchedPage) -> Iterator[Unit]:
        if page.unchanged:
            yield Unit(name, name, unchanged=True)
        elif page.reason:
            # A source that is down today must not keep the others from being built.
            raise SitegenError(problem("import", page.reason, name, level="warning"))
        else:
            yield from self._of_data(name, page.data, without_secrets(page.url))

    # -- folders and archives

    def _of_tree(self, shown: str, tree: Tree) -> Iterator[Unit]:
        posts = read_post_folder(tree, self.config.timezone)
        if posts is not None:
            yield from self._numbered(shown, "posts", posts)
            return
        blog = recognise(tree)
        names = tree.names()
        self.places.append((tree, blog))
        place = len(self.places) - 1
        kept = names if blog.generator else [n for n in names if passed_over(n) is None]
        self.expected += len(kept)
        if tree.hidden:
            what = f"hidden files and folders are not read: {', '.join(sorted(tree.hidden)[:12])}"
            self.problems.append(problem("import", what, shown, level="note"))
        for note in dict.fromkeys(tree.notes):
            self.problems.append(problem("import", note, shown, level="warning"))
        if not kept:
            self.problems.append(
                problem("import", "holds no file to import", shown, level="warning")
            )
        beside = set(names)
        for name in names:
            here = f"{shown}/{name}"
            by_name = passed_over(name)
            why = by_name.reason if by_name is not None else sorted_out(blog, name)
            if why:
                yield Unit(
                    here, self.origin(here), found=Skipped(name, why), name=name, place=place
                )
                continue
            meta = f"{name.rsplit('.', 1)[0]}.meta"
            described = (
                tree.read(meta, MAX_TEXT) if blog.generator == "nikola" and meta in beside else b""
            )
            yield from self._safely(here, self._of_member(here, tree, name, place, blog, described))

    def _of_member(
        self, shown: str, tree: Tree, name: str, place: int, blog: Blog, meta: bytes
    ) -> Iterator[Unit]:
        path = tree.path(name)
        context = Unit(shown, self.origin(shown), name=name, place=place, blog=blog, meta=meta)
        if blog.generator:
            data = b"" if path else tree.read(name, MAX_TEXT)
            yield msgspec.structs.replace(context, kind="markdown", path=path, data=data)
        elif path:
            yield from self._of_file(shown, Path(path), "", context)
        else:
            yield from self._of_data(shown, tree.read(name, MAX_STRUCTURED), "", context)

    # -- files

    def _of_file(
        self, shown: str, path: Path, url: str, context: Unit | None = None
    ) -> Iterator[Unit]:
        if self._is_ours(path):
            raise fail(
                "import",
                "is an article of this site already",
                shown,
                help="name what lies outside of the site's content",
            )
        head = read_head(path, shown, HEAD)
        if self.importers and path.stat().st_size <= MAX_STRUCTURED:
            found = plugged(
                self.importers, shown, read_bytes(path, shown, MAX_STRUCTURED), self.config.timezone
            )
            if found is not None:
                yield from self._numbered(shown, "plugin", Batch(found))
                return
        kind = self._kind(detect(head, shown), head, shown)
        known = None if kind in SPECIAL else unread(head, shown)
        if known is not None:
            yield self._not_read(shown, known, context)
        elif kind in ("text", "html", "markdown"):
            if context is None:
                self.places.append((InputFolder(path.parent), Blog()))
                context = Unit(
                    shown, self.origin(shown), name=path.name, place=len(self.places) - 1
                )
            yield msgspec.structs.replace(context, kind=kind, path=abspath(path), url=url)
        elif archive := divided(kind, head, path.stat().st_size):
            yield from self._divided(shown, archive, path)
        elif kind in ("wxr", "mbox"):
            yield from self._streamed(shown, kind, _opener(path))
        elif kind in _SAYS:
            yield self._of_no_use(kind, head, context or Unit(shown, self.origin(shown)))
        else:
            limit = MAX_ARCHIVE if kind == "zip" else MAX_STRUCTURED
            yield from self._of_data(
                shown, read_bytes(path, shown, limit), url, context, asked=True
            )

    def _kind(self, kind: Kind, head: bytes, shown: str) -> Kind:
        """``kind``, or what the beginning of the input says more exactly."""
        if self.columns and kind in ("text", "html") and is_named_table(shown):
            return "table"
        return refined(kind, head, shown)

    def check_columns(self) -> None:
        """Report that columns were named but no input was a table."""
        if self.columns and not self.tables:
            what = "--map names columns of CSV and TSV files, and none of the inputs is one"
            self.problems.append(problem("import", what, level="warning"))

    def _is_ours(self, path: Path) -> bool:
        content = (self.root / self.config.content).resolve()
        try:
            inside = path.resolve().relative_to(content)
        except (ValueError, OSError):
            return False
        return inside.parts[:1] != ("_quarantine",)

    def _of_data(
        self, shown: str, data: bytes, url: str, context: Unit | None = None, asked: bool = False
    ) -> Iterator[Unit]:
        """The units of what was read already; ``asked`` says that the importers of plugins do not
        know it."""
        found = None
        if not asked:
            found = plugged(self.importers, shown, data, self.config.timezone)
        if found is not None:
            yield from self._numbered(shown, "plugin", Batch(found))
            return
        kind = self._kind(detect(data, "" if is_address(shown) else shown), data, shown)
        context = context or Unit(shown, self.origin(shown))
        if kind == "zip":
            yield from self._of_packed(shown, data, url, context)
        elif known := _not_known(kind, data, shown):
            yield self._not_read(shown, known, context)
        elif kind in _SAYS:
            yield self._of_no_use(kind, data, context)
        elif kind in _TEXTS:
            yield _text_unit(shown, kind, data, url, context)
        else:
            yield from self._of_kind(shown, kind, data, url, context)

    def _of_packed(self, shown: str, data: bytes, url: str, context: Unit) -> Iterator[Unit]:
        """The units of a zip archive, which may be the form of a document."""
        archive = open_zip(data, shown)
        kind = kind_of_zip(archive)
        known = _not_known(kind, data, shown) or (container(archive) if kind == "zip" else None)
        if known is not None:
            yield self._not_read(shown, known, context)
        else:
            yield from self._of_zip(shown, kind, archive, url, context)

    def _of_zip(
        self, shown: str, kind: Kind, archive: zipfile.ZipFile, url: str, context: Unit
    ) -> Iterator[Unit]:
        """The units of a zip archive: of the file that it is the form of, or of what is in it."""
        if kind in IN_A_ZIP:
            yield from self._of_structure(kind, archive, url, context)
            return
        if context.place >= 0:
            raise fail("import", "is an archive within another one, which is not read", shown)
        yield from self._of_tree(shown, Archive(archive, shown))

    def _of_kind(
        self, shown: str, kind: Kind, data: bytes, url: str, context: Unit
    ) -> Iterator[Unit]:
        """The units of bytes that are no text to read alone."""
        if kind == "gzip":
            yield from self._unpacked(shown, data, url, context)
        elif kind in ("wxr", "mbox"):
            yield from self._streamed(shown, kind, lambda: io.BytesIO(data))
        elif kind == "opml":
            yield from self._listed(shown, data)
        elif kind == "urls":
            yield from self._fetched(shown, data)
        else:
            yield from self._of_structure(kind, data, url, context)

    def _of_structure(
        self, kind: Kind, content: bytes | zipfile.ZipFile, url: str, context: Unit
    ) -> Iterator[Unit]:
        """The units of an input that is read as a whole: articles, pages, or the text of an office
        file."""
        try:
            self.tables += kind == "table"
            read = read_whole(kind, content, url, self.config.timezone, self.columns)
        except ValueError as error:  # what a reader says of a file that is not of its kind
            head = content[:HEAD] if isinstance(content, bytes) else b""
            reason = reason_of_reader(error)
            yield msgspec.structs.replace(context, kind=kind, data=head, reason=reason)
            return
        if kind in CAPTURES:
            yield from self._captured(context.shown, read)
        elif kind in OFFICE:
            yield self._written(context.shown, read, context, url)
        else:
            yield from self._numbered(context.shown, kind, read)

    def _fetched(self, shown: str, data: bytes) -> Iterator[Unit]:
        """The units of the URLs that a text lists, fetched."""
        from sitegen.importer.formats.reading_lists import read_urls

        urls, notes = read_urls(data)
        self._report(shown, notes)
        pages = self.fetcher().pages(urls, silent)
        self.fetched.update(pages)
        self.expected += len(urls) - 1
        for url in urls:
            yield from self._safely(shown_name(url), self._of_page(shown_name(url), pages[url]))

    def _not_read(self, shown: str, known: Unread, context: Unit | None) -> Unit:
        """A file of a kind that is not read: one among others is passed over, one that was named is
        an error."""
        if context is not None and context.place >= 0:
            return msgspec.structs.replace(context, found=Skipped(context.name, known.reason))
        return Unit(shown, self.origin(shown), "binary", reason=known.reason)

    def _of_no_use(self, kind: Kind, data: bytes, context: Unit) -> Unit:
        """A file of no kind that is read: data beside articles is passed over, all else is set
        aside."""
        if context.place >= 0 and kind in _BESIDE:
            return msgspec.structs.replace(context, found=Skipped(context.name, _SAYS[kind]))
        return msgspec.structs.replace(context, kind=kind, data=data[:HEAD], reason=_SAYS[kind])

    def _unpacked(self, shown: str, data: bytes, url: str, context: Unit | None) -> Iterator[Unit]:
        """What is in a gzip file, as if it lay there unpacked."""
        inside, complete = gunzip(data, MAX_STRUCTURED, shown)
        if not complete:
            what = "ends in the middle of the gzip file"
            self.problems.append(
                problem(
                    "import",
                    what,
                    shown,
                    help="fetch it again; what could be unpacked was read",
                    level="warning",
                )
            )
        if detect(inside) in ("gzip", "zip"):
            raise fail("import", "is an archive within another one, which is not read", shown)
        yield from self._of_data(shown.removesuffix(".gz"), inside, url, context, asked=True)

    def _written(self, shown: str, read: OfficeText, context: Unit, url: str) -> Unit:
        """The text of an office file, to be read as a note in Markdown."""
        self._report(shown, read.notes)
        return msgspec.structs.replace(
            context,
            kind="text",
            data=read.text.encode(),
            images=read.images,
            name=f"{context.name or shown}.md",
            url=url,
            marked=True,
        )

    def _divided(self, shown: str, kind: Kind, path: Path) -> Iterator[Unit]:
        """The parts of a large archive, which is opened where they are read."""
        parts = min(MAX_PARTS, -(-path.stat().st_size // PART))
        self.expected += parts - 1
        for number in range(parts):
            yield Unit(shown, self.origin(shown), kind, abspath(path), part=(number, parts))

    def _captured(self, shown: str, captures: Captures) -> Iterator[Unit]:
        """The pages of a web archive, and which parts of it are not pages to import."""
        units = captured_units(shown, self.origin(shown), captures)
        self._report(shown, captured_notes(captures))
        self.expected += max(0, len(units) - 1)
        yield from units

    def _streamed(self, shown: str, kind: Kind, source: Callable[[], BinaryIO]) -> Iterator[Unit]:
        if kind == "wxr":
            from sitegen.importer.formats.wxr import read_wxr

            yield from self._numbered(shown, kind, read_wxr(source, zone=self.config.timezone))
            return
        yield from mail_units(shown, self.origin(shown), source)

    def _numbered(self, shown: str, kind: Kind, batch: Batch) -> Iterator[Unit]:
        self._report(shown, batch.notes)
        number, origin = 0, self.origin(shown)
        for number, one in enumerate(batch.found, 1):
            yield Unit(
                f"{shown}#{number}", origin, kind, found=one, feed=kind in ("feed", "json-feed")
            )
        self.expected += max(0, number - 1)
        if not number:
            self.problems.append(problem("import", "holds no article", shown, level="warning"))

    def _report(self, shown: str, notes: Iterable[Note]) -> None:
        self.problems.extend(reported(shown, notes))

    def _listed(self, shown: str, data: bytes) -> Iterator[Unit]:
        from sitegen.importer.formats.opml import read_opml
        from sitegen.importer.formats.safe_xml import read_xml

        document = read_xml(data)
        self._report(shown, document.notes)
        found = read_opml(document)
        self.outlines.extend(found)
        if not found:
            self.problems.append(problem("import", "lists no feed", shown, level="warning"))
        for one in found:
            yield Unit(
                shown_name(one.feed),
                self.origin(shown),
                "opml",
                found=Skipped(one.name, f"a feed that {self.origin(shown)} lists"),
            )


def _is_there(answer: Future[FetchedPage], until: float) -> bool:
    """Whether an answer comes until that moment of the monotonic clock."""
    return bool(wait([answer], max(0.0, until - time.monotonic())).done)


def _no_feed(units: Sequence[Unit]) -> str:
    """Why the answer to a request for a feed is none; empty if it is one."""
    return next(filter(None, map(_fault_of_feed, units)), "")


def _fault_of_feed(unit: Unit) -> str:
    """Why a unit of what a request for a feed brought is of no feed; empty if it is of one."""
    if unit.reason:
        return f"answers something that {unit.reason}"
    if unit.kind not in _TEXTS or unit.found is not None or unit.unchanged:
        return ""
    return "answers a page, not a feed" if unit.kind == "html" else "answers no feed"


def _not_known(kind: Kind, data: bytes, shown: str) -> Unread | None:
    """What data is that nothing reads, unless its ``kind`` is one that something does."""
    return None if kind in SPECIAL else unread(data, shown)


def divided(kind: Kind, head: bytes, size: int) -> Kind | None:
    """The kind of an archive of ``size`` bytes if it is read in parts; None for other files."""
    if kind == "gzip" and is_packed_warc(head):
        kind = "warc"
    return kind if PART < size <= DIVIDED.get(kind, 0) else None


def mail_units(shown: str, origin: str, source: Callable[[], BinaryIO]) -> Iterator[Unit]:
    """The units of a mailbox, one mail at a time."""
    from sitegen.importer.formats.mail import split_mbox

    with source() as file:
        for number, mail in enumerate(split_mbox(file), 1):
            yield Unit(f"{shown}#{number}", origin, "mail", data=mail)


def captured_units(shown: str, origin: str, captures: Captures) -> list[Unit]:
    """The units of a web archive: what of it is skipped, and its pages."""
    skipped = [Unit(f"{shown}: {one.name}", origin, found=one) for one in captures.skipped]
    pages = [
        Unit(
            f"{shown}#{number}" if len(captures.pages) > 1 else shown,
            origin,
            "html",
            data=page.data,
            url=page.url,
            images=page.images,
            saved=page.captured,
        )
        for number, page in enumerate(captures.pages, 1)
    ]
    return [*skipped, *pages]


def captured_notes(captures: Captures) -> tuple[Note, ...]:
    """What there is to report of a web archive."""
    if captures.pages:
        return captures.notes
    return (*captures.notes, Note("holds no page to import"))


def unreadable(error: BaseException) -> tuple[str, list[Diagnostic]]:
    """Why an input cannot be read that raised ``error`` (a SitegenError, or one of `BROKEN`), and
    what there is to report of it."""
    if isinstance(error, SitegenError):
        return "; ".join(d.message for d in error.diagnostics), error.diagnostics
    return "is damaged, or of a form that is not known, and could not be read", []


def reason_of_reader(error: ValueError) -> str:
    """What a reader says of a file that is not of its kind, as a sentence about the file."""
    said = str(error)[:300]
    return said if said.startswith(("is ", "has ", "holds ")) else f"could not be read: {said}"


def reported(shown: str, notes: Iterable[Note]) -> list[Diagnostic]:
    """The notes of a reader on the input ``shown``, as diagnostics."""
    return [
        problem("import", note.message, shown, note.line, help=note.help, level=note.level)
        for note in notes
    ]


def _text_unit(shown: str, kind: Kind, data: bytes, url: str, context: Unit) -> Unit:
    """A text to read alone. Raises SitegenError for one that is larger than any."""
    if len(data) > MAX_TEXT and kind != "mail":
        raise _too_large(data, shown)
    return msgspec.structs.replace(context, kind=kind, data=data, url=url)


def _too_large(data: bytes, shown: str) -> SitegenError:
    size, most = len(data) / 1048576, MAX_TEXT // 1048576
    return fail("too-large", f"is too large: {size:.1f} MiB; at most {most} MiB are read", shown)


def is_address(name: str) -> bool:
    """Whether an input is to be fetched."""
    return name[:8].lower().startswith(("http://", "https://"))


def _fetchable(name: str) -> str:
    """``name``; of the URLs of feeds that feed readers hand out as `feed://` or `feed:https://`
    (https://en.wikipedia.org/wiki/Feed_URI_scheme) the one to fetch."""
    if name[:5].lower() != "feed:":
        return name
    rest = name[5:]
    return f"http:{rest}" if rest.startswith("//") else rest if is_address(rest) else name


def shown_name(name: str) -> str:
    """An input as messages and articles name it: the key or password in the URL of a feed is
    hidden."""
    return hidden_feeds(name)


def _opener(path: Path) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        return path.open("rb")

    return opened
