"""What every stage of one build may use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from sitegen.base.dates import moment
from sitegen.base.install import require_extras
from sitegen.base.progress import Progress, silent
from sitegen.config.languages import languages_of
from sitegen.config.load import needed_extras
from sitegen.config.schema import Config
from sitegen.engine.cache import Cache
from sitegen.engine.clock import Clock
from sitegen.engine.options import BuildOptions, output_folder
from sitegen.engine.renderers import LastRenderer
from sitegen.engine.site_folder import (
    check_output,
    plugin_settings,
    read_settings,
    with_plugins,
)
from sitegen.engine.workers import Pool, Processes, cores
from sitegen.model.base import Struct
from sitegen.model.site import Shown
from sitegen.plugins import Plugin, find_plugins
from sitegen.theme.dependencies import template_closures, template_data, template_queries
from sitegen.theme.load import Theme, load_theme
from sitegen.theme.places import theme_roots


class BuildContext(Struct, frozen=True):
    """What every stage of one build may use: fixed before the first stage, but for the cache and
    the clock.

    ``reading`` are the settings that articles are read with, ``settings`` is a digest of what
    parsing depends on besides the file of an article.
    ``closures``, ``queries`` and ``data`` are what `template_closures`, `template_queries` and
    `template_data` give for the theme.
    """

    options: BuildOptions
    root: Path
    output: Path
    now: float
    pool: Pool
    shown: Shown
    config: Config
    reading: Config
    settings: str
    plugins: tuple[Plugin, ...]
    theme: Theme
    closures: dict[str, str]
    queries: dict[str, str]
    data: dict[str, str]
    store: Cache
    clock: Clock
    renderer: LastRenderer  # of a process that builds again and again

    @property
    def progress(self) -> Progress:
        return self.clock.progress


def load(
    options: BuildOptions,
    store: Cache,
    progress: Progress = silent,
    renderer: LastRenderer | None = None,
    pool: Pool | None = None,
) -> BuildContext:
    """The settings, the plugins and the theme of the site at ``options.root``; the clock starts.

    Work is done by ``pool``, or else by ``options.jobs`` processes of this machine.

    Raises SitegenError for a broken configuration, plugin or theme, an output folder that would mix
    with the sources, and an extra that a build needs and is not installed.
    """
    clock = Clock(progress)
    root, output = Path(options.root), output_folder(options)
    settings = read_settings(root, options.base_url)
    config = settings.config
    if options.noindex:
        config = replace(config, noindex=True)
    plugins = find_plugins(root, config.plugins)
    theme = _theme(root, config, plugins)
    check_output(root, output, config.content)

    def of_theme(kind: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
        data = store.derived(kind, {"": theme.digest}, lambda _: msgspec.msgpack.encode(make()))
        return msgspec.msgpack.decode(data[""], type=dict[str, str])

    if not options.dry_run:
        require_extras(build_extras(config), "site.yaml")
    return BuildContext(
        options=options,
        root=root,
        output=output,
        now=moment(options.now),
        pool=pool or Processes(options.jobs or cores()),
        shown=Shown(options.drafts, options.future, options.expired),
        config=config,
        # Articles are read alike for every build, so that each may use what is remembered.
        reading=replace(config, base_url=settings.written_url),
        settings=plugin_settings(settings.digest, plugins),
        plugins=plugins,
        theme=theme,
        closures=of_theme("closures", lambda: template_closures(theme.templates, plugins)),
        queries=of_theme("queries", lambda: template_queries(theme.templates)),
        data=of_theme("template data", lambda: template_data(theme.templates)),
        store=store,
        clock=clock,
        renderer=renderer or LastRenderer(),
    )


def _theme(root: Path, config: Config, plugins: tuple[Plugin, ...]) -> Theme:
    theme = load_theme(
        config.theme,
        theme_roots(root, plugins),
        config.theme_options,
        root / "theme",
        config.language,
        languages_of(config)[1:],
    )
    return with_plugins(theme, plugins) if plugins else theme


def build_extras(config: Config) -> dict[str, str]:
    """The extras that a build of the site needs, each with the setting that needs it."""
    wanted = ("email", "code", "math")
    return {extra: what for extra, what in needed_extras(config).items() if extra in wanted}
