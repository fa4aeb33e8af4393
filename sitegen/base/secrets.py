"""Keys and passwords in URLs: every URL passes here on its way to a page, a feed, a log or a
message.

Which parts of a URL are secret is a matter of their names (RFC 3986 has none that are): userinfo
always is, parameters by the table below, and in the URL of a feed whatever looks as if it was drawn
by lot, as outlets give subscribers a URL of their own.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

HIDDEN = "…"
# Parameters that are secret whatever their value is; folded: `X-Amz-Signature` is xamzsignature.
ALWAYS = frozenset(
    "token accesstoken authtoken apitoken idtoken refreshtoken feedtoken rsstoken privatetoken"
    " usertoken csrftoken jobtoken oauthtoken sessiontoken securitytoken xamzsecuritytoken apikey"
    " accesskey secretkey privatekey feedkey rsskey userkey subscriberkey subscriptionkey"
    " licensekey authkey secret clientsecret password passwd passphrase pwd pass pw auth"
    " authorization credential credentials xamzcredential signature sig hmac xamzsignature"
    " xgoogsignature xgoogcredential awsaccesskeyid jwt bearer session sessionid sid phpsessid"
    " jsessionid".split()
)
OFTEN = frozenset(
    "key code hash k t u s h user uid member subscriber subscription login p".split()
)  # if the value looks like one
_FOLD = re.compile(r"[^a-z0-9]")
_USERINFO = re.compile(r"(?<=://)[^/?#\s\"'<>`]*@")
_ACCOUNT = re.compile(
    r"(?:ssh|sftp|git\+ssh|rsync)://[^/:@]+@", re.IGNORECASE
)  # whose key is elsewhere
_PARAMETER = re.compile(r"([?&;#])([^=&;#?\s\"'<>`]+)=([^&;#\s\"'<>`]+)")
_URL = re.compile(r"[a-z][a-z0-9+.-]{0,20}://[^\s\"'<>`]+", re.IGNORECASE)
_FEED_SUFFIX = re.compile(r"\.(?:xml|rss|atom|json|rdf)$", re.IGNORECASE)
_RUNS = re.compile(r"[0-9]+|[^0-9]+")
_SEPARATORS = re.compile(r"[-_.~]")
MIN_LENGTH = 16  # of a key that is known by its look


def looks_random(text: str) -> bool:
    """Whether ``text`` looks like a key rather than like words, a date or a number."""
    bare = _SEPARATORS.sub("", unquote(text))
    if bare.startswith("eyJ") and len(bare) > MIN_LENGTH:  # a JSON Web Token
        return True
    runs = len(_RUNS.findall(bare)) if bare.isascii() and bare.isalnum() else 0
    return len(bare) >= MIN_LENGTH and runs > 4


def without_secrets(url: str) -> str:
    """``url`` as it may be published: without userinfo and without parameters that are secret."""
    if not _may_hold_some(url):
        return url
    before, mark, fragment = _USERINFO.sub("", url).partition("#")
    before, question, query = before.partition("?")
    path, semicolon, parameters = before.partition(";")  # as in `;jsessionid=…`
    return path + _kept(semicolon, parameters) + _kept(question, query) + _kept(mark, fragment)


def hidden(text: str) -> str:
    """``text`` as it may be printed: with an ellipsis for each secret in a URL."""
    if not _may_hold_some(text):
        return text
    return _URL.sub(lambda match: _without_values(match[0]), text)


def hidden_feed(url: str) -> str:
    """The URL of a feed, as it may be printed: its path, too, may hold the key of a subscriber."""
    head, scheme, rest = hidden(url).partition("://")
    parts = [
        HIDDEN if number and looks_random(_FEED_SUFFIX.sub("", part)) else part
        for number, part in enumerate(rest.split("/"))
    ]
    return head + scheme + _PARAMETER.sub(_drawn_hidden, "/".join(parts))


def is_private_feed(url: str) -> bool:
    """Whether the URL of a feed seems to hold a key or password, so that it is for one reader
    only."""
    return hidden_feed(url) != url


def has_secret(url: str) -> bool:
    """Whether ``url`` holds a key or password; the name of an account whose key is elsewhere
    (`ssh://git@…`) is none."""
    return hidden(url) != url


def _may_hold_some(text: str) -> bool:
    return "://" in text and ("@" in text or "=" in text)


def _kept(mark: str, parameters: str) -> str:
    """``parameters`` with the sign before them, without those that are secret."""
    parts = re.split(r"([&;])", parameters)
    kept = [part for part in parts[::2] if not _is_secret(*part.partition("=")[::2])]
    if len(kept) == len(parts[::2]):
        return mark + parameters
    joined = "&".join(kept)
    return mark + joined if joined else ""


def _is_secret(name: str, value: str) -> bool:
    folded = _FOLD.sub("", unquote(name).lower())
    return bool(value) and (folded in ALWAYS or (folded in OFTEN and looks_random(value)))


def _without_values(url: str) -> str:
    if not _ACCOUNT.match(url):
        url = _USERINFO.sub(f"{HIDDEN}@", url)
    return _PARAMETER.sub(
        lambda m: f"{m[1]}{m[2]}={HIDDEN}" if _is_secret(m[2], m[3]) else m[0], url
    )


def _drawn_hidden(match: re.Match[str]) -> str:
    """A parameter of a feed: of names such as `channel_id` a value that looks drawn is no
    secret."""
    public = match[2].lower().endswith("id") or not looks_random(match[3])
    return match[0] if public else f"{match[1]}{match[2]}={HIDDEN}"
