"""The URLs of licences that are known by a name."""

from __future__ import annotations

import re

_HOST = "https://creativecommons.org"
_CREATIVE_COMMONS = re.compile(
    r"(?:CC|Creative Commons)[ -]?(BY(?:-(?:NC-SA|NC-ND|NC|SA|ND))?)(?:[ -]?v?(\d\.\d))?(?:["
    r" -](?:International|Intl\.?))?",
    re.IGNORECASE,
)
_NAMED = {
    "cc0": f"{_HOST}/publicdomain/zero/1.0/",
    "cc0 1.0": f"{_HOST}/publicdomain/zero/1.0/",
    "cc zero": f"{_HOST}/publicdomain/zero/1.0/",
    "public domain mark": f"{_HOST}/publicdomain/mark/1.0/",
    "public domain mark 1.0": f"{_HOST}/publicdomain/mark/1.0/",
}
_LATEST = "4.0"


def licence_url(name: str) -> str:
    """The URL of a licence that is written as one, or by the name of a Creative Commons licence; of
    others nothing.

    Names as Creative Commons writes them (https://creativecommons.org/share-your-work/cclicenses/).
    """
    text = " ".join(name.split())
    if text.startswith(("http://", "https://")):
        return text
    if known := _NAMED.get(text.lower().replace("-", " ")):
        return known
    match = _CREATIVE_COMMONS.fullmatch(
        re.sub(r"\s*-\s*", "-", re.sub(r"(?i)(by|nc) (?=(?:nc|sa|nd)\b)", r"\1-", text))
    )
    return f"{_HOST}/licenses/{match[1].lower()}/{match[2] or _LATEST}/" if match else ""
