"""What the values of site.yaml must be, beyond their kinds.

The rules for single values are tables; what needs more than a table has a function of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from string import Formatter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sitegen.base.diagnostics import did_you_mean, nearest, nearest_hint
from sitegen.base.languages import language_tag, tag_hint
from sitegen.base.secrets import has_secret
from sitegen.base.text import PAGE_ENDS, safe_link, safe_path, slugify
from sitegen.base.validation import Misfit, Place
from sitegen.config.check_rules import RULES
from sitegen.config.editions import broken_editions
from sitegen.config.embeds import PROVIDERS
from sitegen.config.intake import broken_intake
from sitegen.config.podcast import broken_podcast
from sitegen.config.schema import (
    EDITION_KINDS,
    FEED_FORMATS,
    FEED_KINDS,
    MENU_TARGETS,
    PAGE_PERMALINK,
    PERMALINK,
    TOPIC,
    Config,
    IntakeConfig,
    MenuEntry,
    MenuLink,
    SourceConfig,
)
from sitegen.config.send import check_senders
from sitegen.config.targets import check_targets
from sitegen.config.taxonomies import broken_taxonomies
from sitegen.config.topics import broken_topics


class _Choice(NamedTuple):
    """The words that a value may be. A ``*`` in a key means every key of that mapping, or every
    entry of that list."""

    key: str
    words: tuple[str, ...]


class _Range(NamedTuple):
    key: str
    lowest: int
    highest: int
    help: str = ""


class _Form(NamedTuple):
    """The pattern of a value that is not empty, what such a value is called, and what to do."""

    key: str
    pattern: str
    noun: str
    help: str


_WEB_URL = r"https?://.*"
_URL = rf"{_WEB_URL}|/.*"
_MAIL = r"[^\s@<>]+@[^\s@<>]+"

_CHOICES = (
    _Choice("canonical", ("source", "self")),
    _Choice("editions.kind", ("", *EDITION_KINDS)),
    _Choice("editions.*.kind", ("", *EDITION_KINDS)),
    *(
        _Choice(f"{place}.{key}", words)
        for place in ("editions", "editions.*")
        for key, words in (("lead", ("flag", "first", "none")), ("order", ("newest", "oldest")))
    ),
    _Choice("embeds.*", tuple(PROVIDERS)),
    _Choice("feeds.content", ("full", "excerpt")),
    _Choice("feeds.formats.*", FEED_FORMATS),
    _Choice("feeds.formats.*.*", FEED_FORMATS),
    _Choice("images.formats.*", ("avif", "webp")),
    _Choice("markdown.engine", ("commonmark", "python-markdown")),
    _Choice("robots.ai", ("", "allow", "deny")),
    _Choice("search.engine", ("sitegen", "pagefind")),
    _Choice("share.cards", ("all", "site", "none")),
    _Choice("stories.kind", ("auto", "key", "none")),
)
_RANGES = (
    _Range("feeds.items", 1, 1000),
    _Range("images.quality", 1, 100, "76 suits most photographs"),
    _Range("images.widths.*", 16, 10_000),
    _Range("pagination", 1, 1000),
    _Range("related.count", 0, 20),
    _Range("related.days", 0, 36_600),
    _Range("sources.*.words", 1, 1000),
    _Range("sources.*.limit", 0, 10_000, "0 is no limit"),
    _Range("intake.words", 1, 1000),
    _Range("intake.limit", 0, 10_000, "0 is no limit"),
    _Range("stories.hours", 1, 24 * 366),
    _Range("toc", 0, 1000),
)
_FORMS = (
    *(
        _Form(
            key,
            rf"{_MAIL}|[^<>\r\n]+ <{_MAIL}>",
            "an e-mail address",
            "write it as news@digest.example or The Digest <news@digest.example>",
        )
        for key in ("editions.sender", "editions.*.sender")
    ),
    _Form("authors.*.email", _MAIL, "an e-mail address", "write it as jane@digest.example"),
    _Form("podcast.image", _URL, "a URL", "write a path such as /cover.jpg, a file in static/"),
    _Form(
        "podcast.owner",
        rf"{_MAIL}|[^<>\r\n]+ <{_MAIL}>",
        "an e-mail address",
        "write it as audio@digest.example or The Digest <audio@digest.example>",
    ),
    _Form("feeds.hub", _WEB_URL, "a web URL", "write the full URL of the hub"),
    _Form(
        "feeds.ids",
        r"[a-z0-9-]+(\.[a-z0-9-]+)*",
        "a host",
        "write the host alone, such as digest.example",
    ),
    _Form(
        "icon",
        r"/.+\.(png|jpe?g|webp|avif|gif|PNG|JPE?G|WEBP|AVIF|GIF)",
        "the path of an image",
        "write a path such as /icon.png, a file in static/; an SVG is theme/assets/icon.svg",
    ),
    _Form("logo", _URL, "a URL", "write a path such as /logo.png, a file in static/"),
    _Form("mining.policy", _URL, "a URL", "write a path such as /terms/, or a full URL"),
    *(
        _Form(f"security.{key}", _WEB_URL, "a web URL", "write the full URL of the page")
        for key in ("policy", "acknowledgments", "hiring")
    ),
    _Form(
        "security.contact.*",
        r"(mailto:|https://|tel:)\S+",
        "a URL to write or to call to",
        "write it as mailto:security@digest.example or https://digest.example/security/",
    ),
    _Form("security.encryption", r"(https://|dns:|openpgp4fpr:)\S+", "a URL of a key", "use https"),
    _Form(
        "security.expires",
        r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?",
        "a day",
        "write the day on which it must be renewed, within a year: 2027-11-30",
    ),
    _Form("sources.*.home", _WEB_URL, "a web URL", "write it as https://post.example/"),
    _Form("share.image", _URL, "a URL", "write a path such as /share.png, a file in static/"),
    _Form("share.since", r"\d{4}-\d\d-\d\d", "a day", "write it as 2026-11-30"),
)
_PUBLISHED_URLS = (
    "base_url",
    "logo",
    "share.image",
    "mining.policy",
    "feeds.hub",
    "podcast.image",
    "security.contact.*",
    "security.policy",
    "security.encryption",
    "security.acknowledgments",
    "security.hiring",
    "menus.*.*.url",
    "menus.*.*.entries.*.url",
    "languages.*.menus.*.*.url",
    "languages.*.menus.*.*.entries.*.url",
    "sources.*.home",
    "authors.*.url",
    "authors.*.photo",
    "authors.*.links.*",
    "taxonomies.*.terms.*.url",
    "taxonomies.*.terms.*.photo",
    "taxonomies.*.terms.*.links.*",
)
_MOST_WIDTHS = 12
_FEED_URL = re.compile(r"(feed:)?https?://[^/\s]|feed://[^/\s]", re.IGNORECASE)
_MACHINE_ZONE = re.compile(r"Factory$|localtime$|posixrules$|posix/|right/|/|.*\.\.")


def broken_rules(config: Config) -> Iterator[Misfit]:
    """Everything in ``config`` that breaks a rule."""
    for rule in _CHECKS:
        yield from rule(config)
    yield from check_targets(config.deploy)
    yield from check_senders(config.send, tuple(series.slug for series in config.series))


def values_at(config: Any, key: str) -> Iterator[tuple[Place, Any]]:
    """Every value at a dotted ``key``, with its place; none where a part of the key is not set."""
    found: list[tuple[Place, Any]] = [((), config)]
    for part in key.split("."):
        found = [(place + step, value) for place, one in found for step, value in _below(one, part)]
    yield from found


def _below(value: Any, part: str) -> list[tuple[Place, Any]]:
    """What is at one part of a dotted key; `*` is all of a mapping or list."""
    if part != "*":
        return [((part,), getattr(value, part))] if hasattr(value, part) else []
    if isinstance(value, tuple):
        value = dict(enumerate(value))
    return [((str(key),), item) for key, item in value.items()] if isinstance(value, dict) else []


def _choices(config: Config) -> Iterator[Misfit]:
    for rule in _CHOICES:
        for place, value in values_at(config, rule.key):
            if isinstance(value, str) and value not in rule.words:
                key = ".".join(part for part in place if not part.isdigit())
                hint = f"use {', '.join(word for word in rule.words if word)}"
                yield Misfit(place, f"`{key}`: unknown value `{value}`", hint)


def _ranges(config: Config) -> Iterator[Misfit]:
    for rule in _RANGES:
        for place, value in values_at(config, rule.key):
            if not rule.lowest <= value <= rule.highest:
                limits = f"between {rule.lowest} and {rule.highest}"
                yield Misfit(place, f"`{'.'.join(place)}` must lie {limits}", rule.help)


def _forms(config: Config) -> Iterator[Misfit]:
    for rule in _FORMS:
        for place, value in values_at(config, rule.key):
            if value and not re.fullmatch(rule.pattern, value, re.DOTALL):
                yield Misfit(place, f"`{'.'.join(place)}` is not {rule.noun}: `{value}`", rule.help)


def _secrets(config: Config) -> Iterator[Misfit]:
    """URLs that pages and feeds name may hold no secret."""
    for key in _PUBLISHED_URLS:
        for place, url in values_at(config, key):
            if has_secret(url):
                named = ".".join(place)
                message = f"`{named}` holds a key or password, which would be published"
                yield Misfit(place, message, "take it out", secret=True)


def _zone(config: Config) -> Iterator[Misfit]:
    """A zone must be one that is the same on every machine: neither a file of the system, nor the
    one without an offset."""
    name = config.timezone
    try:
        if not _MACHINE_ZONE.match(name):
            ZoneInfo(name)
            return
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    zones = {zone.casefold(): zone for zone in available_timezones()}
    known = {folded: zone for folded, zone in zones.items() if not _MACHINE_ZONE.match(zone)}
    folded = name.casefold()
    near = known.get(folded.replace(" ", "_")) or known.get(nearest(folded, known), "")
    other = "use an IANA name such as Europe/Berlin or America/New_York"
    hint = did_you_mean(near, other)
    yield Misfit(("timezone",), f"unknown time zone `{name}`", hint)


def _extensions(config: Config) -> Iterator[Misfit]:
    """The Markdown engine must have the extensions that are asked of it."""
    names, place = config.markdown.extensions, ("markdown", "extensions")
    if names and config.markdown.engine == "commonmark":
        hint = "remove them, or set `markdown: {engine: python-markdown}`"
        message = "`markdown.extensions`: the engine commonmark has no extensions"
        yield Misfit(place, message, hint)
        return
    hint = "see https://python-markdown.github.io/extensions/ for those that come with it"
    for name in names:
        if fault := _extension_fault(name):
            yield Misfit(place, f"`markdown.extensions`: `{name}` {fault}", hint)


def _extension_fault(name: str) -> str:
    """Why python-markdown cannot use the extension ``name``; empty where it can."""
    import markdown

    try:
        markdown.Markdown(extensions=[name])
    except ModuleNotFoundError:
        return "is not installed"
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return f"cannot be used: {error}"
    return ""


def _content_folder(config: Config) -> Iterator[Misfit]:
    folder = config.content
    if folder.startswith("/") or {"", ".", ".."} & set(folder.rstrip("/").split("/")):
        message = f"`content`: `{folder}` is not a folder of the site"
        yield Misfit(("content",), message, "name a folder of the site, such as content")


# What each pattern of URLs may name
_PATTERNS: dict[str, tuple[str, ...]] = {
    "permalink": PERMALINK,
    "sections.*.permalink": PERMALINK,
    "pages.permalink": PAGE_PERMALINK,
    "taxonomies.*.permalink": ("slug",),
    "taxonomies.*.url": (),
}


_NEEDED_PATTERNS = ("permalink", "pages.permalink")

# Parts by which the URLs of articles, pages or terms differ
_TELLING = {"slug", "id", "path", "day"}

# Names that Hugo, Jekyll (`:year`), WordPress (`%year%`) and Pelican give to parts of a permalink
_FOREIGN_NAMES = {
    "category": "section",
    "categories": "section",
    "sections": "section",
    "monthnum": "month",
    "i_month": "month",
    "i_day": "day",
    "postname": "slug",
    "title": "slug",
    "filename": "slug",
    "contentbasename": "slug",
    "slugorfilename": "slug",
    "slugorcontentbasename": "slug",
    "post_id": "id",
}
_FOREIGN = re.compile(r":(\w+)|%([a-z_]+)%")
_NOT_OF_A_PATH = re.compile(r"[?#\x00-\x1f].*|%(?:[0-9A-Fa-f]{2})?", re.DOTALL)
_OTHER_SUFFIX = re.compile(r"(?<=[}])\.(?!html?$)[a-z0-9]{2,5}$")
_DOWNLOADED = "ends without `/` or `.html`, and hosts would send the page as a download"


def _permalinks(config: Config) -> Iterator[Misfit]:
    """The URL of an article or page must be made of what it has, and be a path in the site."""
    for key, known in _PATTERNS.items():
        for place, permalink in values_at(config, key):
            if permalink or key in _NEEDED_PATTERNS:
                yield from _permalink(place, permalink, known)


def _permalink(place: Place, permalink: str, known: tuple[str, ...]) -> Iterator[Misfit]:
    key = ".".join(place)
    try:
        names = _fields(permalink)
    except ValueError:
        message = f"`{key}`: `{permalink}` has a brace too many or too few"
        yield Misfit(place, message, f"write it as {_example(known)}")
        return
    unknown = [name for name in names if name not in known]
    every = "use " + ", ".join(f"{{{name}}}" for name in known)
    for name in unknown:
        near = nearest(name, known)
        hint = did_you_mean(near and f"{{{near}}}", every)
        yield Misfit(place, f"`{key}`: nothing is called `{{{name}}}`", hint)
    fault = "" if unknown else _permalink_fault(permalink, known)
    if fault:
        message = f"`{key}`: `{permalink}` {fault}"
        yield Misfit(place, message, f"write it as {_corrected(permalink, known)}")


def _example(known: tuple[str, ...]) -> str:
    """A pattern of what ``known`` names."""
    return "/{year}/{slug}/" if "year" in known else "/{path}/"


def _fields(template: str) -> list[str]:
    """What the braces of ``template`` hold. Raises ValueError for a brace without its partner."""
    return [
        name + (f"!{sign}" if sign else "") + (f":{form}" if form else "")
        for _, name, form, sign in Formatter().parse(template)
        if name is not None
    ]


def _permalink_fault(permalink: str, known: tuple[str, ...]) -> str:
    """Why ``permalink``, filled in, is not the path of a page of the site; empty where it is."""
    if not permalink.startswith("/"):
        return "does not begin with `/`"
    if foreign := _FOREIGN.search(permalink):
        return f"holds `{foreign[0]}`, the name of a part in another generator"
    signs = [sign for sign in "?#%" if sign in permalink]
    if signs:
        return f"holds `{signs[0]}`, which is not part of a path"
    filled = permalink.format(**dict.fromkeys(known, "x"))[1:]
    faults = {
        "leaves the site": ".." in filled.split("/"),
        "is not a path within the site": not filled or safe_path(filled) != filled,
        "holds blanks or characters that cannot be seen": not _is_visible(permalink),
        "names a hidden folder, which hosts do not show": "/." in f"/{filled}",
        _DOWNLOADED: not filled.endswith(PAGE_ENDS),
        "would give one URL to all": bool(known) and not _TELLING & {*_fields(permalink)},
    }
    return next((fault for fault, is_true in faults.items() if is_true), "")


def _is_visible(text: str) -> bool:
    return " " not in text and text.isprintable()


def _corrected(permalink: str, known: tuple[str, ...]) -> str:
    """The permalink that was probably meant: within the site, of what ``known`` names, and with a
    slash at its end unless it names an HTML file."""
    path = _NOT_OF_A_PATH.sub("", _FOREIGN.sub(_own_name, permalink))
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if known and _TELLING.isdisjoint(_fields(path)):
        parts.append("{slug}")
    name = _OTHER_SUFFIX.sub(".html", parts[-1]) if parts else ""
    end = "" if name.endswith(PAGE_ENDS) else "/"
    return "/" + "/".join([*parts[:-1], name]) + end


def _own_name(foreign: re.Match[str]) -> str:
    name = foreign[1] or foreign[2]
    return f"{{{_FOREIGN_NAMES.get(name, name)}}}"


def _menus(config: Config) -> Iterator[Misfit]:
    """An entry of a menu leads to one place, and has a name if that place has none."""
    for key in ("menus.*.*", "languages.*.menus.*.*"):
        for place, entry in values_at(config, key):
            yield from _menu_entry(place, entry)
            below = entry.entries if isinstance(entry, MenuEntry) else ()
            for number, one in enumerate(below):
                yield from _menu_entry((*place, "entries", str(number)), one)


def _languages(config: Config) -> Iterator[Misfit]:
    """The folder of a language is not that of a section."""
    for lang in config.languages:
        if lang != config.language and lang.lower() in config.sections:
            message = f"`/{lang.lower()}/` is the folder of the language `{lang}` and of a section"
            yield Misfit(("languages", lang), message, "give the section another name")


def _menu_entry(place: Place, entry: str | MenuLink) -> Iterator[Misfit]:
    named = f"`{'.'.join(place)}`"
    entry = _menu_link(entry) if isinstance(entry, str) else entry
    targets = [f"`{key}`" for key in MENU_TARGETS if getattr(entry, key)]
    if len(targets) > 1:
        message = f"{named} leads to several places: {', '.join(targets)}"
        yield Misfit(place, message, "keep one of them")
    elif targets:
        yield from _menu_url(place, named, entry)
    elif not _is_menu_of_entries(entry):
        hint = f"name one of {', '.join(MENU_TARGETS)}; or `title` and `entries`"
        yield Misfit(place, f"{named} leads nowhere", hint)


def _menu_link(text: str) -> MenuLink:
    """An entry that is only a URL, or the name of a page."""
    return MenuLink(url=text) if "://" in text else MenuLink(page=text)


def _is_menu_of_entries(entry: MenuLink) -> bool:
    return isinstance(entry, MenuEntry) and bool(entry.entries and entry.title)


def _menu_url(place: Place, named: str, entry: MenuLink) -> Iterator[Misfit]:
    """An entry that leads to another site has a title, and no URL runs a script."""
    if "://" in entry.url and not entry.title:
        hint = f"write {{title: …, url: {entry.url}}}"
        yield Misfit(place, f"{named} has no `title`: `{entry.url}`", hint)
    elif entry.url and not safe_link(entry.url):
        message = f"{named} holds an unsafe URL: `{entry.url[:60]}`"
        yield Misfit(place, message, "use http or a path")


def _widths(config: Config) -> Iterator[Misfit]:
    if len(config.images.widths) > _MOST_WIDTHS:
        message = f"`images.widths` must be at most {_MOST_WIDTHS} numbers"
        yield Misfit(("images", "widths"), message, "remove some")


def _feed_kinds(config: Config) -> Iterator[Misfit]:
    formats = config.feeds.formats
    topics = [TOPIC] if config.topics else []
    known = (*FEED_KINDS, *topics, *config.taxonomies)
    kinds = {
        "formats": formats if isinstance(formats, dict) else (),
        "text": config.feeds.text,
    }
    for key, given in kinds.items():
        for kind in given:
            if kind not in known:
                message = f"`feeds.{key}`: unknown kind `{kind}`"
                yield Misfit(("feeds", key, kind), message, f"use {', '.join(known)}")


def _rule_names(config: Config) -> Iterator[Misfit]:
    for rule in sorted(config.check.keys() - RULES.keys()):
        hint = nearest_hint(rule, RULES, "`sitegen check --rules` lists them")
        yield Misfit(("check", rule), f"no rule `{rule}`", hint)


def _sections(config: Config) -> Iterator[Misfit]:
    """The name of a section is that of its folder, and no other section has it on any system."""
    folders: dict[str, str] = {}
    for name in config.sections:
        place = ("sections", name)
        slug = slugify(name)
        if slug != name:
            message = f"section `{name}` is not written as in a URL"
            yield Misfit(place, message, f"write it as `{slug}`")
            continue
        other = folders.setdefault(unicodedata.normalize("NFC", name.casefold()), name)
        if other != name:
            message = f"the sections `{other}` and `{name}` are one folder on some systems"
            yield Misfit(place, message, "remove one of the two, or give it another name")


def _feed_of_source(key: str, feed: str) -> Iterator[Misfit]:
    """A feed has a web URL."""
    if not _FEED_URL.match(feed):
        message = f"`sources.{key}.feed`: `{feed}` is not the URL of a feed"
        hint = "write one with https://; a file is read by `sitegen import FILE`"
        yield Misfit(("sources", key, "feed"), message, hint)


def _intake(config: Config) -> Iterator[Misfit]:
    """The rules of sources can be read, and their sections are those of the site."""
    for key, source in config.sources.items():
        yield from _mail_source(key, source)
        if not source.name and not source.feed and not source.mail:
            yield Misfit(("sources", key), f"`sources.{key}` lacks `name`", "add `name: …`")
        if source.feed:
            yield from _feed_of_source(key, source.feed)
    yield from _one_intake(config, ("intake",), config.intake)
    for key, source in config.sources.items():
        yield from _one_intake(config, ("sources", key), source)


def _one_intake(config: Config, place: Place, intake: IntakeConfig) -> Iterator[Misfit]:
    yield from broken_intake(place, intake)
    named = ".".join(place)
    section, lang = intake.section, intake.lang
    if section and config.sections and section not in config.sections:
        hint = nearest_hint(section, config.sections, f"use {', '.join(config.sections)}")
        yield Misfit((*place, "section"), f"`{named}.section`: no section `{section}`", hint)
    if lang and not language_tag(lang):
        message = f"`{named}.lang`: `{lang}` is not a language tag"
        yield Misfit((*place, "lang"), message, tag_hint(lang))


def _mail_source(key: str, source: SourceConfig) -> Iterator[Misfit]:
    """What is wrong with the mailbox of a source."""
    place = ("sources", key)
    if source.mail and source.feed:
        message = f"`sources.{key}` has both a `feed` and a `mail`"
        yield Misfit((*place, "mail"), message, "give each a source of its own")
    unused = [name for name in ("user", "env", "senders", "split") if getattr(source, name)]
    if unused and not source.mail:
        message = f"`sources.{key}.{unused[0]}` is for mailboxes only"
        yield Misfit((*place, unused[0]), message, "add `mail: …`, or remove it")
    if "://" not in source.mail:
        return
    if not re.fullmatch(r"imaps?://[^\s/@?#]+(/[^\s?#]*)?", source.mail):
        message = f"`sources.{key}.mail` is not the URL of a mailbox"
        hint = "write it as imaps://mail.digest.example/INBOX, and the account as `user:`"
        yield Misfit((*place, "mail"), message, hint, secret=True)
    elif not source.user:
        hint = "add `user: desk@digest.example`; its password is in IMAP_PASSWORD"
        yield Misfit((*place, "mail"), f"`sources.{key}` lacks `user`", hint)


_CHECKS: tuple[Callable[[Config], Iterator[Misfit]], ...] = (
    _zone,
    _choices,
    _ranges,
    _forms,
    _secrets,
    _extensions,
    _content_folder,
    _permalinks,
    _menus,
    _languages,
    _widths,
    _feed_kinds,
    broken_podcast,
    broken_taxonomies,
    broken_topics,
    broken_editions,
    _rule_names,
    _sections,
    _intake,
)
