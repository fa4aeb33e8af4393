"""Keys and passwords in URLs: every URL passes here on its way to a page, a feed, a log or a
message.

Which parts of a URL are secret is a matter of their names (RFC 3986 has none that are): userinfo
always is, parameters by the table below, and in the URL of a feed whatever looks as if it was drawn
by lot, as outlets give subscribers a URL of their own.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import quote, unquote

HIDDEN = "…"
# Parameters that are secret whatever their value is, if their folded name is one of these or ends
# with one: `X-Amz-Signature` is xamzsignature, `user[password]` is userpassword.
ENDINGS = tuple(
    "token apikey accesskey secretkey privatekey feedkey rsskey userkey subscriberkey"
    " subscriptionkey licensekey authkey secret password passwd passphrase passcode passwort"
    " kennwort wachtwoord motdepasse contrasena clave senha haslo losenord accesscode authcode"
    " invitecode unlockcode signature credential credentials authorization jwt sessionid".split()
)
ALWAYS = frozenset(
    "pwd pass pw auth otp sig hmac bearer session sid phpsessid awsaccesskeyid"
    " unlockedarticlecode".split()
)
PAGING = frozenset("pagetoken nextpagetoken nexttoken continuationtoken".split())  # not secret
OFTEN = frozenset(
    "key code hash k t u s h user uid member subscriber subscription login p".split()
)  # if the value looks like one
KEYS = frozenset(("key", "hash"))  # if the value is long, and one word
_FOLD = re.compile(r"[^a-z0-9]")
_LONG_WORD = re.compile(r"[A-Za-z0-9]{16,}")
_AT = r"(^[/\\]{2}|:[/\\]+)"  # where the authority of a URL begins, also one without its scheme
_USERINFO = re.compile(_AT + r"[^/\\?#\s\"'<>`]*@")
_ACCOUNT = re.compile(
    r"(?:ssh|sftp|git\+ssh|rsync)://[^/:@]+@", re.IGNORECASE
)  # whose key is elsewhere
_PARAMETER = re.compile(r"([?&;#])([^=&;#?\s\"'<>`]+)=([^&;#\s\"'<>`]+)")
_URL = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,20}:[/\\]+|(?<![\w./\\])[/\\]{2})[^\s\"'<>`]+", re.IGNORECASE
)
# A URL within a sentence or within Markdown: it ends before a bracket that it does not open.
_IN_TEXT = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,20}:|(?<![\w./\\]))//(?:[^\s\"'<>`()\[\]]|\([^\s\"'<>`()]*\))+",
    re.IGNORECASE,
)
_END = re.compile(r"[.,;:!?*_~]*$")
_FEED_SUFFIX = re.compile(r"\.(?:xml|rss|atom|json|rdf)$", re.IGNORECASE)
_RUNS = re.compile(r"[0-9]+|[^0-9]+")
_SEPARATORS = re.compile(r"[-_.~]")
_BASE64 = re.compile(r"[A-Za-z0-9/]*\+[A-Za-z0-9+/]*={0,2}|[A-Za-z0-9+/]+={1,2}")
MIN_LENGTH = 16  # of a key that is known by its look
MIN_PART = 4  # letters and digits of a part of a key, between hyphens: 5g and b2b are words
MOST_LAYERS = 3  # of URLs within the parameters of URLs


def looks_random(text: str, length: int = MIN_LENGTH) -> bool:
    """Whether ``text`` of at least ``length`` letters and digits looks like a key rather than like
    words, a date or a number."""
    given = unquote(text)
    if _BASE64.fullmatch(given):
        given = re.sub(r"[+/=]", "", given)
    parts = _SEPARATORS.split(given)
    bare = "".join(parts)
    if len(bare) < length:
        return False
    if bare.startswith("eyJ"):  # a JSON Web Token
        return True
    if not (bare.isascii() and bare.isalnum()):
        return False
    return _changes(parts) > length // 4


def _changes(parts: list[str]) -> int:
    """The runs of letters and of digits in those of ``parts`` that mix the two."""
    runs = [len(_RUNS.findall(part)) for part in parts if len(part) >= MIN_PART]
    return sum(number for number in runs if number > 1)


def without_secrets(url: str) -> str:
    """``url`` as it may be published: without userinfo and without parameters that are secret."""
    return _published(url, MOST_LAYERS)


def _published(url: str, layers: int) -> str:
    if not _may_hold_some(url):
        return url
    before, mark, fragment = _USERINFO.sub(r"\1", url).partition("#")
    before, question, query = before.partition("?")
    path, semicolon, parameters = before.partition(";")  # as in `;jsessionid=…`
    return (
        path
        + _kept(semicolon, parameters, layers)
        + _kept(question, query, layers)
        + _kept(mark, fragment, layers)
    )


def text_without_secrets(text: str) -> str:
    """A sentence, or Markdown, with each of its URLs as it may be published."""
    if not _may_hold_some(text):
        return text
    return _IN_TEXT.sub(_url_published, text)


def _url_published(match: re.Match[str]) -> str:
    url = match[0]
    if not has_secret(url):
        return url
    end = _END.search(url)
    sentence = end[0] if end else ""
    return without_secrets(url.removesuffix(sentence)) + sentence


def values_without_secrets(value: Any) -> Any:
    """``value`` of front matter, whatever it holds, with each URL in it as it may be published."""
    match value:
        case str():
            return text_without_secrets(value)
        case dict():
            return {key: values_without_secrets(item) for key, item in value.items()}
        case list():
            return list(map(values_without_secrets, value))
        case _:
            return value


def hidden(text: str) -> str:
    """``text`` as it may be printed: with an ellipsis for each secret in a URL."""
    if not _may_hold_some(text):
        return text
    return _URL.sub(lambda match: _without_values(match[0]), text)


def hidden_feeds(text: str) -> str:
    """``text`` as it may be printed, whose URLs may be those of feeds."""
    return _URL.sub(lambda match: hidden_feed(match[0]), text) if "/" in text else text


def hidden_feed(url: str) -> str:
    """The URL of a feed, as it may be printed: its path, too, may hold the key of a subscriber."""
    head, scheme, rest = hidden(url).partition("//")
    before, mark, query = rest.partition("?")
    parts = [
        HIDDEN if number and looks_random(_FEED_SUFFIX.sub("", part)) else part
        for number, part in enumerate(before.split("/"))
    ]
    if looks_random(query):  # a key without a name
        query = HIDDEN
    return head + scheme + _PARAMETER.sub(_drawn_hidden, "/".join(parts) + mark + query)


def is_private_feed(url: str) -> bool:
    """Whether the URL of a feed seems to hold a key or password, so that it is for one reader
    only."""
    return hidden_feed(url) != url


def has_secret(url: str) -> bool:
    """Whether ``url`` holds a key or password; the name of an account whose key is elsewhere
    (`ssh://git@…`) is none."""
    return hidden(url) != url


def _may_hold_some(text: str) -> bool:
    return ("//" in text or ":/" in text or "\\\\" in text) and ("@" in text or "=" in text)


def _kept(mark: str, parameters: str, layers: int) -> str:
    """``parameters`` with the sign before them, without those that are secret."""
    given = re.split(r"([&;])", parameters)[::2]
    kept = [_within(part, layers) for part in given if not _is_secret(*part.partition("=")[::2])]
    if kept == given:
        return mark + parameters
    joined = "&".join(kept)
    return mark + joined if joined else ""


def _within(parameter: str, layers: int) -> str:
    """A parameter without the secrets of the URL that is its value, which may be encoded."""
    name, equals, value = parameter.partition("=")
    for url, write in ((value, str), (unquote(value), _quoted)):
        clean = _published(url, layers - 1) if layers and _may_hold_some(url) else url
        if clean != url:
            return name + equals + write(clean)
    return parameter


def _quoted(url: str) -> str:
    return quote(url, safe="")


def _is_secret(name: str, value: str) -> bool:
    """Whether a parameter of this ``name`` with this ``value`` is a key or password."""
    plain = unicodedata.normalize("NFKD", unquote(name)).lower()
    folded = _FOLD.sub("", plain)
    if not value or folded in PAGING:
        return False
    if folded in ALWAYS or folded.endswith(ENDINGS):
        return True
    return _is_key_by_look(folded, value)


def _is_key_by_look(folded: str, value: str) -> bool:
    """Whether ``value`` looks like a key, and its parameter is often one."""
    if folded in KEYS and _LONG_WORD.fullmatch(value):
        return True
    return folded in OFTEN and looks_random(value)


def _without_values(url: str) -> str:
    if not _ACCOUNT.match(url):
        url = _USERINFO.sub(rf"\1{HIDDEN}@", url)
    return _PARAMETER.sub(_value_hidden, url)


def _value_hidden(match: re.Match[str]) -> str:
    mark, name, value = match.groups()
    if _is_secret(name, value):
        return f"{mark}{name}={HIDDEN}"
    return mark + _within(f"{name}={value}", MOST_LAYERS)


def _drawn_hidden(match: re.Match[str]) -> str:
    """A parameter of a feed: of names such as `channel_id` a value that looks drawn is no
    secret."""
    mark, name, value = match.groups()
    short = name.lower() in OFTEN and looks_random(value, 8)
    drawn = looks_random(value) and not name.lower().endswith("id")
    return f"{mark}{name}={HIDDEN}" if short or drawn else match[0]
