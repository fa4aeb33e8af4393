"""Functions of a site's own at the borders of stages: values go in, values come out
(docs/plugins.md)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from sitegen.base.diagnostics import SitegenError, fail, nearest_hint, problem
from sitegen.base.files import is_there, read_bytes, utf8
from sitegen.base.text import digest
from sitegen.config.send import PluginSend
from sitegen.config.targets import Kinds, PluginTarget
from sitegen.model.base import Struct

FOLDER = "plugins"
GROUP = "sitegen.plugins"  # of entry points
# What a plugin brings by names
MAPPINGS = ("filters", "queries", "importers", "deployers", "senders")


class Plugin(Struct, frozen=True):
    """A plugin as it was found: the text of a file of the site, or else the name of an entry point
    with its version."""

    name: str
    path: str
    text: str
    digest: str

    @property
    def own(self) -> bool:
        """Whether it is a file of the site."""
        return self.path == f"{FOLDER}/{self.name}.py"


def find_plugins(root: Path, names: Sequence[str]) -> tuple[Plugin, ...]:
    """The plugins that site.yaml names: files of the site's ``plugins/``, else entry points.

    Raises SitegenError for one that does not exist.
    """
    return tuple([_find(root, name) for name in names])


def _find(root: Path, name: str) -> Plugin:
    path = f"{FOLDER}/{name}.py"
    if re.fullmatch(r"\w+", name) and is_there(root / path):
        data = read_bytes(root / path, path)
        return Plugin(
            name, path, utf8(data, path, "plugin", exit_status=2), digest(name.encode(), data)
        )
    from importlib.metadata import entry_points

    known = entry_points(group=GROUP)
    for entry in known:
        if entry.name == name:
            version = entry.dist.version if entry.dist else ""
            return Plugin(
                name, entry.value, "", digest(name.encode(), entry.value.encode(), version.encode())
            )
    existing = sorted({p.stem for p in (root / FOLDER).glob("*.py")} | {e.name for e in known})
    hint = nearest_hint(
        name.removeprefix(f"{FOLDER}.").removesuffix(".py"),
        existing,
        f"write {FOLDER}/{name.rpartition('.')[2]}.py, or install a package that brings it",
    )
    raise fail("plugin", f"no plugin is called `{name}`", "site.yaml", help=hint, exit_status=2)


def hook(plugin: Plugin, name: str) -> Any:
    """What the plugin calls ``name``, or None.

    Raises SitegenError for one that cannot be loaded, or is not what it has to be.
    """
    found = getattr(_module(plugin), name, None)
    if name not in MAPPINGS:
        if found is None or callable(found):
            return found
        raise fail(
            "plugin",
            f"plugin `{plugin.name}`: `{name}` is not a function",
            plugin.path,
            help="see: sitegen help plugins",
        )
    if found is None or (
        isinstance(found, dict)
        and all(isinstance(key, str) and callable(one) for key, one in found.items())
    ):
        return found
    hint = f'write `{name} = {{"name": function}}`'
    raise fail(
        "plugin",
        f"plugin `{plugin.name}`: `{name}` is not a mapping of names to functions",
        plugin.path,
        help=hint,
    )


def hooks(plugins: Sequence[Plugin], name: str) -> Iterator[tuple[Plugin, Any]]:
    """The plugins that have a function ``name``, in the order of site.yaml."""
    for plugin in plugins:
        found = hook(plugin, name)
        if found is not None:
            yield plugin, found


def named(plugins: Sequence[Plugin], name: str) -> dict[str, tuple[Plugin, Callable[..., Any]]]:
    """The functions in the mappings that plugins call ``name`` (`filters`, `queries`); later
    plugins take precedence."""
    return {
        key: (plugin, function)
        for plugin, functions in hooks(plugins, name)
        for key, function in functions.items()
    }


def call(plugin: Plugin, function: Callable[..., Any], *values: Any, met: str) -> Any:
    """What ``function`` makes of ``values``.

    Raises SitegenError with the plugin's file and line where it fails.
    """
    try:
        return function(*values)
    except SitegenError:
        raise
    except (
        Exception,  # noqa: BLE001
        SystemExit,
    ) as error:
        raise failure(plugin, error, met) from None


class PluginKinds(Struct, frozen=True):
    """A part of site.yaml with targets, of which plugins know further kinds."""

    kinds: Kinds
    hook: str  # the mapping of a plugin that names its kinds: `deployers`
    noun: str  # what a plugin makes for a target, in messages
    doing: str  # what is done with it, in messages
    methods: tuple[str, ...]  # what it must have
    advice: str  # what to do if one of them is missing


def made_for_target(
    part: PluginKinds,
    root: Path,
    plugins: Iterable[str],
    name: str,
    target: PluginTarget | PluginSend,
    env: Mapping[str, str],
) -> tuple[Plugin, Any]:
    """The plugin that knows the kind of target ``name``, and what it makes of the settings of the
    target and the environment.

    Raises SitegenError (exit status 2) where no plugin knows the kind, and where the plugin fails.
    """
    known = named(find_plugins(root, tuple(plugins)), part.hook)
    if target.of not in known:
        names = (*part.kinds.known, *known)
        hint = nearest_hint(target.of, names, f"write one of {', '.join(names)}")
        message = f"`{part.kinds.section}.{name}`: unknown kind `{target.of}`"
        raise fail("config", message, "site.yaml", help=hint, exit_status=2)
    plugin, function = known[target.of]
    met = f"{part.doing} to `{name}`"
    made = call(plugin, function, dict(target.settings), dict(env), met=met)
    lacking = [method for method in part.methods if not hasattr(made, method)]
    if lacking:
        message = f"plugin `{plugin.name}`: the {part.noun} of `{target.of}` has no `{lacking[0]}`"
        hint = f"{part.advice}; see: sitegen help plugins"
        raise fail("plugin", message, plugin.path, help=hint)
    return plugin, made


def guarded(
    plugin: Plugin,
    work: Callable[..., Any],
    foreseen: tuple[type[Exception], ...],
    unforeseen: type[Exception],
) -> Callable[..., Any]:
    """``work`` of a plugin, which raises what is ``foreseen``; any other failure is raised as
    ``unforeseen``, with the plugin's file and line."""

    def work_guarded(*arguments: Any) -> Any:
        try:
            return work(*arguments)
        except foreseen:
            raise
        except Exception as error:  # noqa: BLE001
            found = failure(plugin, error, "").diagnostics[0]
            raise unforeseen(f"{found.message} ({found.path}:{found.line})") from None

    return work_guarded


def failure(plugin: Plugin, error: BaseException, met: str) -> SitegenError:
    """An error of a plugin, at the line of its file."""
    line, trace = getattr(error, "lineno", None) or 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_globals.get("__name__") == _module_name(plugin):
            line = trace.tb_lineno
        trace = trace.tb_next
    said = (
        error.msg if isinstance(error, SyntaxError) else error
    )  # its text would name the file and line once more
    rows = plugin.text.split("\n")
    snippet = rows[line - 1].strip() if 0 < line <= len(rows) else ""
    message = f"plugin `{plugin.name}`: {type(error).__name__}: {said}"
    return SitegenError(
        problem("plugin", message, plugin.path, line, help=f"while {met}", snippet=snippet)
    )


def package_folder(plugin: Plugin) -> Path | None:
    """The folder of the module of an installed plugin; None for a file of the site, and a module
    without a file."""
    if plugin.own:
        return None
    from importlib.util import find_spec

    try:
        spec = find_spec(_module_name(plugin))
    except (ImportError, ValueError):
        return None  # reported where the plugin is used
    return Path(spec.origin).parent if spec and spec.origin else None


def _module_name(plugin: Plugin) -> str:
    return f"sitegen_plugins.{plugin.name}" if plugin.own else plugin.path.partition(":")[0]


def _module(plugin: Plugin) -> ModuleType:
    """The module of a plugin, which is run once for each text of it."""
    name = _module_name(plugin)
    module = sys.modules.get(name)
    if module is not None and (
        not plugin.own or getattr(module, "__digest__", "") == plugin.digest
    ):
        return module
    try:
        if not plugin.own:
            from importlib import import_module

            return import_module(name)
        module = ModuleType(name)
        module.__dict__.update(__file__=plugin.path, __digest__=plugin.digest)
        sys.modules[name] = module
        exec(compile(plugin.text, plugin.path, "exec"), module.__dict__)
    except (Exception, SystemExit) as error:  # noqa: BLE001
        sys.modules.pop(name, None)
        raise failure(plugin, error, "loading it") from None
    return module
