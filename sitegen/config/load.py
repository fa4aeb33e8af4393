"""Read ``site.yaml`` and report everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from sitegen.base.diagnostics import (
    Diagnostic,
    SitegenError,
    nearest_hint,
    problem,
    with_snippets,
)
from sitegen.base.languages import language_tag, tag_hint
from sitegen.base.secrets import has_secret, without_secrets
from sitegen.base.urls import site_url
from sitegen.base.validation import Misfit, line_of, misfits
from sitegen.base.yaml import CUT, CUT_HELP, cut_values, load_mapping
from sitegen.config.intake import with_intake
from sitegen.config.rules import broken_rules
from sitegen.config.schema import Config
from sitegen.config.send import SEND
from sitegen.config.targets import DEPLOY, S3Target, SftpTarget, plugin_target, unknown_target
from sitegen.config.taxonomies import spell_out_taxonomies
from sitegen.config.topics import spell_out_topics
from sitegen.model.rights import read_terms

_DOCS = "see: sitegen help site-yaml"
_REQUIRED = {
    "title": '"My digest"',
    "base_url": "https://digest.example/",
    "timezone": "Europe/Berlin",
}

_TEXTS = frozenset(  # keys that hold text, or that have text below them
    "title description author sections editions sources authors share theme_options taxonomies"
    " topics".split()
)


class _Source(NamedTuple):
    """The text of site.yaml, the lines of its top keys, and how messages name the file."""

    text: str
    lines: Mapping[str, int]
    path: str

    def diagnostics(self, faults: Iterable[Misfit]) -> list[Diagnostic]:
        """``faults`` with their lines, whose text is left out where it holds a secret."""
        faults = list(faults)
        secret_lines = {self._line(fault) for fault in faults if fault.secret}
        shown: list[Diagnostic] = []
        secret: list[Diagnostic] = []
        for diagnostic in map(self._diagnostic, faults):
            (secret if diagnostic.line in secret_lines else shown).append(diagnostic)
        return [*with_snippets(shown, self.text), *secret]

    def _diagnostic(self, fault: Misfit) -> Diagnostic:
        help = fault.help or _DOCS
        return problem("config", fault.message, self.path, self._line(fault), 1, help)

    def _line(self, fault: Misfit) -> int:
        return line_of(fault.place, self.text, self.lines)


def needed_extras(config: Config, target: str = "") -> dict[str, str]:
    """The extras that the settings of a site need, each with the setting that needs it.

    Of the deploy targets only ``target`` counts, or all of them without it.
    """
    needs = {}
    if any(series.email for series in config.series):
        needs["email"] = "`email` of `editions`"
    if config.markdown.highlight:
        needs["code"] = "`highlight` of `markdown`"
    if config.markdown.math:
        needs["math"] = "`math` of `markdown`"
    for name, settings in config.deploy.items():
        if target not in ("", name):
            continue
        if isinstance(settings, S3Target):
            needs["s3"] = f"the deploy target `{name}`"
        if isinstance(settings, S3Target) and settings.compress == "br":
            needs["brotli"] = f"`compress: br` of the deploy target `{name}`"
        if isinstance(settings, SftpTarget):
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
    source = _Source(text, lines, path)
    _stop_at(_normalise(values), source)
    _stop_at(_wrong_keys(values), source)
    for kinds in (DEPLOY, SEND) if values.get("plugins") else ():
        targets = values.get(kinds.section)
        if isinstance(targets, dict):
            values[kinds.section] = {
                name: plugin_target(target, kinds) for name, target in targets.items()
            }
    _stop_at(_spell_out_rights(values), source)
    _stop_at(spell_out_taxonomies(values), source)
    spell_out_topics(values)
    try:
        config = msgspec.convert(values, Config, strict=False)
    except msgspec.ValidationError as error:
        said = Misfit((), str(error).replace("$.", ""))  # where only msgspec sees what is wrong
        faults = misfits(values, Config) or [said]
        raise SitegenError(source.diagnostics(faults), 2) from None
    _stop_at(broken_rules(config), source)
    return msgspec.convert(with_intake(values), Config, strict=False)


def cut_settings(text: str, path: str = "site.yaml") -> list[Diagnostic]:
    """A warning for each text in site.yaml that ends where YAML takes ` #` for a comment."""
    found = [
        problem("config", CUT.format(key), path, line, 1, CUT_HELP, level="warning")
        for key, line in cut_values(text, _TEXTS.__contains__)
        if key in _TEXTS
    ]
    return with_snippets(found, text)


def _stop_at(faults: Iterable[Misfit], source: _Source) -> None:
    """Raise SitegenError if there are any ``faults``."""
    found = source.diagnostics(faults)
    if found:
        raise SitegenError(found, 2)


def _normalise(values: dict[str, Any]) -> list[Misfit]:
    """Put the language and the URLs of ``values`` into their one form; what is not a language, or
    not such a URL."""
    faults = list(_normalise_language(values))
    targets = values.get("deploy")
    places: list[tuple[tuple[str, ...], Any]] = [(("base_url",), values)]
    if isinstance(targets, dict):
        places += [(("deploy", name, "base_url"), target) for name, target in targets.items()]
    for place, holder in places:
        url = holder.get("base_url") if isinstance(holder, dict) else None
        if not url or not isinstance(url, str):
            continue
        if place[0] == "deploy" and has_secret(url):
            continue  # `unknown_target` reports it
        try:
            holder["base_url"] = site_url(url)
        except ValueError as error:
            message = f"`{'.'.join(place)}` {error}: `{without_secrets(url)}`"
            faults.append(Misfit(place, message, "write it as https://digest.example/"))
    return faults


def _normalise_language(values: dict[str, Any]) -> Iterator[Misfit]:
    """Put language tags into ``values`` in their usual case."""
    language = values.get("language")
    if isinstance(language, str):
        tag = language_tag(language)
        values["language"] = tag or language
        if not tag:
            yield _no_tag(("language",), language)
    yield from _normalise_languages(values)


def _normalise_languages(values: dict[str, Any]) -> Iterator[Misfit]:
    languages = values.get("languages")
    if not isinstance(languages, dict):
        return
    values["languages"] = {}
    for name, value in languages.items():
        tag = language_tag(str(name))
        if not tag:
            yield _no_tag(("languages", str(name)), str(name))
        elif tag in values["languages"]:
            message = f"`languages` has `{tag}` twice, once as `{name}`"
            yield Misfit(("languages", str(name)), message, "remove one of the two")
        values["languages"][tag or name] = value


def _no_tag(place: tuple[str, ...], language: str) -> Misfit:
    message = f"`{place[0]}`: `{language}` is not a language tag"
    return Misfit(place, message, tag_hint(language))


def _wrong_keys(values: dict[str, Any]) -> list[Misfit]:
    """Keys that are unknown, or missing."""
    plugins = bool(values.get("plugins"))
    return [
        *_unknown(values),
        *_missing(values),
        *unknown_target(values.get("deploy"), plugins),
        *unknown_target(values.get("send"), plugins, SEND),
    ]


def _unknown(values: dict[str, Any]) -> Iterator[Misfit]:
    known = Config.__struct_fields__
    for key in values:
        if key not in known:
            hint = nearest_hint(key, known, "for all keys see: sitegen help site-yaml")
            yield Misfit((key,), f"unknown key `{key}`", hint)


def _missing(values: dict[str, Any]) -> Iterator[Misfit]:
    for key, example in _REQUIRED.items():
        if not values.get(key):
            yield Misfit((), f"`{key}` is missing", f"add a line `{key}: {example}`")


def _spell_out_rights(values: dict[str, Any]) -> list[Misfit]:
    """Put `rights` of sources and of `intake` that are mappings, as articles have them, into the
    keys of the source; what is wrong with them."""
    sources = values.get("sources")
    holders: list[tuple[tuple[str, ...], Any]] = [(("intake",), values.get("intake"))]
    if isinstance(sources, dict):
        holders += [(("sources", key), source) for key, source in sources.items()]
    faults = []
    for place, source in holders:
        if not isinstance(source, dict) or "rights" not in source:
            continue
        known = ("show", "words", "notice", "license")
        terms, problems = read_terms(source.pop("rights"), known=known)
        named = f"`{'.'.join(place)}.rights"
        faults += [
            Misfit((*place, "rights"), message.replace("`rights", named), hint)
            for message, hint in problems
        ]
        if "show" in terms:
            source["rights"] = terms.pop("show")
        source |= {name: value for name, value in terms.items() if not source.get(name)}
    return faults
