"""``site.yaml``: what a digest is called, where it lives and how it is shaped."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, nearest, problem
from sitegen.base.text import slugify
from sitegen.base.yaml12 import load_mapping
from sitegen.model import Struct


class SectionConfig(Struct, frozen=True, forbid_unknown_fields=True):
    title: str = ""
    description: str = ""


class SourceConfig(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    home: str = ""
    license: str = ""
    rights: str = "full"


class AuthorConfig(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    aliases: tuple[str, ...] = ()
    bio: str = ""
    url: str = ""


class MarkdownConfig(Struct, frozen=True, forbid_unknown_fields=True):
    engine: str = "commonmark"
    extensions: tuple[str, ...] = ()
    smart: bool = False
    trust: bool = False


class FeedConfig(Struct, frozen=True, forbid_unknown_fields=True):
    content: str = "full"
    items: int = 20


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """All of site.yaml. Keys that later parts use are held as they were written."""

    title: str
    base_url: str
    timezone: str
    language: str = "en"
    description: str = ""
    author: str = ""
    theme: str = "broadsheet"
    content: str = "content"
    sections: dict[str, SectionConfig] = {}
    permalink: str = "/{section}/{year}/{month}/{day}/{slug}/"
    pagination: int = 20
    feeds: FeedConfig = FeedConfig()
    markdown: MarkdownConfig = MarkdownConfig()
    sources: dict[str, SourceConfig] = {}
    authors: dict[str, AuthorConfig] = {}
    theme_options: dict[str, Any] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def base_path(self) -> str:
        """The path of ``base_url``: empty at the root of a host, else like ``/digest``."""
        from urllib.parse import urlsplit

        return urlsplit(self.base_url).path.rstrip("/")


def load_config(text: str, path: str = "site.yaml", base_url: str = "") -> Config:
    """The configuration written in ``text``; ``base_url`` overrides the one written there.

    Raises SitegenError (exit status 2) with every problem found.
    """
    try:
        values, lines = load_mapping(text, path, "config")
    except SitegenError as error:
        raise SitegenError(error.diagnostics, 2) from None
    if base_url:
        values["base_url"] = base_url
    problems = _unknown(values, lines, path) + _missing(values, path)
    if problems:
        raise SitegenError(problems, 2)
    try:
        config = msgspec.convert(values, Config, strict=False)
    except msgspec.ValidationError as error:
        raise SitegenError(_wrong_type(error, lines, path), 2) from None
    problems = _check(config, lines, path)
    if problems:
        raise SitegenError(problems, 2)
    return config


def _unknown(values: dict[str, Any], lines: dict[str, int], path: str) -> list[Diagnostic]:
    known = Config.__struct_fields__
    out = []
    for key in values:
        if key not in known:
            near = nearest(key, known)
            hint = f"did you mean `{near}`?" if near else "see docs/site-yaml.md for the keys there are"
            out.append(problem("config", f"unknown key `{key}`", path, lines[key], 1, hint))
    return out


def _missing(values: dict[str, Any], path: str) -> list[Diagnostic]:
    examples = {"title": '"My digest"', "base_url": "https://digest.example/", "timezone": "Europe/Berlin"}
    absent = [key for key in examples if not values.get(key)]
    return [problem("config", f"`{k}` is missing", path, 1, help=f"add a line `{k}: {examples[k]}`") for k in absent]


def _wrong_type(error: msgspec.ValidationError, lines: dict[str, int], path: str) -> Diagnostic:
    message, _, where = str(error).partition(" - at `$.")
    place = where.rstrip("`")
    line = lines.get(place.split(".")[0].split("[")[0], 1)
    return problem("config", f"`{place}`: {message}" if place else message, path, line, 1, "see docs/site-yaml.md")


def _check(config: Config, lines: dict[str, int], path: str) -> list[Diagnostic]:
    out = []
    try:
        ZoneInfo(config.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "use an IANA name such as Europe/Berlin or America/New_York"
        out.append(problem("config", f"unknown time zone `{config.timezone}`", path, lines["timezone"], 1, hint))
    if not config.base_url.startswith(("http://", "https://")):
        hint = "write the whole address, such as https://digest.example/"
        out.append(problem("config", f"`base_url` is no web address: `{config.base_url}`", path, lines.get("base_url", 1), 1, hint))
    if config.markdown.engine not in ("commonmark", "python-markdown"):
        hint = "use commonmark or python-markdown"
        out.append(problem("config", f"unknown Markdown engine `{config.markdown.engine}`", path, lines["markdown"], 1, hint))
    if not 1 <= config.pagination <= 1000:
        out.append(problem("config", "`pagination` must lie between 1 and 1000", path, lines["pagination"], 1))
    out += [
        problem("config", f"section `{s}` is no slug", path, lines["sections"], 1, f"write it as `{slugify(s)}`")
        for s in config.sections
        if slugify(s) != s
    ]
    return out
