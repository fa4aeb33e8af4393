"""Drawings (SVG): which of them hold nothing but shapes and text, and may be taken over."""

from __future__ import annotations

import re
from typing import Any

MAX_BYTES = 2 * 1024 * 1024
_DRAWN = frozenset(
    "svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text tspan textPath image marker pattern"
    " clipPath mask linearGradient radialGradient stop filter style switch view feBlend feColorMatrix feComponentTransfer feComposite"
    " feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR"
    " feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence".split()
)
_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_INSIDE = re.compile(
    r"#|data:image/(?:png|jpeg|gif|webp);base64,", re.I
)  # what an address may lead to
_LEADS_OUT = re.compile(
    r"@import|url\(\s*[\"']?(?!#|data:image/(?:png|jpeg|gif|webp);)|expression\(|\\", re.I
)


def is_drawing(data: bytes) -> bool:
    """Whether ``data`` seems to be a drawing (SVG)."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in head


def safe_drawing(data: bytes) -> Any:
    """The root of a drawing without scripts, foreign elements, and addresses that lead out of it; None for any other.

    The elements are those of SVG 2 that only draw; nothing is repaired, as browsers would read it in another way.
    """
    from lxml import etree

    if len(data) > MAX_BYTES or b"<!ENTITY" in data:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    if root.tag != f"{{{_SVG}}}svg" or any(not _harmless(e) for e in root.getroottree().iter()):
        return None
    return root


def _harmless(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return not str(element).startswith("<?")  # an instruction may name a style sheet
    space, _, name = element.tag.removeprefix("{").rpartition("}")
    if space == _XHTML or (space == _SVG and name not in _DRAWN) or name.casefold() == "script":
        return False
    if name == "style" and _LEADS_OUT.search("".join(element.itertext())):
        return False
    return all(
        _harmless_attribute(key.rpartition("}")[2].casefold(), value)
        for key, value in element.attrib.items()
    )


def _harmless_attribute(name: str, value: str) -> bool:
    if name.startswith("on"):
        return False
    if name in ("href", "src"):
        return bool(_INSIDE.match(value.strip()))
    return not _LEADS_OUT.search(value)


__all__ = ["is_drawing", "safe_drawing"]
