"""Where an article goes in the site, and whether it may be written there: the only writer below
content/."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.locks import held
from sitegen.base.secrets import text_without_secrets
from sitegen.base.text import count_words, counted, digest, slugify
from sitegen.base.urls import site_of, without_tracking
from sitegen.config.schema import Config, SourceConfig
from sitegen.content.article import parse
from sitegen.content.discover import PAGES
from sitegen.content.dropped import read_dropped
from sitegen.content.frontmatter import read_front_matter, written_editions
from sitegen.content.inbox import INBOX, LOCK, is_in_inbox
from sitegen.content.seal import is_sealed, sealed_as
from sitegen.importer.detect import decode_text, detect
from sitegen.importer.fields.text import clean_inline, clean_lines, escape_block
from sitegen.importer.formats.safe_xml import CUT
from sitegen.importer.input.fetch import Fetcher
from sitegen.importer.input.sources import Inputs
from sitegen.importer.input.unit import Unit
from sitegen.importer.kept import LOW_SHARE, SEVERAL
from sitegen.importer.markdown.crossrefs import Index, has_references, linked, names_of
from sitegen.importer.markdown.generators import Blog
from sitegen.importer.model import Imported, ImportedItem, ImportOptions, Outcome, Skipped
from sitegen.importer.normalise import topics
from sitegen.importer.place.editions import OpenEditions
from sitegen.importer.place.existing import Holdings, KnownArticle
from sitegen.importer.place.frontmatter_writer import file_name, to_markdown
from sitegen.importer.place.images import finder, take_pictures
from sitegen.importer.place.intake import Intake
from sitegen.importer.place.own import at_home, without_redirect
from sitegen.importer.read import Reading
from sitegen.importer.report import fields_of
from sitegen.model.article import Source
from sitegen.model.base import Struct
from sitegen.scaffold.site import untouched_about

QUARANTINE = "_quarantine"
# Names at the top of a site that its own pages take; an outlet's section of that name would
# collide.
RESERVED = frozenset(
    "tag tags author authors source sources archive archives page pages feed feeds search edition"
    " editions story stories corrections assets images media static index 404 about home"
    " news-sitemap sitemap".split()
)
UNREADABLE = ("no running text found", "no headline found", "is empty", LOW_SHARE, SEVERAL)
EDITED = "edited by a person since the last import"
_SHORT = (
    ("no date found", "no date"),
    ("the page shows only a relative date", "no date"),
    ("neither authors nor source", "no author"),
    ("no headline", "no title"),
    ("no text found", "no text"),
    (CUT, "cut off"),
)
_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
_SPUN = re.compile(r"^    spun: \d", re.MULTILINE)
_FROM_LINE = re.compile(r"^    (?:from|digest): .*$", re.MULTILINE)


class _Spot(Struct, frozen=True):
    """An article, its identity, the existing article of that identity, and where it goes.

    ``is_merged`` says that tags or the section of the existing article are not those of the input.
    """

    found: Imported
    key: str
    known: KnownArticle | None
    section: str
    path: str
    is_merged: bool = False


class Placer:
    """Takes readings one by one and keeps account of what became of each."""

    def __init__(
        self,
        root: Path,
        config: Config,
        inputs: Inputs,
        fetcher: Callable[[], Fetcher],
        options: ImportOptions,
    ) -> None:
        self.root, self.config, self.inputs, self.fetcher = root, config, inputs, fetcher
        self.options = options
        self.intake = Intake(config, options.now, read_dropped(root, config.content))
        self.editions = OpenEditions(root, config, options.edition, options.now)
        self.section = slugify(options.section) if options.section else ""
        self.holdings = Holdings(root, config.content, config.permalink, config.timezone)
        self.starter = untouched_about(root, config)  # a page of the import may take its place
        self.items: list[ImportedItem] = []
        self.problems: list[Diagnostic] = []
        self.waiting: list[tuple[int, Unit, _Spot]] = []
        self.skipped: list[tuple[int, str, ImportedItem]] = []
        self.used: dict[int, set[str]] = {}  # the files that articles of a folder have taken along
        self.indexes: dict[int, Index] = {}
        self.aliases: set[str] = set()
        self.lost: list[str] = []  # old URLs of the site that no redirect can lead on from
        self.images_at_source: list[int] = []  # of each article that has some: how many
        self.done: dict[str, str] = {}  # path -> the input of this run that it came from

    def take(self, unit: Unit, reading: Reading) -> None:
        """Bring one reading into the site.

        An error in one does not affect the others.
        """
        self.problems.extend(reading.problems)
        try:
            if unit.unchanged:
                why = "has not changed since it was last imported"
                self.items.append(
                    ImportedItem(unit.shown, "unchanged", reason=why, outlet=unit.outlet)
                )
            elif reading.reason:
                self._cannot(unit, reading)
            elif isinstance(reading.found, Skipped):
                outcome: Outcome = "listed" if unit.kind == "opml" else "skipped"
                item = ImportedItem(
                    unit.shown,
                    "waiting" if unit.waiting else outcome,
                    reason=reading.found.reason,
                    title=reading.found.name,
                    outlet=unit.outlet,
                )
                self.items.append(item)
                self.skipped.append((unit.place, unit.name, item))
            elif reading.found is not None:
                self._place(unit, reading.found)
        except SitegenError as error:
            self._failed(unit, error)

    # -- one article

    def _place(self, unit: Unit, found: Imported) -> None:
        """Write an article, or keep it until the URLs of the others that it links to are known
        (`finish`)."""
        waits = self._status(unit, found) == "inbox"
        spot = self._spot(self._completed(found), self.config.sources.get(unit.outlet), waits)
        if refused := self._refusal(unit, spot, waits):
            self.items.append(
                ImportedItem(
                    unit.shown,
                    refused[0],
                    reason=refused[1],
                    title=spot.found.title,
                    outlet=unit.outlet,
                )
            )
            return
        index = self._index(unit)
        if index is not None and self._has_address(spot.found):
            index.add(
                unit.name, _stem(spot.path), self.holdings.address(spot.path, spot.found.date)
            )
        self.aliases.update(spot.found.aliases)
        is_text = spot.found.own or unit.name.lower().endswith(_MARKDOWN)
        if index is not None and is_text and has_references(spot.found.body):
            self.holdings.paths.add(spot.path)
            self.waiting.append((len(self.items), unit, spot))
            return
        self._bring(unit, spot)

    def finish(self) -> None:
        """Write the articles that link to others of the same import, and do not report an image as
        skipped that an article uses."""
        for already, (position, unit, spot) in enumerate(self.waiting):
            index = self._index(unit)
            if index is not None:
                spot = msgspec.structs.replace(spot, found=_linked(spot.found, unit.name, index))
            self._safely_bring(unit, spot)
            self.items.insert(position + already, self.items.pop())
        taken = {id(item) for place, name, item in self.skipped if name in self.used.get(place, ())}
        self.items = [i for i in self.items if id(i) not in taken]
        self._report_images_at_source()
        self._report_redirects()
        self._report_lost()
        self.problems.extend(self.editions.notes())

    def _report_redirects(self) -> None:
        """Report the redirects of old sites that lead to no article of this import."""
        for tree, blog in self.inputs.places:
            old = [path for paths in blog.redirects.values() for path in paths]
            left = sorted(set(old) - self.aliases)
            if left:
                shown = ", ".join(f"`{path[:60]}`" for path in left[:6])
                what = (
                    f"{counted(len(left), 'redirect')} of the old site without an article: {shown}"
                )
                self.problems.append(problem("import", what, tree.name, level="note"))

    def _report_lost(self) -> None:
        """Say once which old URLs of the site lead nowhere from now on."""
        if not self.lost:
            return
        shown = ", ".join(f"`{url[:80]}`" for url in self.lost[:3])
        many = len(self.lost) > 1
        what = (
            f"{counted(len(self.lost), 'old URL')} of this site {'have' if many else 'has'} a"
            f" query, so that no page can redirect from {'them' if many else 'it'}: {shown}"
        )
        hint = "where they matter, redirect them in the settings of the host"
        self.problems.append(problem("import", what, "", help=hint, level="note"))

    def _report_images_at_source(self) -> None:
        """Say once how many images of all articles are not taken over."""
        if self.options.pictures or not self.images_at_source:
            return
        images = counted(sum(self.images_at_source), "image")
        articles = counted(len(self.images_at_source), "article")
        what = f"{images} of {articles} not fetched from their sources, and so not shown"
        hint = "import again with --pictures (and --fresh where the source is a URL)"
        self.problems.append(problem("import", what, "", help=hint, level="note"))

    def _index(self, unit: Unit) -> Index | None:
        """The names of the texts in the folder that a text is in."""
        if unit.place < 0 or not unit.name:
            return None
        return self.indexes.setdefault(unit.place, Index(self.inputs.places[unit.place][1].folder))

    def _refusal(self, unit: Unit, spot: _Spot, waits: bool) -> tuple[Outcome, str] | None:
        """Why an item of a feed, or one that ``waits`` for an editor, is not taken in. One that an
        editor has taken stays."""
        known = spot.known
        if known is not None and not is_in_inbox(known.path, self.config.content):
            return None
        if not unit.outlet:
            return self.intake.dropped_before(spot.key) if waits else None
        return self.intake.refusal(spot.key, spot.found, unit.outlet, known is None, unit.paged)

    def _spot(self, found: Imported, outlet: SourceConfig | None, waits: bool) -> _Spot:
        """Where an article goes, and what it keeps of the existing one; ``outlet`` is the source
        whose feed it is from. One that ``waits`` goes to the inbox."""
        key, known = self.holdings.find(found)
        known = known if known is not None and f"/{QUARANTINE}/" not in known.path else None
        if outlet is None:
            found = self._at_home(found, known is None)
        if found.kind == "page":
            return self._spot_of_page(found, key, known)
        old = _front_matter(known) if known is not None else {}
        kept = old.get("section")
        is_kept = isinstance(kept, str) and not self.section
        own_section = self._section(found, outlet)
        section = str(kept) if is_kept else own_section
        own_tags = _tags_with_home(found, section)
        found = msgspec.structs.replace(
            found,
            tags=_together(found.tags, own_tags, old.get("tags")),
            edition=found.edition or written_editions(old.get("edition")),
        )
        if not waits:
            found = self.editions.put(found, section, known is None)
        folder = INBOX if waits else section
        wanted = f"{self.config.content}/{folder}/{file_name(found)}"
        path = known.path if known is not None else self._free(wanted, found, key)
        if found.slug and path.endswith(f"-{key[:6]}.md"):
            if known is None:
                self._report_slug(found.slug, path)
            found = msgspec.structs.replace(found, slug="")
        found = self._at_own_url(found, path, key)
        is_merged = section != own_section or len(found.tags) != len(own_tags)
        return _Spot(self._without_own_alias(found, path), key, known, section, path, is_merged)

    def _at_home(self, found: Imported, is_new: bool) -> Imported:
        """``found`` as an article of this site, if the site itself has published it before."""
        homes = [source.home for source in self.config.sources.values()]
        out = at_home(found, self.config.base_url, self.config.title, homes)
        is_lost = out is not found and without_redirect(found.canonical)
        if is_lost and is_new and found.status != "draft":
            self.lost.append(found.canonical)
        return out

    def _at_own_url(self, found: Imported, path: str, key: str) -> Imported:
        """``found`` with a slug of its own where its date, which may have changed since it was
        first imported to ``path``, would give it the URL of another article."""
        if found.slug or not self._has_address(found):
            return found
        other = self.holdings.addresses.get(self.holdings.address(path, found.date), path)
        if other == path:
            return found
        return msgspec.structs.replace(found, slug=f"{_stem(path)}-{key[:6]}")

    def _report_slug(self, slug: str, path: str) -> None:
        """Report a slug that another article of the day has."""
        what = (
            f"its slug `{slugify(slug)}` is that of another article of the day; it is"
            f" `{_stem(path)}` here"
        )
        self.problems.append(problem("import", what, path, 1, level="note"))

    def _has_address(self, found: Imported) -> bool:
        """Whether an article has what its URL is made of."""
        return bool(found.date) or "{day}" not in self.config.permalink

    def _without_own_alias(self, found: Imported, path: str) -> Imported:
        """``found`` without the alias that is its URL here."""
        if not (found.aliases and self._has_address(found)):
            return found
        own = self.holdings.address(path, found.date).strip("/")
        return self._with_free_aliases(found, path, own)

    def _with_free_aliases(self, found: Imported, path: str, own: str) -> Imported:
        """``found`` without the alias that is its ``own`` URL here, and without those that are the
        URL or an alias of another article or page, which are reported: two files cannot have one
        URL."""
        aliases = []
        for alias in found.aliases:
            if alias.strip("/") == own or self.holdings.at(alias) == path:
                continue
            if taken := self._taken_alias(alias, path):
                what, hint = taken
                self.problems.append(problem("import", what, path, 1, help=hint, level="note"))
                continue
            aliases.append(alias)
        return msgspec.structs.replace(found, aliases=tuple(aliases))

    def _taken_alias(self, alias: str, path: str) -> tuple[str, str] | None:
        """(what is wrong, what to do) with an alias of the article at ``path`` that is another
        one's; None for a free one."""
        if other := self.holdings.at(alias):
            what = f"its old URL {alias} is that of {other}: it does not lead here"
            return what, f"remove {other} and give this one `url: {alias}`, if it is to have it"
        first = self.holdings.alias_of(alias)
        if first and first != path:
            what = f"its old URL {alias} is that of {first}, too, and leads there"
            return what, "write it into the `aliases` of this one only, if it is to lead here"
        return None

    def _spot_of_page(self, found: Imported, key: str, known: KnownArticle | None) -> _Spot:
        """Where a page of the site goes: below `pages/`, in the folders that its URL had."""
        parts = [slugify(part) for part in (found.slug or found.title).split("/") if part]
        wanted = f"{self.config.content}/{PAGES}/{'/'.join(parts[-8:])}.md"
        path = known.path if known is not None else self._free(wanted, found, key)
        own = path.removeprefix(f"{self.config.content}/{PAGES}/").removesuffix(".md")
        found = self._with_free_aliases(found, path, own)
        found = msgspec.structs.replace(
            found, slug="", section="", tags=(), lead=False, dateline=""
        )
        return _Spot(found, key, known, "", path)

    def _safely_bring(self, unit: Unit, spot: _Spot) -> None:
        try:
            self._bring(unit, spot)
        except SitegenError as error:
            self._failed(unit, error)

    def _failed(self, unit: Unit, error: SitegenError) -> None:
        self.problems.extend(error.diagnostics)
        self.items.append(
            ImportedItem(
                unit.shown, "failed", reason="; ".join(d.message for d in error.diagnostics)
            )
        )

    def _bring(self, unit: Unit, spot: _Spot) -> None:
        key, section, path = spot.key, spot.section, spot.path
        taken = take_pictures(
            spot.found, path.rpartition("/")[2].removesuffix(".md"), self._finder(unit, spot.found)
        )
        found = taken.article
        lacks = _lacking(found)
        lacking = [*found.doubts, *lacks]
        status = found.status or (
            "draft" if lacking or self._status(unit, found) == "draft" else ""
        )
        if status == "withheld" and lacks:  # which needs what a published one needs
            status = "draft"
        text = to_markdown(
            found, origin=unit.origin, key=key, status=status, section=section, stem=_stem(path)
        )
        refusal = self._refused(text, path)
        if refusal or any(d.startswith(UNREADABLE) for d in found.doubts):
            self._quarantine(unit, found, key, section, "; ".join(lacking) or refusal)
            return
        with self._alone():
            written = self._write(unit, spot, text, found, "; ".join(lacking), status)
            if written and not self.options.dry_run:
                for name, data in taken.files.items():
                    self._safely(f"{path.rpartition('/')[0]}/{name}", data)
        outcome = self.items[-1].outcome
        is_old = outcome == "kept" or (outcome == "unchanged" and bool(unit.feed))
        if not is_old:  # an editor knows what is edited, and what a feed shows for weeks
            self.problems.extend(_problems_of(found, lacking, taken.missing, path))
        if outcome in ("created", "updated") and (count := _at_source(found)):
            self.images_at_source.append(count)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While nobody picks, drops or edits at the desk."""
        with ExitStack() as stack:
            with suppress(OSError):  # no cache can be written: there is no desk either
                if not self.options.dry_run:
                    stack.enter_context(held(self.root / LOCK))
            yield

    def wants_page(self, unit: Unit, found: Imported) -> bool:
        """Whether the page of an item is to be fetched: it is new, and nothing that is known of it
        without the page drops it."""
        key, known = self.holdings.find(self._completed(found))
        return known is None and self.intake.may_take(key, found, unit.outlet)

    def _status(self, unit: Unit, found: Imported) -> str:
        """Whether an article is published, a draft, or waits in the inbox: as asked for all of this
        import, else as its source says, else as `intake` does; one's own is published."""
        if self.options.status:
            return self.options.status
        if unit.outlet:
            return self.config.sources[unit.outlet].status
        return "published" if found.own else self.config.intake.status

    def _finder(self, unit: Unit, found: Imported) -> Callable[[str], bytes | None]:
        tree, blog = self.inputs.places[unit.place] if unit.place >= 0 else (None, Blog())
        fetch = (lambda src: self.fetcher().picture(src)) if self.options.pictures else None
        used = self.used.setdefault(unit.place, set())
        return finder(tree, unit.name, blog, found, fetch, used)

    def _completed(self, found: Imported) -> Imported:
        """``found`` with a URL that counts nobody, and the source's name from site.yaml where
        its URL is known there."""
        if "?" in found.canonical or "?" in found.source.url:
            source = msgspec.structs.replace(found.source, url=without_tracking(found.source.url))
            found = msgspec.structs.replace(
                found, canonical=without_tracking(found.canonical), source=source
            )
        host = site_of(found.canonical)
        if found.source.name or not host:
            return found
        for outlet in self.config.sources.values():
            if host == site_of(outlet.home):
                return msgspec.structs.replace(
                    found,
                    source=Source(outlet.name, found.source.url or found.canonical, outlet.license),
                )
        return found

    def _section(self, found: Imported, outlet: SourceConfig | None = None) -> str:
        """The section of the site: a person's own as it is; a source's where the site has it, else
        `news`.

        Hundreds of sources have hundreds of sections; which of them a digest has is its editor's
        choice.
        """
        if self.section:
            return self.section
        if outlet is not None and outlet.section:
            return slugify(outlet.section)
        slug = slugify(found.section) if found.section.strip() else "news"
        declared = self.config.sections
        known = slug in declared or (not declared and (found.own or slug in self.holdings.folders))
        if known and slug not in RESERVED:
            return slug
        return "news" if not declared or "news" in declared else next(iter(declared))

    def _free(self, path: str, found: Imported, key: str) -> str:
        if path == self.starter or not self.holdings.taken(path, found.date):
            return path
        return f"{path.removesuffix('.md')}-{key[:6]}.md"

    def _refused(self, text: str, path: str) -> str:
        """Why the site's own reader would refuse what is about to be written; empty where it would
        not."""
        parsed = parse(text.encode(), path, self.config)
        return "; ".join(d.message for d in parsed.diagnostics if d.level == "error")

    def _write(
        self,
        unit: Unit,
        spot: _Spot,
        text: str,
        found: Imported,
        note: str,
        status: str,
    ) -> bool:
        """Write the article unless it exists, or a person has edited it, or the existing text is
        longer."""
        path, known = spot.path, spot.known
        old = known.text if known is not None and known.path == path else ""
        outcome, reason = self._judge(unit, found, path, text, old)
        if reason == EDITED and not spot.is_merged and sealed_as(old) != sealed_as(text):
            reason = f"{EDITED}, and its input has changed, too: --dry-run shows the difference"
        is_written = outcome in ("created", "updated")
        is_compared = outcome == "kept" or (self.options.dry_run and is_written)
        lacking = _in_short(note.split("; ") if note else []) if status == "draft" else ()
        self.items.append(
            ImportedItem(
                unit.shown,
                outcome,
                path,
                reason or note,
                found.title,
                found.evidence,
                found.weighed,
                found.confidence,
                _diff(old, text, path) if is_compared else "",
                self._status_shown(found, path, status),
                lacking,
                found.share,
                fields_of(found),
                unit.outlet,
            )
        )
        if not is_written:
            return outcome == "unchanged" and not reason
        if not self.options.dry_run:
            self._safely(path, text.encode())
        self.holdings.replace(path, text)
        if path == self.starter:
            self.starter = ""
        return True

    def _status_shown(self, found: Imported, path: str, status: str) -> str:
        """How the report calls the status of an article: where it waits, else as it is written."""
        if is_in_inbox(path, self.config.content):
            return "inbox"
        return status or ("scheduled" if found.publish_at else "")

    def _judge(
        self, unit: Unit, found: Imported, path: str, text: str, old: str
    ) -> tuple[Outcome, str]:
        twin = self.done.setdefault(path, unit.shown)
        if twin != unit.shown and _SPUN.search(old) and not _SPUN.search(text):
            return "updated", f"in the place of {twin}, whose words a machine has exchanged"
        if twin != unit.shown:
            return "unchanged", f"the same article as {twin}, which was read first"
        if twin == unit.shown and self._on_disk(path) != old:
            return "kept", "picked, dropped or edited while the import ran"
        if not old:
            return "created", ""
        if old == text or _same_article(old, text):
            return "unchanged", ""
        if any(d.startswith(CUT) for d in found.doubts):
            return "unchanged", f"{CUT}; the existing article stays"
        if not is_sealed(old):
            return "kept", EDITED
        if unit.feed and count_words(_body_of(old)) > 1.5 * count_words(_body_of(text)):
            return "unchanged", "the existing text is longer than that of the feed"
        return "updated", ""

    def _on_disk(self, path: str) -> str:
        """The text of an article as it is now; empty where there is none, or only the page that
        `init` wrote."""
        if path == self.starter:
            return ""
        try:
            return read_bytes(self.root / path, path).decode("utf-8", "replace")
        except SitegenError:
            return ""

    def _safely(self, path: str, data: bytes) -> None:
        """Write below content/ only: a link in the folder's place must not lead out of the site."""
        target = self.root / path
        home = (self.root / self.config.content).resolve()
        if not target.parent.resolve().is_relative_to(home):
            raise SitegenError(
                problem(
                    "unsafe-path", "leads out of the site's content", path, help="remove the link"
                )
            )
        try:
            write_whole(target, data)
        except OSError as error:
            raise SitegenError(
                problem("import", f"cannot be written: {error.strerror}", path)
            ) from None

    # -- what could not be read

    def _quarantine(self, unit: Unit, found: Imported, key: str, section: str, reason: str) -> None:
        text = to_markdown(
            found, origin=unit.origin, key=key, status="draft", section=section, quarantine=reason
        )
        path = self._place_aside(file_name(found), unit, text)
        self._keep_aside(path, text)
        line = next(
            (int(m[1]) for _, how in found.evidence if (m := re.search(r"line (\d+)", how))), 1
        )
        hint = f"complete {path} and move it to {self.config.content}/{section}/"
        self.problems.append(
            problem("import-quarantined", reason, unit.shown, line, help=hint, level="warning")
        )
        self.items.append(
            ImportedItem(
                unit.shown,
                "quarantined",
                path,
                reason,
                found.title,
                found.evidence,
                found.weighed,
                found.confidence,
                text if self.options.dry_run else "",
                share=found.share,
                fields=fields_of(found),
            )
        )

    def _cannot(self, unit: Unit, reading: Reading) -> None:
        """Nothing was read: a note that says why, with the beginning of the text where there is
        one."""
        if not reading.head and (
            reading.problems or any(d.path == unit.shown for d in self.inputs.problems)
        ):
            self.items.append(
                ImportedItem(unit.shown, "failed", reason=reading.reason, outlet=unit.outlet)
            )  # not even opened: there is nothing to keep
            return
        text, _ = decode_text(reading.head)
        readable = "\0" not in text and detect(reading.head) not in ("binary", "empty")
        body = "\n\n".join(escape_block(r) for r in clean_lines(text) if r) if readable else ""
        body = body or escape_block(clean_inline(f"The file {reading.reason}."))
        note = Imported(title=Path(unit.origin).name, body=body + "\n")
        aside = to_markdown(note, origin=unit.origin, status="draft", quarantine=reading.reason)
        path = self._place_aside(f"{slugify(Path(unit.origin).name or 'input')}.md", unit, aside)
        self._keep_aside(path, aside)
        self.problems.append(
            problem("import-quarantined", reading.reason, unit.shown, 0, level="warning")
        )
        self.items.append(ImportedItem(unit.shown, "quarantined", path, reading.reason))

    def _place_aside(self, name: str, unit: Unit, text: str) -> str:
        """Where a text that is set aside goes: never over that of another input of this run with
        the same title."""
        path = f"{self.config.content}/{QUARANTINE}/{name}"
        if self.done.setdefault(path, unit.shown) == unit.shown:
            return path
        return f"{path.removesuffix('.md')}-{digest(text.encode())[:6]}.md"

    def _keep_aside(self, path: str, text: str) -> None:
        target = self.root / path
        old = target.read_bytes().decode("utf-8", "replace") if target.exists() else ""
        if self.options.dry_run or old == text or (old and not is_sealed(old)):
            return
        self._safely(path, text.encode())


def _front_matter(known: KnownArticle) -> Mapping[str, Any]:
    """The values at the head of an existing article; empty where they cannot be read."""
    try:
        return read_front_matter(known.text, known.path).values
    except SitegenError:
        return {}


def _tags_with_home(found: Imported, section: str) -> tuple[str, ...]:
    """The tags of an article, and the section where it was at home if it has another one here.

    That is not lost, unless it says nothing to readers (`Uncategorized`).
    """
    if found.own:
        home = clean_inline(found.section)
    else:
        home = "".join(topics((found.section,), found.title, (found.source.name,))[:1])
    return (home, *found.tags) if home and slugify(home) != section else found.tags


def _together(own: tuple[str, ...], tags: tuple[str, ...], old: Any) -> tuple[str, ...]:
    """The tags of a source, and those that the article has already: no import takes one away."""
    out: dict[str, str] = {}
    kept = [str(t) for t in old if isinstance(t, (str, int))] if isinstance(old, list) else []
    for tag in (*tags, *kept):
        out.setdefault(slugify(tag) or tag, tag)
    return own if len(own) == len(out) else tuple(out.values())


def _linked(found: Imported, name: str, index: Index) -> Imported:
    """``found`` with its links to other texts of the import as URLs, and a report of those that
    lead to none: a wiki's are words then, others stay and make a draft."""
    body, left = linked(found.body, name, index)
    words = [target for target in left if target.startswith("[[")]
    others = [target for target in left if not target.startswith("[[")]
    doubts, notes = list(found.doubts), list(found.notes)
    if others:
        what = "links to other files of the old site are left as they were"
        doubts.append(f"{what}: {names_of(others)}")
    if words:
        notes.append(f"links to notes that are not imported are plain words: {names_of(words)}")
    return msgspec.structs.replace(found, body=body, doubts=tuple(doubts), notes=tuple(notes))


def _has_secrets(found: Imported) -> bool:
    """Whether a URL of the article holds a key or password, which no file of content/ does."""
    texts = (found.canonical, found.source.url, found.body)
    return any(text_without_secrets(text) != text for text in texts)


def _problems_of(
    found: Imported, lacking: Iterable[str], missing: Iterable[str], path: str
) -> Iterator[Diagnostic]:
    """What is wrong with an article that is written to ``path``: what it is ``lacking``, notes, and
    ``missing`` images."""
    incomplete = partial(problem, "import-incomplete", path=path, line=1, level="warning")
    if what := "; ".join(lacking):
        yield incomplete(what, help="complete it and remove `status: draft`")
    yield from map(incomplete, found.notes)
    if _has_secrets(found):
        what = "keys or passwords in its URLs were left out, as articles are published"
        yield problem("secret", what, path, 1, level="note")
    for image in missing:
        yield incomplete(image, help="put it next to the article")


def _lacking(found: Imported) -> list[str]:
    """What an article needs and does not have; a page needs neither date nor authors."""
    out: list[str] = []
    if found.kind == "page":
        return out
    if not found.date and not found.publish_at:
        out.append("no date found")
    if not found.authors and not (found.source.name or found.source.url):
        out.append("neither authors nor source found")
    return out


def _at_source(found: Imported) -> int:
    """How many images of an article are still at their sources."""
    images = [found.image, *found.left_at_source] if found.image else found.left_at_source
    return sum(image.src.startswith(("http:", "https:", "//")) for image in images)


def _in_short(lacking: list[str]) -> tuple[str, ...]:
    """Why an article is a draft, in a few words that many articles share."""
    short = (
        next((say for start, say in _SHORT if reason.startswith(start)), "to be checked")
        for reason in lacking
    )
    return tuple(dict.fromkeys(short)) or ("a draft at its source",)


def _stem(path: str) -> str:
    """What the reader of the site takes for the slug of an article that has none written."""
    return re.sub(r"^\d{4}-\d{2}-\d{2}-(?=.)", "", path.rpartition("/")[2].removesuffix(".md"))


def _body_of(text: str) -> str:
    return text.split("\n---\n", 1)[-1]


def _same_article(old: str, new: str) -> bool:
    """Whether two sealed texts differ in nothing but where they were imported from."""
    return is_sealed(old) and _FROM_LINE.sub("", old, count=2) == _FROM_LINE.sub("", new, count=2)


def _diff(old: str, new: str, path: str) -> str:
    return "".join(
        difflib.unified_diff(
            old.splitlines(True), new.splitlines(True), path if old else "/dev/null", path
        )
    )
