"""Bring inputs into a site: read each, find whether it is there already, and write what may be written."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import MAX_TEXT, read_bytes, write_whole
from sitegen.base.text import digest, safe_link, slugify
from sitegen.config import Config
from sitegen.content.parse import parse
from sitegen.importer.clean import clean_inline, clean_lines, escape_block
from sitegen.importer.detect import decode_text, detect
from sitegen.importer.model import Imported, ImportReport, Item, Outcome
from sitegen.importer.plaintext import read_text
from sitegen.importer.write import file_name, is_sealed, to_markdown
from sitegen.model import Source

QUARANTINE = "_quarantine"
# Names at the top of a site that its own pages take; an outlet's section of that name would collide.
RESERVED = frozenset(
    "tag tags author authors source sources archive archives page pages feed feeds search edition editions story stories "
    "corrections assets images media static index 404 about home news-sitemap sitemap".split()
)
MAX_FILES = 100_000
MAX_DEPTH = 20
_PASSED_OVER = (
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".avif",
    ".svg",
    ".css",
    ".js",
    ".mp3",
    ".mp4",
    ".woff",
    ".woff2",
    ".ico",
    ".json.gz",
)
_KEY = re.compile(r"^    key: ([0-9a-f]{16})$", re.MULTILINE)
_TRACKING = re.compile(
    r"(?:^|&)(?:utm_[a-z]+|fbclid|gclid|mc_cid|mc_eid|cmpid|ref|ref_src|smid|at_medium|at_campaign|xtor|wt_mc|ns_campaign)=[^&]*", re.I
)
_SAYS = {
    "empty": "is empty",
    "binary": "is no text (a picture, archive or program?)",
    "markdown": "is Markdown with front matter already: put it into content/ as it is",
    "feed": "is a feed; feeds are not read yet",
    "xml": "is XML of a kind that is not read",
    "json": "is JSON of a kind that is not read",
    "mail": "is an e-mail; mails are not read yet",
}


class _Known(msgspec.Struct):
    """An article in the site that an import wrote."""

    path: str
    text: str


class _Archive:
    """What the site holds already: articles by identity, and which addresses are taken."""

    def __init__(self, root: Path, content: str) -> None:
        self.root = root
        self.by_key: dict[str, _Known] = {}
        self.by_url: dict[str, _Known] = {}
        self.paths: set[str] = set()
        self.folders: set[str] = set()
        for path in sorted(_files(root / content, [])):
            if path.suffix.lower() not in (".md", ".markdown"):
                continue
            shown = path.relative_to(root).as_posix()
            self.paths.add(shown)
            try:
                text = read_bytes(path, shown).decode("utf-8")
            except (SitegenError, UnicodeDecodeError):
                continue
            self.add(shown, text)

    def add(self, shown: str, text: str) -> None:
        self.paths.add(shown)
        self.folders.add(shown.split("/")[-2])
        head = text.split("\n---\n", 1)[0]
        match = _KEY.search(head)
        if match:
            self.by_key.setdefault(match[1], _Known(shown, text))
        found = re.search(r"^canonical: \"?(https?://[^\s\"]{4,2000})", head, re.MULTILINE)
        if found and match:
            self.by_url.setdefault(_same_address(found[1]), _Known(shown, text))

    def taken(self, shown: str) -> bool:
        """Whether an article with this address (section, day, slug) is there, by name or undated name."""
        folder, _, name = shown.rpartition("/")
        undated = re.sub(r"^\d{4}-\d{2}-\d{2}-", "", name)
        return shown in self.paths or f"{folder}/{undated}" in self.paths


def import_paths(
    root: Path,
    config: Config,
    paths: Sequence[str],
    *,
    section: str = "",
    dry_run: bool = False,
    source_url: str = "",
    now: str = "",
    stdin: str | bytes | None = None,
    texts: Mapping[str, str | bytes] | None = None,
) -> ImportReport:
    """Import ``paths`` (files, folders, ``-`` for ``stdin``) into the site at ``root``.

    ``section`` overrides where articles go; ``source_url`` is the address of a single input; ``now``
    is for importers that need a clock (no article is ever dated by it); ``texts`` gives contents by
    name, for callers that hold them already. Nothing is written in a dry run, where each item carries
    its difference instead. One bad input never stops the others, and none raises.
    """
    del now
    archive = _Archive(root, config.content)
    run = _Run(root, config, archive, slugify(section) if section else "", dry_run)
    given = dict(texts or {})
    if stdin is not None:
        given["-"] = stdin
    for name in paths:
        run.take(name, given, source_url)
    for name in given:
        if name not in paths:
            run.take(name, given, source_url)
    return ImportReport(tuple(run.items), tuple(sorted(run.problems)))


class _Run:
    def __init__(self, root: Path, config: Config, archive: _Archive, section: str, dry_run: bool) -> None:
        self.root, self.config, self.archive, self.section, self.dry_run = root, config, archive, section, dry_run
        self.items: list[Item] = []
        self.problems: list[Diagnostic] = []
        self.done: dict[str, str] = {}  # path -> the input of this run that it came from

    def take(self, name: str, given: Mapping[str, str | bytes], source_url: str) -> None:
        """Import one path as it was given, a folder file by file."""
        if name in given:
            data = given[name]
            self.one("-" if name == "-" else name, data.encode("utf-8", "replace") if isinstance(data, str) else data, source_url)
            return
        path = Path(name)
        if path.is_dir():
            notes: list[str] = []
            files = [f for f in _files(path, notes) if f.suffix.lower() not in _PASSED_OVER]
            if not files:
                self.problems.append(problem("import", "holds no file to import", name, level="warning"))
            for note in notes:
                self.problems.append(problem("import", note, name, level="warning"))
            for file in files:
                self.file(file, f"{name.rstrip('/')}/{file.relative_to(path).as_posix()}", "")
        else:
            self.file(path, name, source_url)

    def file(self, path: Path, shown: str, source_url: str) -> None:
        try:
            data = read_bytes(path, shown, MAX_TEXT)
        except SitegenError as error:
            self.problems.extend(error.diagnostics)
            self.items.append(Item(shown, "quarantined", reason="; ".join(d.message for d in error.diagnostics)))
            return
        self.one(shown, data, source_url)

    def one(self, shown: str, data: bytes, source_url: str) -> None:
        """Import one input. Whatever goes wrong with it stays with it."""
        try:
            kind = detect(data, shown)
            if kind in _SAYS:
                self._cannot(shown, data, _SAYS[kind])
                return
            if kind == "html":
                from sitegen.importer.html import read_html

                found = read_html(data, url=source_url, zone=self.config.timezone)
            else:
                text, _ = decode_text(data)
                found = read_text(text, source_url=source_url, zone=self.config.timezone)
            self._place(shown, data, found)
        except SitegenError as error:
            self.problems.extend(error.diagnostics)
            self.items.append(Item(shown, "quarantined", reason="; ".join(d.message for d in error.diagnostics)))
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError, OSError) as error:
            # A page can be broken in ways that no library foresees; the others must not suffer for it.
            self._cannot(shown, data, f"could not be read ({type(error).__name__}: {str(error)[:120]})")

    # -- one article

    def _place(self, shown: str, data: bytes, found: Imported) -> None:
        found = self._complete(found)
        section = self._section(found)
        outlet = clean_inline(found.section)
        if outlet and slugify(outlet) != section and outlet not in found.tags:
            found = msgspec.structs.replace(found, tags=(outlet, *found.tags))  # where it stood at home is not lost
        key = identity(found)
        known = self.archive.by_url.get(_same_address(found.canonical)) if found.canonical else None
        known = known or self.archive.by_key.get(key)
        if known is not None and not found.canonical and not _alike(known.text, found.body):
            # The same headline on the same day over another text: a different article.
            key = digest(key.encode(), found.body.encode())[:16]
            known = self.archive.by_key.get(key)
        lacking = "; ".join([*found.doubts, *_lacking(found)])
        origin = _origin(self.root, shown)
        folder = f"{self.config.content}/{section}"
        path = known.path if known is not None and f"/{QUARANTINE}/" not in known.path else self._free(f"{folder}/{file_name(found)}", key)
        status = "draft" if lacking else ""
        text = to_markdown(found, origin=origin, key=key, status=status, section=section)
        wrong = self._refused(text, path)
        if wrong or "no running text found" in found.doubts or "no headline found" in found.doubts:
            reason = lacking or wrong
            self._quarantine(shown, found, origin, key, section, reason)
            return
        for doubt in [*found.doubts, *_lacking(found)]:
            self.problems.append(
                problem("import-incomplete", doubt, path, 1, help="complete it and remove `status: draft`", level="warning")
            )
        self._write(shown, path, text, known, found, lacking)

    def _complete(self, found: Imported) -> Imported:
        """The outlet's name from site.yaml where its address is known there."""
        host = (urlsplit(found.canonical).hostname or "") if found.canonical else ""
        if found.source.name or not host:
            return found
        for outlet in self.config.sources.values():
            home = urlsplit(outlet.home).hostname or ""
            if home and host.removeprefix("www.") == home.removeprefix("www."):
                return msgspec.structs.replace(found, source=Source(outlet.name, found.source.url or found.canonical, outlet.license))
        return found

    def _section(self, found: Imported) -> str:
        """The section of the site: the outlet's where the site has it, else `news`.

        Hundreds of outlets have hundreds of sections; which of them a digest has is its editor's choice.
        """
        if self.section:
            return self.section
        slug = slugify(found.section) if found.section.strip() else "news"
        known = slug in self.config.sections or (not self.config.sections and slug in self.archive.folders)
        return slug if known and slug not in RESERVED else "news"

    def _free(self, path: str, key: str) -> str:
        if not self.archive.taken(path):
            return path
        return f"{path.removesuffix('.md')}-{key[:6]}.md"

    def _refused(self, text: str, path: str) -> str:
        """Why the site's own reader would refuse what is about to be written; empty where it would not."""
        parsed = parse(text.encode(), path, self.config)
        return "; ".join(d.message for d in parsed.diagnostics if d.level == "error")

    def _write(self, shown: str, path: str, text: str, known: _Known | None, found: Imported, note: str) -> None:
        evidence = found.evidence
        old = known.text if known is not None and known.path == path else ""
        twin = self.done.setdefault(path, shown)
        if twin != shown:
            self.items.append(Item(shown, "unchanged", path, f"the same article as {twin}, which was read first", found.title, evidence))
            return
        if old:
            if old == text or _same_article(old, text):
                self.items.append(Item(shown, "unchanged", path, note, found.title, evidence))
                return
            if not is_sealed(old):
                self.items.append(
                    Item(shown, "kept", path, "edited by a person since the last import", found.title, evidence, _diff(old, text, path))
                )
                return
        outcome: Outcome = "updated" if old else "created"
        if not self.dry_run:
            self._safely(path, text)
        self.archive.add(path, text)
        change = _diff(old, text, path) if self.dry_run else ""
        self.items.append(Item(shown, outcome, path, note, found.title, evidence, change))

    def _safely(self, path: str, text: str) -> None:
        """Write below content/ only: a link in the folder's place must not lead out of the site."""
        target = self.root / path
        home = (self.root / self.config.content).resolve()
        if not target.parent.resolve().is_relative_to(home):
            raise SitegenError(problem("unsafe-path", "leads out of the site's content", path, help="remove the link"))
        write_whole(target, text.encode())

    # -- what could not be read

    def _quarantine(self, shown: str, found: Imported, origin: str, key: str, section: str, reason: str) -> None:
        path = f"{self.config.content}/{QUARANTINE}/{file_name(found)}"
        known = self.root / path
        text = to_markdown(found, origin=origin, key=key, status="draft", section=section, quarantine=reason)
        self._keep_aside(known, path, text)
        line = next((int(m[1]) for _, how in found.evidence if (m := re.search(r"line (\d+)", how))), 1)
        self.problems.append(
            problem(
                "import-quarantined",
                reason,
                shown,
                line,
                help=f"complete {path} and move it to {self.config.content}/{section}/",
                level="warning",
            )
        )
        self.items.append(Item(shown, "quarantined", path, reason, found.title, found.evidence, text if self.dry_run else ""))

    def _cannot(self, shown: str, data: bytes, reason: str) -> None:
        """Nothing was read: a note that says why, with the beginning of the text where there is one."""
        origin = _origin(self.root, shown)
        path = f"{self.config.content}/{QUARANTINE}/{slugify(Path(origin).name or 'input')}.md"
        text, _ = decode_text(data[:20_000])
        body = (
            "\n\n".join(escape_block(r) for r in clean_lines(text)[:200] if r)
            if "\0" not in text and detect(data) not in ("binary", "empty")
            else ""
        )
        note = to_markdown(
            Imported(title=Path(origin).name, body=body + "\n" if body else ""), origin=origin, status="draft", quarantine=reason
        )
        self._keep_aside(self.root / path, path, note)
        self.problems.append(problem("import-quarantined", reason, shown, 0, level="warning"))
        self.items.append(Item(shown, "quarantined", path, reason))

    def _keep_aside(self, target: Path, path: str, text: str) -> None:
        if self.dry_run or (target.exists() and not is_sealed(target.read_bytes().decode("utf-8", "replace"))):
            return
        self._safely(path, text)


def identity(found: Imported) -> str:
    """What makes two inputs the same article: the canonical address, else headline, day and authors."""
    if found.canonical:
        return digest(b"url", _same_address(found.canonical).encode())[:16]
    authors = sorted(" ".join(p.name.casefold().split()) for p in found.authors)
    parts = [" ".join(re.findall(r"\w+", found.title.casefold())), found.date[:10], *authors]
    if not found.title or not found.date:
        parts.append(found.body[:2000])
    return digest(b"text", *(p.encode() for p in parts))[:16]


def _same_address(url: str) -> str:
    """``url`` without what does not tell articles apart: scheme, `www.`, fragment, tracking, last slash."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = _TRACKING.sub("", parts.query).strip("&")
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    return urlunsplit(("", host, parts.path.rstrip("/"), query, "")) if safe_link(url) else url


def _lacking(found: Imported) -> list[str]:
    out = []
    if not found.date:
        out.append("no date found")
    if not found.authors and not (found.source.name or found.source.url):
        out.append("neither authors nor source found")
    return out


def _alike(written: str, body: str) -> bool:
    """Whether the bodies share at least a fifth of their paragraphs or the first one."""
    old = {p.strip() for p in written.split("\n---\n", 1)[-1].split("\n\n") if len(p.strip()) > 40}
    new = {p.strip() for p in body.split("\n\n") if len(p.strip()) > 40}
    if not old or not new:
        return True
    return len(old & new) * 5 >= min(len(old), len(new))


def _same_article(old: str, new: str) -> bool:
    """Whether two sealed texts differ in nothing but where they were imported from."""
    from_line = re.compile(r"^    (?:from|digest): .*$", re.MULTILINE)
    return is_sealed(old) and from_line.sub("", old, count=2) == from_line.sub("", new, count=2)


def _origin(root: Path, shown: str) -> str:
    """The input's name without anything of the machine: relative to the site, else the last part."""
    if shown == "-":
        return "-"
    path = Path(shown)
    try:
        return clean_inline(path.resolve().relative_to(root.resolve()).as_posix())
    except (ValueError, OSError):
        return clean_inline(path.name)


def _diff(old: str, new: str, path: str) -> str:
    return "".join(difflib.unified_diff(old.splitlines(True), new.splitlines(True), path if old else "/dev/null", path))


def _files(folder: Path, notes: list[str]) -> list[Path]:
    """Regular files below ``folder``, sorted; hidden ones and links are passed over, depth is bounded."""
    out: list[Path] = []
    stack = [(folder, 0)]
    while stack:
        here, depth = stack.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda e: e.name)
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    stack.append((Path(entry.path), depth + 1))
                else:
                    notes.append(f"folders deeper than {MAX_DEPTH} levels were passed over")
            elif entry.is_file(follow_symlinks=False):
                out.append(Path(entry.path))
                if len(out) >= MAX_FILES:
                    notes.append(f"only the first {MAX_FILES} files were read")
                    return sorted(out)
    return sorted(out)
