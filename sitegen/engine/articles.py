"""The articles of a site: those whose files have changed are read, the others remembered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic
from sitegen.config.schema import Config
from sitegen.content.article import Parsed
from sitegen.content.discover import Found, Sources, discover
from sitegen.engine.cache import Cache, texts_path
from sitegen.engine.context import BuildContext
from sitegen.engine.parse_articles import ParseJob, fresh_articles, parse_articles
from sitegen.engine.short_cut import last_readings, last_records, remember_readings
from sitegen.engine.site_folder import in_site, plugin_settings, read_config
from sitegen.engine.workers import cores
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.plugins import find_plugins


class ChangedArticles(Struct, frozen=True):
    """Since the last build: files to be read, and the paths of those that are gone."""

    fresh: tuple[Found, ...]
    gone: frozenset[str]


def find_changes(context: BuildContext, sources: Sources) -> ChangedArticles:
    """The articles that are not as they were when they were last read; ``--verify`` reads all."""
    known = last_readings(context)
    gone = frozenset(known.keys() - {found.path for found in sources.articles})
    if context.options.verify:
        return ChangedArticles(sources.articles, gone)
    fresh = fresh_articles(sources.articles, context.settings, known)
    return ChangedArticles(tuple(fresh), gone)


def read_changes(context: BuildContext, changes: ChangedArticles) -> dict[str, Parsed]:
    """The articles of ``changes``, read and remembered; those that are gone are forgotten."""
    parsed: dict[str, Parsed] = {}
    store = context.store
    if changes.fresh:
        job = ParseJob(
            str(context.root),
            context.config,
            context.settings,
            context.plugins,
            texts_path(store.path),
        )
        parsed = parse_articles(job, changes.fresh, store, context.jobs, context.progress)
    store.forget_articles(changes.gone)
    remember_readings(context, [*parsed, *changes.gone])
    return parsed


def recall(
    context: BuildContext, sources: Sources, parsed: dict[str, Parsed]
) -> tuple[list[Document], list[Diagnostic]]:
    """Every article, of which ``parsed`` has just been read, and their diagnostics."""
    everything = len(parsed) == len(sources.articles)
    return in_order(sources, last_records(context, parsed if everything else None))


def in_order(
    sources: Sources, records: Mapping[str, Parsed]
) -> tuple[list[Document], list[Diagnostic]]:
    """Every article that can be read, in the order of ``sources``, and the diagnostics of all."""
    articles = [records[found.path] for found in sources.articles]
    documents = [article.document for article in articles if article.document]
    return documents, [problem for article in articles for problem in article.diagnostics]


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
        sources, passed_over = discover(root, config.content)
        known = store.articles()
        fresh = fresh_articles(sources.articles, settings, known)
        if fresh:
            job = ParseJob(str(root), config, settings, plugins, texts_path(store.path))
            parse_articles(job, fresh, store, cores())
        store.forget_articles(known.keys() - {found.path for found in sources.articles})
        documents, unreadable = in_order(sources, store.records())
        store.commit()
        return config, documents, [*problems, *passed_over, *unreadable]

    return in_site(root, read)
