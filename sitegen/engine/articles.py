"""The articles of a site: those whose files have changed are read, the others remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.progress import Progress, silent
from sitegen.config.schema import Config
from sitegen.content.discover import Found, Sources, discover
from sitegen.engine.cache import Cache, Reading, texts_path
from sitegen.engine.context import BuildContext
from sitegen.engine.site_folder import in_site, plugin_settings, read_config
from sitegen.engine.workers import Pool, Processes, cores
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.plugins import Plugin, find_plugins


class ChangedArticles(Struct, frozen=True):
    """Since the last build: files to be read, and the paths of those that are gone."""

    fresh: tuple[Found, ...]
    gone: frozenset[str]

    @property
    def paths(self) -> frozenset[str]:
        """All that are not as they were."""
        return self.gone | {found.path for found in self.fresh}


def fresh_articles(
    articles: Sequence[Found], settings: str, known: Mapping[str, Reading]
) -> list[Found]:
    """The articles to be read: those whose file or settings are not as they were when last
    read.

    ``settings`` is a digest of what parsing depends on besides the file; ``known`` is what the
    cache holds of each.
    """
    return [
        f for f in articles if known.get(f.path) != (f.size, f.mtime_ns, f.ctime_ns, 1, settings)
    ]


def find_changes(context: BuildContext, sources: Sources) -> ChangedArticles:
    """The articles that are not as they were when they were last read; ``--verify`` reads all."""
    changes = _changes(context.store, sources, context.settings)
    return replace(changes, fresh=sources.articles) if context.options.verify else changes


def _changes(store: Cache, sources: Sources, settings: str) -> ChangedArticles:
    known = store.articles()
    fresh = fresh_articles(sources.articles, settings, known)
    gone = frozenset(known.keys() - {found.path for found in sources.articles})
    return ChangedArticles(tuple(fresh), gone)


def read_changes(context: BuildContext, changes: ChangedArticles) -> None:
    """Read and remember the articles of ``changes``; those that are gone are forgotten."""
    _read(
        changes,
        context.root,
        context.reading,
        context.settings,
        context.plugins,
        context.store,
        context.pool,
        context.progress,
    )


def _read(
    changes: ChangedArticles,
    root: Path,
    config: Config,
    settings: str,
    plugins: tuple[Plugin, ...],
    store: Cache,
    pool: Pool,
    progress: Progress = silent,
) -> None:
    if changes.fresh:
        from sitegen.engine.parse_articles import ParseJob, parse_articles  # slow to import

        job = ParseJob(str(root), config, settings, plugins, texts_path(store.path))
        parse_articles(job, changes.fresh, store, pool, progress)
    store.forget_articles(changes.gone)


def read_documents(root: Path) -> tuple[Config, list[Document], list[Diagnostic]]:
    """The settings of the site at ``root``, every article that can be read, whatever its status,
    and the diagnostics of the others.

    Raises SitegenError for a broken configuration or plugin.
    """
    config, settings = read_config(root)
    plugins = find_plugins(root, config.plugins)
    settings = plugin_settings(settings, plugins)

    def read(
        store: Cache, problems: list[Diagnostic]
    ) -> tuple[Config, list[Document], list[Diagnostic]]:
        sources, passed_over = discover(root, config.content, bool(config.taxonomies))
        changes = _changes(store, sources, settings)
        _read(changes, root, config, settings, plugins, store, Processes(cores()))
        documents, unreadable = list(store.documents()), store.problems()
        store.commit()
        return config, documents, [*problems, *passed_over, *unreadable]

    return in_site(root, read)
