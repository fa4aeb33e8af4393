"""What every stage of one build may use."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from sitegen.base.install import require_extras
from sitegen.base.memo import Memo
from sitegen.base.progress import Progress, silent
from sitegen.config.load import needed_extras
from sitegen.config.schema import Config
from sitegen.engine.cache import Cache
from sitegen.engine.clock import Clock
from sitegen.engine.options import BuildOptions, output_folder
from sitegen.engine.pagefind import engine
from sitegen.engine.recent import Recent
from sitegen.engine.site_folder import check_output, plugin_settings, read_config, with_plugins
from sitegen.engine.workers import cores
from sitegen.model.base import Struct
from sitegen.plugins import Plugin, find_plugins
from sitegen.site.resolve import Shown, moment
from sitegen.theme.dependencies import template_closures, template_queries
from sitegen.theme.load import Theme, load_theme
from sitegen.theme.places import theme_roots


class BuildContext(Struct, frozen=True):
    """What every stage of one build may use: fixed before the first stage, but for the cache and
    the clock.

    ``settings`` is a digest of what parsing depends on besides the file of an article. ``searched``
    is the program that makes the search index, empty where there is none. ``closures`` and
    ``queries`` are what `template_closures` and `template_queries` give for the theme.
    """

    options: BuildOptions
    root: Path
    output: Path
    now: float
    jobs: int
    shown: Shown
    config: Config
    settings: str
    plugins: tuple[Plugin, ...]
    theme: Theme
    searched: str
    closures: dict[str, str]
    queries: dict[str, str]
    store: Cache
    clock: Clock
    recent: Recent | None  # of a process that builds again and again

    @property
    def progress(self) -> Progress:
        return self.clock.progress

    @property
    def memo(self) -> Memo:
        return self.recent.memo if self.recent else Memo(0)


def load(
    options: BuildOptions,
    store: Cache,
    progress: Progress = silent,
    recent: Recent | None = None,
) -> BuildContext:
    """The settings, the plugins and the theme of the site at ``options.root``; the clock starts.

    Raises SitegenError for a broken configuration, plugin or theme, an output folder that would mix
    with the sources, and an extra that a build needs and is not installed.
    """
    clock = Clock(progress)
    root, output = Path(options.root), output_folder(options)
    config, settings = read_config(root, options.base_url)
    if options.noindex:
        config = replace(config, noindex=True)
    plugins = find_plugins(root, config.plugins)
    theme = _theme(root, config, plugins)
    check_output(root, output, config.content)
    if not options.dry_run:
        require_extras(build_extras(config, options.preview), "site.yaml")
    return BuildContext(
        options=options,
        root=root,
        output=output,
        now=moment(options.now),
        jobs=options.jobs or cores(),
        shown=Shown(options.drafts, options.future, options.expired),
        config=config,
        settings=plugin_settings(settings, plugins),
        plugins=plugins,
        theme=theme,
        searched=engine() if config.search and not options.preview else "",
        closures=store.remembered(
            "closures", theme.digest, lambda: template_closures(theme.templates, plugins)
        ),
        queries=store.remembered(
            "queries", theme.digest, lambda: template_queries(theme.templates)
        ),
        store=store,
        clock=clock,
        recent=recent,
    )


def _theme(root: Path, config: Config, plugins: tuple[Plugin, ...]) -> Theme:
    theme = load_theme(
        config.theme,
        theme_roots(root, plugins),
        config.theme_options,
        root / "theme",
        config.language,
    )
    return with_plugins(theme, plugins) if plugins else theme


def build_extras(config: Config, preview: bool) -> dict[str, str]:
    """The extras that a build of the site needs, each with the setting that needs it; a preview has
    no search index."""
    wanted = ("email", "code", "math", *(() if preview else ("search",)))
    return {extra: what for extra, what in needed_extras(config).items() if extra in wanted}
