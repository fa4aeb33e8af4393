"""The targets of `sitegen send` in ``site.yaml``: their keys, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from sitegen.base.diagnostics import nearest_hint
from sitegen.base.validation import Misfit
from sitegen.config.targets import Kinds
from sitegen.model.base import Struct


class _Send(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every target of `sitegen send` may say."""

    series: tuple[str, ...] = ()  # those that go there, by their names in URLs; default: all
    draft: bool = False  # leave it as a draft at the service
    env: str = ""  # the variable of the environment that holds its key or password


class SmtpSend(_Send, frozen=True, kw_only=True, tag_field="kind", tag="smtp"):
    """``recipients`` is a file of the site with one address a line, ``command`` prints such
    lines. ``unsubscribe`` is a URL with `{address}` or `{token}`."""

    host: str
    unsubscribe: str
    port: int = 0
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    recipients: str = ""
    command: tuple[str, ...] = ()
    per_minute: int = 0  # mails; 0 is no limit


class ListmonkSend(_Send, frozen=True, kw_only=True, tag_field="kind", tag="listmonk"):
    url: str
    user: str
    lists: tuple[int, ...]
    template: int = 0


class ButtondownSend(_Send, frozen=True, kw_only=True, tag_field="kind", tag="buttondown"):
    url: str = "https://api.buttondown.com/v1"


class GhostSend(_Send, frozen=True, kw_only=True, tag_field="kind", tag="ghost"):
    url: str
    newsletter: str
    segment: str = "all"
    email_only: bool = True


class MailchimpSend(_Send, frozen=True, kw_only=True, tag_field="kind", tag="mailchimp"):
    list: str
    url: str = ""


class PluginSend(_Send, frozen=True, kw_only=True, tag_field="kind", tag="(plugin)"):
    """A target whose kind a plugin knows; ``settings`` are the keys that only it understands."""

    of: str
    settings: dict[str, Any] = {}


SendTarget = PluginSend | SmtpSend | ListmonkSend | ButtondownSend | GhostSend | MailchimpSend
SENDERS: dict[str, type[_Send]] = {
    "smtp": SmtpSend,
    "listmonk": ListmonkSend,
    "buttondown": ButtondownSend,
    "ghost": GhostSend,
    "mailchimp": MailchimpSend,
}
SEND = Kinds("send", SENDERS, _Send)
VARIABLES = {  # of the environment, unless a target names another one
    "smtp": "SMTP_PASSWORD",
    "listmonk": "LISTMONK_TOKEN",
    "buttondown": "BUTTONDOWN_API_KEY",
    "ghost": "GHOST_ADMIN_API_KEY",
    "mailchimp": "MAILCHIMP_API_KEY",
}


def check_senders(targets: dict[str, SendTarget], series: tuple[str, ...]) -> Iterator[Misfit]:
    """What is wrong with the values of targets; ``series`` are those of the site, by their names
    in URLs."""
    for name, target in targets.items():
        for key, message, hint in _faults(target, series):
            yield Misfit(("send", name, key), f"`send.{name}.{key}` {message}", hint)


_VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)?")
_WEB_URL = re.compile(r"(https?://[^\s]+)?")


def _faults(target: SendTarget, series: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Each key that is wrong, with why, and what to do."""
    for one in target.series:
        if one not in series:
            known = ", ".join(filter(None, series)) or "none with a name"
            hint = nearest_hint(one, series, f"there are: {known}")
            yield "series", f"names `{one}`, which is no series", hint
    if not _VARIABLE.fullmatch(target.env):
        yield "env", f"is not the name of a variable: `{target.env}`", "write it as SMTP_PASSWORD"
    url = getattr(target, "url", "")
    if not _WEB_URL.fullmatch(url):
        yield "url", f"is not a web URL: `{url}`", "write it as https://lists.digest.example"
    if isinstance(target, SmtpSend):
        yield from _smtp_faults(target)


def _smtp_faults(target: SmtpSend) -> Iterator[tuple[str, str, str]]:
    if bool(target.recipients) == bool(target.command):
        hint = "name a file in `recipients`, or a program in `command`"
        yield "recipients", "and `command` are both given, or both missing", hint
    if not re.fullmatch(r"[^\s/@:-][^\s/@:]*", target.host):
        hint = "write it as mail.digest.example"
        yield "host", f"is not the name of a server: `{target.host}`", hint
    if not 0 <= target.port < 65536:
        yield "port", f"is not a port: {target.port}", "leave it out for the usual one"
    said = target.unsubscribe
    named = "{address}" in said or "{token}" in said
    if re.fullmatch(r"mailto:[^\s<>]+@[^\s<>]+", said):
        return
    if not re.fullmatch(r"https://[^\s<>]+", said):
        hint = "write an https URL or mailto:, such as mailto:leave@digest.example"
        yield "unsubscribe", f"is neither an https URL nor a mailto: `{said}`", hint
    elif not named:
        hint = "add {address} or {token}: https://digest.example/leave?who={address}&key={token}"
        yield "unsubscribe", "does not say who unsubscribes", hint
