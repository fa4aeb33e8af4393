"""The editions of a site as commands see them, and closing them."""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile
from pathlib import Path

from sitegen.base.dates import moment as seconds
from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, nearest_hint
from sitegen.base.files import read_bytes, utf8, write_whole
from sitegen.config.schema import Config
from sitegen.content.closed_editions import (
    edition_path,
    manifest_files,
    read_manifest,
    read_manifests,
)
from sitegen.content.edition_edit import (
    CLOSED_HEAD,
    OPEN_HEAD,
    EditionEntry,
    Field,
    with_edition,
)
from sitegen.engine.articles import read_documents
from sitegen.engine.staleness import failing
from sitegen.model.base import Struct
from sitegen.model.site import Edition, Shown, Site
from sitegen.site.editions import editions, ended
from sitegen.site.resolve import resolve


class SiteEditions(Struct, frozen=True):
    """The editions of a site at a moment, by series, the oldest of each first; ``notes`` name what
    their files list in vain."""

    site: Site
    config: Config
    editions: tuple[Edition, ...]
    moment: str
    notes: tuple[Diagnostic, ...] = ()

    @property
    def open_ones(self) -> list[Edition]:
        """Those that are not closed."""
        return [edition for edition in self.editions if not edition.published]

    def open_in(self, series: str) -> list[Edition]:
        """Those of a series that are not closed."""
        return [edition for edition in self.open_ones if edition.series == series]

    def has_ended(self, edition: Edition) -> bool:
        """Whether an edition is open although its time is over."""
        return not edition.published and ended(edition, self.config, seconds(self.moment))


def read_editions(root: Path, moment: str) -> SiteEditions:
    """The editions of the site in ``root`` at ``moment`` (ISO 8601).

    Raises SitegenError for a site without any, and where an article or the file of an edition has
    an error.
    """
    config, documents, problems = read_documents(root)
    if not config.series:
        hint = "add them to site.yaml: `editions: {kind: daily}`; see: sitegen help editions"
        raise fail("edition", "this site has no editions", "site.yaml", help=hint, exit_status=2)
    frozen, errors = read_manifests(root, manifest_files(root, config), config)
    site, _ = resolve(documents, config, seconds(moment), Shown())
    listed, notes = editions(site, config, frozen)
    if failing([*problems, *errors], False):
        raise SitegenError([*problems, *errors])
    return SiteEditions(site, config, listed, moment, tuple(notes))


def to_close(given: SiteEditions, name: str = "") -> list[Edition]:
    """The editions that closing ``name`` means: a key means that edition and the older ones of its
    series, a series or nothing all that have ended.

    Raises SitegenError (exit status 2) for one that is not open.
    """
    wanted = name.lower()
    slugs = [series.slug for series in given.config.series]
    if not wanted or wanted in slugs:
        return [
            edition
            for slug in slugs
            if wanted in ("", slug)
            for edition in takewhile(given.has_ended, given.open_in(slug))
        ]
    found = next((e for e in given.open_ones if e.key == wanted), None)
    if found is None:
        raise _not_open(given, name)
    mine = given.open_in(found.series)
    return mine[: mine.index(found) + 1]


def _not_open(given: SiteEditions, name: str) -> SitegenError:
    listing = "`sitegen edition list` lists them"
    if any(edition.key == name.lower() for edition in given.editions):
        return fail("edition", f"edition `{name}` is already closed", help=listing, exit_status=2)
    hint = nearest_hint(name, [edition.key for edition in given.open_ones], listing)
    return fail("edition", f"edition `{name}` does not exist", help=hint, exit_status=2)


def close_edition(root: Path, edition: Edition, given: SiteEditions, dry_run: bool = False) -> str:
    """Write the record of an edition that closes now; returns its path below the site.

    Raises SitegenError for one that is closed.
    """
    config = given.config
    name = edition_path(config, edition.key)
    if _is_closed(root, name, config):
        hint = "correct it, or delete it to open the edition again"
        raise fail("edition", "already exists", name, help=hint)
    if not dry_run:
        old = utf8(read_bytes(root / name, name), name) if (root / name).exists() else ""
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / name, closed_text(old, edition, given).encode())
    return name


def closed_text(text: str, edition: Edition, given: SiteEditions) -> str:
    """The file of an edition that closes now, with all that it holds; ``text`` is what it says so
    far, of which comments and the order of keys stay."""
    config = given.config

    def entry(index: int) -> EditionEntry:
        document = given.site.documents[index]
        said = edition.comments.get(document.id) or edition.comments.get(document.path)
        return EditionEntry(document.id or document.path, document.title, said)

    local = datetime.fromisoformat(given.moment).astimezone(config.zone)
    fields: dict[str, Field] = {
        "number": edition.number,
        "title": edition.title,
        "published": local.isoformat(timespec="seconds"),
        "intro": edition.intro,
        "outro": edition.outro,
        "lead": entry(edition.lead).name if edition.lead is not None else "",
    }
    start = text.removeprefix(OPEN_HEAD)
    path = edition_path(config, edition.key)
    new = with_edition(start, path, fields, [entry(index) for index in edition.documents])
    return new if start == text and text else CLOSED_HEAD + new


def _is_closed(root: Path, name: str, config: Config) -> bool:
    """Whether the file of an edition closes it already; one that only holds an editor's words does
    not."""
    if not (root / name).exists():
        return False
    return bool(read_manifest(read_bytes(root / name, name), name, config).published)
