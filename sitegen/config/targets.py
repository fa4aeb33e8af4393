"""Deploy targets in ``site.yaml``: their keys, and what is wrong with them."""

from __future__ import annotations

import re
from typing import Any, Literal

from sitegen.base.diagnostics import Diagnostic, nearest, problem
from sitegen.base.secrets import has_secret
from sitegen.config.values import FOLD, texts
from sitegen.model.base import Struct


class _Target(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every target of `sitegen deploy` may say."""

    keep: int = 30  # days for which assets stay that no page shows any more
    max_deletes: int | str = 256  # or a share such as "10%"
    cache: dict[str, str] = {}  # pattern of paths -> Cache-Control
    base_url: str = ""
    purge: dict[str, str] = {}  # cloudfront: distribution, cloudflare: zone


class FolderTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="folder"):
    path: str
    switch: bool = True


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


class RsyncTarget(_Target, frozen=True, kw_only=True, tag_field="kind", tag="rsync"):
    host: str
    path: str
    user: str = ""
    port: int = 0
    key: str = ""
    known_hosts: str = ""


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


def plugin_target(target: dict[str, Any]) -> dict[str, Any]:
    """A target of a kind that is not sitegen's, as `PluginTarget` has it; others as they are."""
    if target["kind"] in TARGETS:
        return target
    common = {key: value for key, value in target.items() if key in _Target.__struct_fields__}
    own = {key: value for key, value in target.items() if key not in common and key != "kind"}
    return {"kind": "(plugin)", "of": target["kind"], "settings": own, **common}


def unknown_target(targets: Any, line: int, path: str, plugins: bool) -> list[Diagnostic]:
    """What is wrong with the names of kinds and keys below `deploy`.

    With ``plugins`` one of them may know a kind that sitegen does not.
    """
    if targets is None or not isinstance(targets, dict):
        return []
    out = []
    for name, target in targets.items():
        kind = target.get("kind") if isinstance(target, dict) else None
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
            out.append(
                problem(
                    "config",
                    f"`deploy`: `{name}` is no name for a target",
                    path,
                    line,
                    1,
                    "use a-z, 0-9, - and _",
                )
            )
        foreign = plugins and isinstance(kind, str) and kind not in TARGETS
        if (
            not isinstance(target, dict)
            or not isinstance(kind, str)
            or (kind not in TARGETS and not foreign)
        ):
            near = nearest(str(kind), TARGETS)
            hint = (
                f"did you mean `{near}`?"
                if near
                else f"write `kind:` and one of {', '.join(TARGETS)}"
            )
            said = f"unknown kind `{kind}`" if kind else "`kind` is missing"
            out.append(problem("config", f"`deploy.{name}`: {said}", path, line, 1, hint))
            continue
        known = tuple(target) if foreign else ("kind", *TARGETS[kind].__struct_fields__)
        for key in target:
            if FOLD.sub("", key.lower()) in _SECRETS or any(map(has_secret, texts(target[key]))):
                hint = (
                    "take it out; secrets come from the environment or from the files of the"
                    " provider, see docs/deploy.md"
                )
                out.append(
                    problem(
                        "config",
                        f"`deploy.{name}.{key}` would be a secret in site.yaml",
                        path,
                        line,
                        1,
                        hint,
                    )
                )
            elif key not in known:
                near = nearest(key, known)
                hint = (
                    f"did you mean `{near}`?"
                    if near
                    else f"a target of kind {kind} knows {', '.join(known)}"
                )
                out.append(
                    problem("config", f"`deploy.{name}`: unknown key `{key}`", path, line, 1, hint)
                )
    return out


def check_targets(targets: dict[str, DeployTarget], line: int, path: str) -> list[Diagnostic]:
    out = []
    for name, target in targets.items():
        limit = str(target.max_deletes)
        if not re.fullmatch(r"\d+|(100|\d?\d)%", limit):
            hint = 'write a number of files, or a share such as "10%"'
            out.append(
                problem(
                    "config",
                    f"`deploy.{name}.max_deletes` is neither a number nor a share: `{limit}`",
                    path,
                    line,
                    1,
                    hint,
                )
            )
        for service in target.purge.keys() - {"cloudfront", "cloudflare"}:
            hint = "use cloudfront or cloudflare"
            out.append(
                problem(
                    "config",
                    f"`deploy.{name}.purge`: unknown service `{service}`",
                    path,
                    line,
                    1,
                    hint,
                )
            )
        for key in ("host", "user", "repository", "branch", "bucket", "path", "profile"):
            value = getattr(target, key, "x")
            if (
                value.startswith("-")
                or any(c < " " for c in value)
                or (key in ("host", "user") and re.search(r"[\s@:/]", value))
            ):
                message = f"`deploy.{name}.{key}` cannot be `{value}`"
                out.append(
                    problem("config", message, path, line, 1, "write it without signs such as -")
                )
    return out
