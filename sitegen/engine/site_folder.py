"""The folder of a site: its settings, its static files, and its cache, which one command holds at a
time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen.base.blobs import BlobsDamaged
from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, problem
from sitegen.base.files import read_bytes, utf8
from sitegen.base.makers import fingerprint, versions_of
from sitegen.base.progress import Progress, silent
from sitegen.base.text import digest
from sitegen.base.urls import site_url
from sitegen.base.yaml import load_mapping
from sitegen.config.load import cut_settings, load_config
from sitegen.config.schema import Config, SourceConfig
from sitegen.content.authors import with_people
from sitegen.content.discover import PAGES
from sitegen.content.terms import with_terms
from sitegen.engine.cache import Cache, drop
from sitegen.engine.places import CACHE, refusal
from sitegen.engine.transaction import lock, recover
from sitegen.model.base import Struct
from sitegen.plugins import Plugin, hooks
from sitegen.theme.load import Theme

T = TypeVar("T")


def in_site(
    root: Path,
    work: Callable[[Cache, list[Diagnostic]], T],
    progress: Progress = silent,
    no_cache: bool = False,
) -> T:
    """What ``work`` returns, called with the site's cache, which this command holds alone, and a
    list for diagnostics.

    An interrupted publish is completed first, or dropped with a note. A cache that turns out to be
    damaged is dropped, and ``work`` called again.
    """
    path = root / CACHE / "store.db"
    with lock(
        root / CACHE, lambda: progress("another build is running here; waiting for it", 0, 0)
    ):
        reason = recover(root / CACHE / "journal.json")
        problems = [_unfinished(reason)] if reason else []
        try:
            return _with_store(path, work, no_cache, [*problems])
        except (sqlite3.DatabaseError, msgspec.DecodeError, BlobsDamaged) as error:
            if isinstance(error, sqlite3.OperationalError):
                hint = (
                    "free some disk space or check the file permissions; `sitegen clean` removes"
                    " the cache"
                )
                raise fail("cache", f"cannot be used: {error}", CACHE, help=hint) from None
        drop(path)
        return _with_store(path, work, no_cache, problems, rebuilt=True)


def _unfinished(reason: str) -> Diagnostic:
    message = f"an earlier publish was interrupted and could not be completed: {reason}"
    hint = "`sitegen build` completes it; until then the output may hold files of both builds"
    return problem("recovered", message, CACHE, help=hint, level="note")


def _with_store(
    path: Path,
    work: Callable[[Cache, list[Diagnostic]], T],
    no_cache: bool,
    problems: list[Diagnostic],
    rebuilt: bool = False,
) -> T:
    store = Cache(path)
    if store.rebuilt or rebuilt:
        message = "rebuilding the cache: it was damaged or written by another version"
        problems.append(problem("cache", message, CACHE, level="note"))
    try:
        if no_cache:
            store.forget_keys()
        return work(store, problems)
    finally:
        store.close()


class SiteSettings(Struct, frozen=True):
    """The configuration of a site, the `base_url` that site.yaml gives, whatever a preview or a
    target has in its place, and a digest of what parsing depends on."""

    config: Config
    written_url: str
    digest: str


def read_config(root: Path, base_url: str = "") -> tuple[Config, str]:
    """The configuration of the site at ``root``, and a digest of what parsing depends on."""
    settings = read_settings(root, base_url)
    return settings.config, settings.digest


def read_settings(root: Path, base_url: str = "") -> SiteSettings:
    """The settings of the site at ``root``; `base_url` is ``base_url``, where that is given."""
    data = read_bytes(root / "site.yaml", "site.yaml")
    text = utf8(data, "site.yaml", "config", exit_status=2)
    config = with_terms(root, with_people(root, load_config(text, "site.yaml", base_url)))
    written_url = _written_url(text, config) if base_url else config.base_url
    extensions = versions_of(config.markdown.extensions)
    parts = (
        config.content,
        written_url,
        config.timezone,
        config.markdown,
        _read_with(config.sources),
        config.stories.kind,
        PAGES in config.sections,
        tuple(config.taxonomies),
        (config.topics, config.language) if config.topics else (),
        tuple(config.languages),
    )
    mark = digest(fingerprint().encode(), msgspec.msgpack.encode((parts, extensions)))
    return SiteSettings(config, written_url, mark)


def _written_url(text: str, config: Config) -> str:
    """The `base_url` in the ``text`` of site.yaml; that of ``config`` where it has no valid one."""
    try:
        return site_url(str(load_mapping(text, "site.yaml", "config")[0].get("base_url")))
    except (SitegenError, ValueError):
        return config.base_url


def _read_with(sources: Mapping[str, SourceConfig]) -> dict[str, tuple[object, ...]]:
    """What of each source decides how articles are read: not what becomes of the items of feeds."""
    return {
        key: (s.name, s.home, s.license, s.notice, s.rights, s.words, s.reserve)
        for key, s in sources.items()
    }


def content_folder(root: Path) -> str:
    """The folder of articles; the usual one where site.yaml cannot be read, so that a broken site
    can be cleaned, too."""
    try:
        return read_config(root)[0].content
    except SitegenError:
        return "content"


def cut_settings_of(root: Path) -> list[Diagnostic]:
    """Warnings about texts in the site.yaml at ``root`` that a comment ends."""
    return cut_settings(utf8(read_bytes(root / "site.yaml", "site.yaml"), "site.yaml", "config"))


def plugin_settings(settings: str, plugins: tuple[Plugin, ...]) -> str:
    """``settings`` with the plugins that change articles as they are read."""
    marks = [plugin.digest.encode() for plugin, _ in hooks(plugins, "transform_document")]
    return digest(settings.encode(), *marks) if marks else settings


def with_plugins(theme: Theme, plugins: tuple[Plugin, ...]) -> Theme:
    """``theme`` with the plugins that its pages are made with."""
    mark = digest(theme.digest.encode(), *(p.digest.encode() for p in plugins))
    return msgspec.structs.replace(theme, plugins=plugins, digest=mark)


def check_folder(root: Path, output: Path, content: str) -> None:
    """Refuse an output folder that would mix with the sources, of which ``content`` is the folder
    of articles.

    Raises SitegenError (exit status 2).
    """
    if reason := refusal(root, output, content, own_outputs=True):
        raise fail(
            "output",
            f"`{output}` is not a folder for output: it {reason}",
            help="choose a folder of its own",
            exit_status=2,
        )


def check_output(root: Path, output: Path, content: str) -> None:
    """Refuse what `check_folder` refuses, and what exists and is not a folder.

    Raises SitegenError (exit status 2).
    """
    check_folder(root, output, content)
    if output.is_symlink():
        raise fail(
            "output",
            f"`{output}` is a link, which a build would replace",
            help=f"build into what it leads to (`-o {output.resolve()}`), or remove it and deploy "
            "to that folder",
            exit_status=2,
        )
    if output.exists() and not output.is_dir():
        raise fail(
            "output",
            f"`{output}` is not a folder",
            help="remove it or choose another",
            exit_status=2,
        )
