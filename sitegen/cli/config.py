"""config."""

from __future__ import annotations

from typing import Any

import click

from sitegen.base.diagnostics import fail
from sitegen.base.secrets import hidden_feeds
from sitegen.cli.complete import complete_name
from sitegen.cli.shared import find_site, json_option, site_option
from sitegen.cli.terminal import echo, echo_json


@click.command("config")
@click.argument("key", default="", shell_complete=complete_name)
@site_option
@json_option
def config_command(key: str, site: str, as_json: bool) -> None:
    """Show the settings in effect, with their defaults, or only KEY.

    Keys and passwords in URLs are hidden, unless KEY names that setting.

    \b
    Examples:
      sitegen config
      sitegen config markdown.engine
    """
    import yaml

    from sitegen.base.diagnostics import did_you_mean, nearest
    from sitegen.engine.site_folder import read_config

    config, _ = read_config(find_site(site))
    value: Any = with_defaults(config)
    parts = key.split(".") if key else []
    for number, part in enumerate(parts):
        if not isinstance(value, dict) or part not in value:
            near = nearest(part, value if isinstance(value, dict) else ())
            hint = did_you_mean(near and ".".join([*parts[:number], near]))
            raise fail("config", f"no setting `{key}`", help=hint, exit_status=2)
        value = value[part]
    if not isinstance(value, str):
        value = _hidden(value)
    if as_json:
        echo_json(value)
    elif isinstance(value, (dict, list)):
        echo(yaml.safe_dump(value, allow_unicode=True, sort_keys=False).rstrip())
    else:
        echo("true" if value is True else "false" if value is False else value)


def _hidden(value: Any) -> Any:
    """``value`` as it may be in a log: with an ellipsis for each secret in its URLs."""
    if isinstance(value, str):
        return hidden_feeds(value)
    if isinstance(value, dict):
        return {key: _hidden(item) for key, item in value.items()}
    return [_hidden(item) for item in value] if isinstance(value, list) else value


def with_defaults(value: Any) -> Any:
    """A struct as a mapping with its defaults; other values as they are in JSON."""
    import msgspec

    match value:
        case msgspec.Struct():
            names = value.__struct_fields__
            return {name: with_defaults(getattr(value, name)) for name in names}
        case dict():
            return {key: with_defaults(item) for key, item in value.items()}
        case tuple():
            return list(value)
        case _:
            return value
