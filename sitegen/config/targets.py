"""Deploy targets in ``site.yaml``: their keys, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from sitegen.base.diagnostics import nearest_hint
from sitegen.base.secrets import has_secret
from sitegen.base.validation import Misfit
from sitegen.config.values import FOLD, texts
from sitegen.model.base import Struct


class _Target(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every target of `sitegen deploy` may say."""

    keep: int = 30  # days for which assets stay that no page shows any more
    max_deletes: int | str = 256  # or a share such as "10%"
    cache: dict[str, str] = {}  # pattern of paths -> Cache-Control
    base_url: str = ""
    drafts: bool = False  # also drafts, as on a staging site
    future: bool = False  # also what appears later
    noindex: bool = False  # search engines are asked to list no page
    purge: dict[str, str] = {}  # cloudfront: distribution, cloudflare: zone
    after: tuple[Literal["send"], ...] = ()  # what follows an upload: `send` sends what waits


class FolderTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="folder"):
    path: str
    switch: bool = True
    htaccess: bool = False  # redirects for Apache


class NetlifyTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="netlify"):
    path: str


class CloudflareTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="cloudflare"):
    path: str


class GitTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="git"):
    """``repository`` is an address, or the name of a remote of the site's own repository."""

    repository: str = "origin"
    branch: str = "gh-pages"
    history: bool = True
    host: Literal["github", "gitlab", "other"] = "github"
    cname: str = ""
    message: str = "Deploy"


class S3Target(_Target, frozen=True, kw_only=True, tag_field="kind", tag="s3"):
    bucket: str
    prefix: str = ""
    region: str = ""
    endpoint: str = ""
    profile: str = ""
    acl: str = ""
    compress: Literal["", "gzip", "br"] = ""
    jobs: int = 16


class SftpTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="sftp"):
    host: str
    path: str
    user: str = ""
    port: int = 0
    key: str = ""
    known_hosts: str = ""
    jobs: int = 4
    htaccess: bool = False


class RsyncTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="rsync"):
    host: str
    path: str
    user: str = ""
    port: int = 0
    key: str = ""
    known_hosts: str = ""
    htaccess: bool = False


class PluginTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="(plugin)"):
    """A target whose kind a plugin knows; ``settings`` are the keys that only it understands."""

    of: str
    settings: dict[str, Any] = {}


DeployTarget = (
    PluginTarget
    | FolderTarget
    | NetlifyTarget
    | CloudflareTarget
    | GitTarget
    | S3Target
    | SftpTarget
    | RsyncTarget
)
TARGETS: dict[str, type[_Target]] = {
    "folder": FolderTarget,
    "git": GitTarget,
    "s3": S3Target,
    "sftp": SftpTarget,
    "rsync": RsyncTarget,
    "netlify": NetlifyTarget,
    "cloudflare": CloudflareTarget,
}
_SECRETS = frozenset(  # names of keys without their signs
    "password passwd passphrase secret secretkey secretaccesskey clientsecret accesskey accesskeyid"
    " accesstoken authtoken token apitoken apikey privatetoken privatekey sessiontoken credential"
    " credentials pat".split()
)

_SECRET_HELP = (
    "take it out; secrets come from the environment or from the files of the provider, see:"
    " sitegen help {}"
)
_SERVICES = ("cloudflare", "cloudfront")
_ARGUMENTS = ("host", "user", "repository", "branch", "bucket", "path", "profile")


class Kinds(NamedTuple):
    """The kinds of targets in a part of site.yaml, and the struct of what they have in common."""

    section: str
    known: Mapping[str, type[Struct]]
    common: type[Struct]


DEPLOY = Kinds("deploy", TARGETS, _Target)


def plugin_target(target: dict[str, Any], kinds: Kinds = DEPLOY) -> dict[str, Any]:
    """A target of a kind that is not sitegen's, as `PluginTarget` has it; others as they are."""
    if target["kind"] in kinds.known:
        return target
    settings = dict(target)
    of = settings.pop("kind")
    fields = kinds.common.__struct_fields__
    common = {key: settings.pop(key) for key in target if key in fields}
    return {"kind": "(plugin)", "of": of, "settings": settings, **common}


def unknown_target(targets: Any, plugins: bool, kinds: Kinds = DEPLOY) -> list[Misfit]:
    """What is wrong with the names of kinds and keys of the targets in a part of site.yaml.

    With ``plugins`` one of them may know a kind that sitegen does not.
    """
    faults: list[Misfit] = []
    for name, target in targets.items() if isinstance(targets, dict) else ():
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            message = f"`{kinds.section}`: `{name}` is not a valid name of a target"
            faults.append(Misfit((kinds.section, name), message, "use a-z, 0-9, - and _"))
        kind = target.get("kind") if isinstance(target, dict) else None
        if isinstance(kind, str) and kind in kinds.known:
            known = ("kind", *kinds.known[kind].__struct_fields__)
            faults += _wrong_keys(name, target, known, kinds)
        elif plugins and isinstance(kind, str):
            faults += _wrong_keys(name, target, tuple(target), kinds)
        else:
            faults.append(_unknown_kind(name, kind, kinds))
    return faults


def _unknown_kind(name: str, kind: Any, kinds: Kinds) -> Misfit:
    every = f"write `kind:` and one of {', '.join(kinds.known)}"
    said = f"unknown kind `{kind}`" if kind else "`kind` is missing"
    hint = nearest_hint(str(kind), kinds.known, every)
    return Misfit((kinds.section, name, "kind"), f"`{kinds.section}.{name}`: {said}", hint)


def _wrong_keys(
    name: str, target: dict[str, Any], known: tuple[str, ...], kinds: Kinds
) -> Iterator[Misfit]:
    """Keys of a target that are secrets, or not ``known``."""
    for key, value in target.items():
        place = (kinds.section, name, key)
        if FOLD.sub("", key.lower()) in _SECRETS or any(map(_holds_secret, texts(value))):
            message = f"`{'.'.join(place)}` would be a secret in site.yaml"
            yield Misfit(place, message, _SECRET_HELP.format(kinds.section), secret=True)
        elif key not in known:
            every = f"a target of kind {target['kind']} knows {', '.join(known)}"
            hint = nearest_hint(key, known, every)
            yield Misfit(place, f"`{kinds.section}.{name}`: unknown key `{key}`", hint)


def _holds_secret(text: str) -> bool:
    """Whether a text has a key or password in it; a place for one is none."""
    return has_secret(text.replace("{token}", ""))


def check_targets(targets: dict[str, DeployTarget]) -> Iterator[Misfit]:
    """What is wrong with the values of targets."""
    for name, target in targets.items():
        for check in _CHECKS:
            for key, what, hint in check(target):
                said = f"`deploy.{name}.{key}` {what}"
                yield Misfit(("deploy", name, key), said, hint)


_Fault = tuple[str, str, str]  # a key of a target, what is wrong with it, and what to do


def _limit(target: DeployTarget) -> Iterator[_Fault]:
    limit = str(target.max_deletes)
    if not re.fullmatch(r"\d+|(100|\d?\d)%", limit):
        hint = 'write a number of files, or a share such as "10%"'
        yield "max_deletes", f"is neither a number nor a share: `{limit}`", hint


def _numbers(target: DeployTarget) -> Iterator[_Fault]:
    for key, (least, most) in _RANGES.items():
        value = getattr(target, key, least)
        if not least <= value <= most:
            yield key, f"cannot be {value}", f"write a number from {least} to {most}"


def _cache_rules(target: DeployTarget) -> Iterator[_Fault]:
    for pattern, value in target.cache.items():
        if not f"{pattern}{value}".isprintable():  # a line break would add a header
            yield "cache", "holds a line break or a control character", "write one line each"


def _purged(target: DeployTarget) -> Iterator[_Fault]:
    for service in sorted(target.purge.keys() - set(_SERVICES)):
        yield "purge", f"has the unknown service `{service}`", f"use {' or '.join(_SERVICES)}"


def _follow_up(target: DeployTarget) -> Iterator[_Fault]:
    if target.after and (target.base_url or target.drafts or target.future or target.noindex):
        hint = "remove it, or `base_url`, `drafts`, `future` and `noindex` of this target"
        yield "after", "is not possible: letters lead to the site itself, not to a copy", hint


def _arguments(target: DeployTarget) -> Iterator[_Fault]:
    for key in _ARGUMENTS:
        value = getattr(target, key, "")
        if _is_misleading(key, value):
            hint = "write it without a - at its start, and without control characters"
            yield key, f"cannot be `{value}`", hint


def _store(target: DeployTarget) -> Iterator[_Fault]:
    if not isinstance(target, S3Target):
        return
    if target.acl and target.acl not in _ACLS:
        every = f"use {', '.join(_ACLS)}"
        yield "acl", f"is not a canned ACL: `{target.acl}`", nearest_hint(target.acl, _ACLS, every)
    folders = target.prefix.strip("/")
    if folders and not _NO_FOLDERS.isdisjoint(folders.split("/")):
        hint = "write folders with one slash between them, such as news/digest"
        yield "prefix", f"cannot be `{target.prefix}`", hint
    if target.endpoint and not re.match(r"https?://[^\s/]+", target.endpoint):
        hint = "write it as https://storage.example.org"
        yield "endpoint", f"is not a URL: `{target.endpoint}`", hint


_CHECKS = (_limit, _numbers, _cache_rules, _purged, _follow_up, _arguments, _store)
_NO_FOLDERS = frozenset({"", ".", ".."})
_RANGES = {"jobs": (1, 256), "port": (0, 65_535)}
_ACLS = (
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
)


def _is_misleading(key: str, value: str) -> bool:
    """Whether a program that gets ``value`` as an argument would take it for something else."""
    if value.startswith("-") or any(c < " " for c in value):
        return True
    return key in ("host", "user") and bool(re.search(r"[\s@:/]", value))
