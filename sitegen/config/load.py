"""Read ``site.yaml`` and report everything that is wrong in it."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, nearest, problem, with_snippets
from sitegen.base.languages import language_tag, likely_tag
from sitegen.base.secrets import has_secret, without_secrets
from sitegen.base.text import safe_path, slugify
from sitegen.base.urls import site_address
from sitegen.base.validation import line_of
from sitegen.base.yaml import load_mapping
from sitegen.config.check_rules import RULES
from sitegen.config.schema import (
    EDITION_KINDS,
    EDITION_PLACES,
    FEED_FORMATS,
    FEED_KINDS,
    PERMALINK,
    Config,
    EditionsConfig,
    FeedConfig,
    ImagesConfig,
    MarkdownConfig,
    SearchConfig,
)
from sitegen.config.targets import (
    S3Target,
    SftpTarget,
    check_targets,
    plugin_target,
    unknown_target,
)
from sitegen.model.rights import read_terms

_MACHINE_ZONE = re.compile(r"Factory$|localtime$|posixrules$|posix/|right/|/|.*\.\.")


def needed_extras(config: Config) -> dict[str, str]:
    """The extras that the settings of a site need, each with the setting that needs it."""
    needs = {}
    if config.search:
        needs["search"] = "`search`"
    if config.editions.email:
        needs["email"] = "`email` of `editions`"
    for name, target in config.deploy.items():
        if isinstance(target, S3Target):
            needs["s3"] = f"the deploy target `{name}`"
        if isinstance(target, S3Target) and target.compress == "br":
            needs["brotli"] = f"`compress: br` of the deploy target `{name}`"
        if isinstance(target, SftpTarget):
            needs["sftp"] = f"the deploy target `{name}`"
    return needs


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
    odd = _normalise(values, text, lines, path)
    if odd:
        raise SitegenError(with_snippets(odd, text), 2)
    line, plugins = lines.get("deploy", 1), bool(values.get("plugins"))
    problems = (
        _unknown(values, lines, path)
        + _missing(values, path)
        + unknown_target(values.get("deploy"), line, path, plugins)
    )
    if problems:
        raise SitegenError(with_snippets(problems, text), 2)
    if plugins and isinstance(values.get("deploy"), dict):
        values["deploy"] = {
            name: plugin_target(target) for name, target in values["deploy"].items()
        }
    problems = _spell_out_rights(values, text, lines, path)
    if problems:
        raise SitegenError(with_snippets(problems, text), 2)
    try:
        config = msgspec.convert(values, Config, strict=False)
    except msgspec.ValidationError as error:
        raise SitegenError(
            with_snippets(_misfits(error, values, text, lines, path), text), 2
        ) from None
    problems = _check(config, lines, path)
    if problems:
        raise SitegenError(with_snippets(problems, text), 2)
    return config


def _normalise(
    values: dict[str, Any], text: str, lines: dict[str, int], path: str
) -> list[Diagnostic]:
    """Put the language and the URLs of the site into their one form; what is not a language, or not
    such a URL."""
    out = []
    language = values.get("language", "en")
    if isinstance(language, str) and not (tag := language_tag(language)):
        near = likely_tag(language)
        hint = f"did you mean `{near}`?" if near else "use a tag such as de, pt-BR or zh-Hant"
        message = f"`language`: `{language}` is not a language tag"
        out.append(problem("config", message, path, lines.get("language", 1), 1, hint))
    elif isinstance(language, str) and "language" in values:
        values["language"] = tag
    targets = values.get("deploy")
    places: list[tuple[tuple[str, ...], Any]] = [(("base_url",), values)]
    places += (
        [(("deploy", name, "base_url"), t) for name, t in targets.items()]
        if isinstance(targets, dict)
        else []
    )
    for place, holder in places:
        if (
            not isinstance(holder, dict)
            or not isinstance(holder.get("base_url"), str)
            or not holder["base_url"]
        ):
            continue
        if place[0] == "deploy" and has_secret(holder["base_url"]):
            continue  # `unknown_target` reports it
        try:
            holder["base_url"] = site_address(holder["base_url"])
        except ValueError as error:
            message = f"`{'.'.join(place)}` {error}: `{without_secrets(holder['base_url'])}`"
            hint = "write it as https://digest.example/"
            out.append(problem("config", message, path, line_of(place, text, lines), 1, hint))
    return out


def _unknown(values: dict[str, Any], lines: dict[str, int], path: str) -> list[Diagnostic]:
    known = Config.__struct_fields__
    out = []
    for key in values:
        if key not in known:
            near = nearest(key, known)
            hint = (
                f"did you mean `{near}`?"
                if near
                else "see docs/site-yaml.md for the keys there are"
            )
            out.append(problem("config", f"unknown key `{key}`", path, lines[key], 1, hint))
    return out


def _spell_out_rights(
    values: dict[str, Any], text: str, lines: dict[str, int], path: str
) -> list[Diagnostic]:
    """Put `rights` of outlets that are mappings, as articles have them, into the keys of the
    outlet; what is wrong with them."""
    sources = values.get("sources")
    out = []
    for key, source in sources.items() if isinstance(sources, dict) else ():
        if not isinstance(source, dict) or "rights" not in source:
            continue
        terms, problems = read_terms(
            source.pop("rights"), known=("show", "words", "notice", "license")
        )
        line = line_of(("sources", key, "rights"), text, lines)
        place = f"`sources.{key}.rights"
        out += [
            problem("config", m.replace("`rights", place), path, line, 1, hint)
            for m, hint in problems
        ]
        if "show" in terms:
            source["rights"] = terms.pop("show")
        source |= {name: value for name, value in terms.items() if not source.get(name)}
    return out


def _missing(values: dict[str, Any], path: str) -> list[Diagnostic]:
    examples = {
        "title": '"My digest"',
        "base_url": "https://digest.example/",
        "timezone": "Europe/Berlin",
    }
    absent = [key for key in examples if not values.get(key)]
    return [
        problem("config", f"`{k}` is missing", path, 1, help=f"add a line `{k}: {examples[k]}`")
        for k in absent
    ]


def _misfits(
    error: msgspec.ValidationError,
    values: dict[str, Any],
    text: str,
    lines: dict[str, int],
    path: str,
) -> list[Diagnostic]:
    """Every value of a wrong kind; what only msgspec finds is told in its words."""
    from sitegen.base.validation import misfits

    found = misfits(values, Config)
    told = [
        problem(
            "config",
            f.message,
            path,
            line_of(f.place, text, lines),
            1,
            f.help or "see docs/site-yaml.md",
        )
        for f in found
    ]
    return told or [
        problem("config", str(error).replace("$.", ""), path, 1, 1, "see docs/site-yaml.md")
    ]


def _check(config: Config, lines: dict[str, int], path: str) -> list[Diagnostic]:
    out = []
    out += _check_zone(config.timezone, lines.get("timezone", 1), path)
    out += _check_markdown(config.markdown, lines.get("markdown", 1), path)
    out += _check_published_urls(config, lines, path)
    out += _check_paths(config, lines, path)
    out += _check_images(config.images, lines.get("images", 1), path)
    out += _check_feeds(config.feeds, lines.get("feeds", 1), path)
    out += check_targets(config.deploy, lines.get("deploy", 1), path)
    out += _check_editions(config.editions, lines.get("editions", 1), path)
    if config.canonical not in ("source", "self"):
        out.append(
            problem(
                "config",
                f"`canonical`: unknown value `{config.canonical}`",
                path,
                lines["canonical"],
                1,
                "use source or self",
            )
        )
    if config.mining.policy and not config.mining.policy.startswith(("http://", "https://", "/")):
        out.append(
            problem(
                "config",
                f"`mining.policy` is no address: `{config.mining.policy}`",
                path,
                lines["mining"],
                1,
            )
        )
    if config.logo and not config.logo.startswith(("http://", "https://", "/")):
        hint = "write a path such as /logo.png, a file in static/"
        out.append(
            problem(
                "config", f"`logo` is no address: `{config.logo}`", path, lines["logo"], 1, hint
            )
        )
    if config.share.cards not in ("all", "site", "none"):
        message = f"`share.cards`: unknown value `{config.share.cards}`"
        out.append(problem("config", message, path, lines["share"], 1, "use all, site or none"))
    if config.share.since and not re.fullmatch(r"\d{4}-\d\d-\d\d", config.share.since):
        message = f"`share.since` is not a day: `{config.share.since}`"
        out.append(problem("config", message, path, lines["share"], 1, "write it as 2026-11-30"))
    if config.share.image and not config.share.image.startswith(("http://", "https://", "/")):
        hint = "write a path such as /share.png, a file in static/"
        out.append(
            problem(
                "config",
                f"`share.image` is no address: `{config.share.image}`",
                path,
                lines["share"],
                1,
                hint,
            )
        )
    if config.stories.kind not in ("auto", "key", "none"):
        out.append(
            problem(
                "config",
                f"`stories`: unknown kind `{config.stories.kind}`",
                path,
                lines["stories"],
                1,
                "use auto, key, none",
            )
        )
    if not 1 <= config.stories.hours <= 24 * 366:
        out.append(
            problem(
                "config", "`stories.hours` must lie between 1 and 8784", path, lines["stories"], 1
            )
        )
    if isinstance(config.search, SearchConfig) and config.search.engine != "pagefind":
        out.append(
            problem(
                "config",
                f"`search`: unknown engine `{config.search.engine}`",
                path,
                lines["search"],
                1,
                "use pagefind",
            )
        )
    for key, source in config.sources.items():
        if not 1 <= source.words <= 1000:
            out.append(
                problem(
                    "config",
                    f"`sources.{key}.words` must lie between 1 and 1000",
                    path,
                    lines["sources"],
                    1,
                )
            )
    for name, value, most in (
        ("count", config.related.count, 20),
        ("days", config.related.days, 36_600),
    ):
        if not 0 <= value <= most:
            out.append(
                problem(
                    "config",
                    f"`related.{name}` must lie between 0 and {most}",
                    path,
                    lines["related"],
                    1,
                )
            )
    if not 1 <= config.pagination <= 1000:
        out.append(
            problem(
                "config", "`pagination` must lie between 1 and 1000", path, lines["pagination"], 1
            )
        )
    for rule in config.check.keys() - RULES.keys():
        near = nearest(rule, RULES)
        hint = f"did you mean `{near}`?" if near else "`sitegen check --rules` lists them"
        out.append(problem("config", f"no rule `{rule}`", path, lines["check"], 1, hint))
    out += [
        problem(
            "config",
            f"section `{s}` is no slug",
            path,
            lines["sections"],
            1,
            f"write it as `{slugify(s)}`",
        )
        for s in config.sections
        if slugify(s) != s
    ]
    return out


def _check_zone(name: str, line: int, path: str) -> list[Diagnostic]:
    """A zone must be one that is the same on every machine: neither a file of the system, nor the
    one without an offset."""
    try:
        if not _MACHINE_ZONE.match(name):
            ZoneInfo(name)
            return []
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    known = {
        zone.casefold(): zone for zone in available_timezones() if not _MACHINE_ZONE.match(zone)
    }
    near = known.get(name.casefold().replace(" ", "_")) or known.get(
        nearest(name.casefold(), known), ""
    )
    hint = (
        f"did you mean `{near}`?"
        if near
        else "use an IANA name such as Europe/Berlin or America/New_York"
    )
    return [problem("config", f"unknown time zone `{name}`", path, line, 1, hint)]


def _check_markdown(config: MarkdownConfig, line: int, path: str) -> list[Diagnostic]:
    """The engine must be one that there is, and have the extensions that are asked of it."""
    if config.engine not in ("commonmark", "python-markdown"):
        hint = "use commonmark or python-markdown"
        return [
            problem("config", f"unknown Markdown engine `{config.engine}`", path, line, 1, hint)
        ]
    if config.extensions and config.engine == "commonmark":
        hint = "remove them, or set `markdown: {engine: python-markdown}`"
        return [
            problem(
                "config",
                "`markdown.extensions`: the engine commonmark has no extensions",
                path,
                line,
                1,
                hint,
            )
        ]
    out = []
    for name in config.extensions:
        import markdown

        try:
            markdown.Markdown(extensions=[name])
        except (Exception, SystemExit) as error:  # noqa: BLE001
            missing = isinstance(error, ModuleNotFoundError)
            said = "is not installed" if missing else f"cannot be used: {error}"
            hint = "see https://python-markdown.github.io/extensions/ for those that come with it"
            out.append(
                problem("config", f"`markdown.extensions`: `{name}` {said}", path, line, 1, hint)
            )
    return out


def _check_paths(config: Config, lines: dict[str, int], path: str) -> list[Diagnostic]:
    """The content folder must be one of the site, and an address be made of what an article has."""
    out = []
    if config.content.startswith("/") or {"", ".", ".."} & set(
        config.content.rstrip("/").split("/")
    ):
        hint = "name a folder of the site, such as content"
        out.append(
            problem(
                "config",
                f"`content`: `{config.content}` is no folder of the site",
                path,
                lines.get("content", 1),
                1,
                hint,
            )
        )
    line = lines.get("permalink", 1)
    try:
        parts = [
            name + (f"!{sign}" if sign else "") + (f":{form}" if form else "")
            for _, name, form, sign in Formatter().parse(config.permalink)
            if name is not None
        ]
    except ValueError:
        hint = "write it as /{section}/{year}/{slug}/"
        return [
            *out,
            problem(
                "config",
                f"`permalink`: `{config.permalink}` has a brace too many or too few",
                path,
                line,
                1,
                hint,
            ),
        ]
    unknown = [name for name in parts if name not in PERMALINK]
    for name in unknown:
        near = nearest(name, PERMALINK)
        hint = (
            f"did you mean `{{{near}}}`?"
            if near
            else "there are: " + ", ".join(f"{{{n}}}" for n in PERMALINK)
        )
        out.append(
            problem("config", f"`permalink`: nothing is called `{{{name}}}`", path, line, 1, hint)
        )
    if message := "" if unknown else _bad_permalink(config.permalink):
        hint = "write it as /{year}/{slug}/"
        out.append(
            problem("config", f"`permalink`: `{config.permalink}` {message}", path, line, 1, hint)
        )
    return out


def _bad_permalink(permalink: str) -> str:
    """What keeps ``permalink``, filled in, from being the path of a page of the site; nothing where
    it is one."""
    if not permalink.startswith("/"):
        return "does not begin with `/`"
    if sign := next((sign for sign in "?#%" if sign in permalink), ""):
        return f"holds `{sign}`, which is not part of a path"
    filled = permalink.format(**dict.fromkeys(PERMALINK, "x"))[1:]
    if ".." in filled.split("/"):
        return "leaves the site"
    if not filled or safe_path(filled) != filled:
        return "is not a path within the site"
    return ""


def _check_images(images: ImagesConfig, line: int, path: str) -> list[Diagnostic]:
    out = [
        problem(
            "config",
            f"`images`: unknown format `{value}`",
            path,
            line,
            1,
            "use avif and webp; that of the original is always there",
        )
        for value in images.formats
        if value not in ("avif", "webp")
    ]
    if len(images.widths) > 12 or not all(16 <= width <= 10_000 for width in images.widths):
        out.append(
            problem(
                "config",
                "`images.widths` must be at most 12 numbers from 16 to 10000",
                path,
                line,
                1,
            )
        )
    if not 1 <= images.quality <= 100:
        out.append(
            problem(
                "config",
                "`images.quality` must lie between 1 and 100",
                path,
                line,
                1,
                "76 suits most photographs",
            )
        )
    return out


def _check_feeds(feeds: FeedConfig, line: int, path: str) -> list[Diagnostic]:
    by_kind = feeds.formats if isinstance(feeds.formats, dict) else {"site": feeds.formats}
    known = [
        ("format", [f for formats in by_kind.values() for f in formats], FEED_FORMATS),
        ("kind", [*by_kind, *feeds.text], FEED_KINDS),
        ("content", [feeds.content], ("full", "excerpt")),
    ]
    out = [
        problem(
            "config",
            f"`feeds`: unknown {what} `{value}`",
            path,
            line,
            1,
            f"use {', '.join(choices)}",
        )
        for what, values, choices in known
        for value in dict.fromkeys(values)
        if value not in choices
    ]
    if not 1 <= feeds.items <= 1000:
        out.append(problem("config", "`feeds.items` must lie between 1 and 1000", path, line, 1))
    if feeds.ids and not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", feeds.ids):
        hint = "write the host alone, such as digest.example"
        out.append(
            problem("config", f"`feeds.ids` is not a host: `{feeds.ids}`", path, line, 1, hint)
        )
    if feeds.hub and not feeds.hub.startswith(("http://", "https://")):
        out.append(
            problem(
                "config",
                f"`feeds.hub` is no web address: `{feeds.hub}`",
                path,
                line,
                1,
                "write the whole address of the hub",
            )
        )
    return out


def _check_published_urls(config: Config, lines: dict[str, int], path: str) -> list[Diagnostic]:
    """URLs that pages and feeds name may hold no secret."""
    authors = {f"authors.{key}": (a.url, a.photo, *a.links) for key, a in config.authors.items()}
    homes = {f"sources.{key}.home": (source.home,) for key, source in config.sources.items()}
    named = {
        "base_url": (config.base_url,),
        "logo": (config.logo,),
        "share.image": (config.share.image,),
        "mining.policy": (config.mining.policy,),
        "feeds.hub": (config.feeds.hub,),
        **homes,
        **authors,
    }
    out = []
    for key, urls in named.items():
        if any(map(has_secret, urls)):
            message = f"`{key}` holds a key or password, which would be published"
            out.append(
                problem("config", message, path, lines.get(key.split(".")[0], 1), 1, "take it out")
            )
    return out


def _check_editions(editions: EditionsConfig, line: int, path: str) -> list[Diagnostic]:
    known = [
        ("kind", editions.kind, ("", *EDITION_KINDS)),
        ("order", editions.order, ("newest", "oldest")),
        ("lead", editions.lead, ("flag", "first", "none")),
    ]
    out = [
        problem(
            "config",
            f"`editions`: unknown {what} `{value}`",
            path,
            line,
            1,
            f"use {', '.join(c for c in choices if c)}",
        )
        for what, value, choices in known
        if value not in choices
    ]
    if editions.sender and not re.fullmatch(
        r"[^\s@<>]+@[^\s@<>]+|[^<>\r\n]+ <[^\s@<>]+@[^\s@<>]+>", editions.sender
    ):
        hint = "write it as news@digest.example or The Digest <news@digest.example>"
        out.append(
            problem(
                "config",
                f"`editions.sender` is no e-mail address: `{editions.sender}`",
                path,
                line,
                1,
                hint,
            )
        )
    try:
        editions.title.format(**dict.fromkeys(EDITION_PLACES, "1"))
    except (LookupError, ValueError, AttributeError):
        hint = "it may name " + ", ".join(f"{{{p}}}" for p in EDITION_PLACES)
        out.append(
            problem(
                "config",
                f"`editions.title` cannot be filled in: `{editions.title}`",
                path,
                line,
                1,
                hint,
            )
        )
    return out
