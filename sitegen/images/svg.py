"""SVG images as data: without what runs, and without what asks another host.

Pure. A page shows an SVG as an image, in which nothing runs; but a reader who opens the file itself
opens it on the site's own origin, where its scripts could do what those of a page can.

Source: https://www.w3.org/TR/SVG2/conform.html#secure-static-mode
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sitegen.model.base import Struct

SVG, XLINK, XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
ELEMENTS = frozenset(  # of SVG 2, without those that run, embed, or listen
    "a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend"
    " feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting"
    " feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR"
    " feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight"
    " feSpecularLighting feSpotLight feTile feTurbulence filter font font-face font-face-name"
    " font-face-src glyph g hkern image line linearGradient marker mask metadata missing-glyph"
    " mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text"
    " textPath title tref tspan use view vkern".split()
)
_MARKUP = frozenset(
    (SVG, "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "")
)  # what browsers give a meaning
_ANIMATIONS = frozenset(("animate", "animateMotion", "animateTransform", "set"))
_SAFE_TARGET = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp|avif);base64,)", re.IGNORECASE)
_SAFE_LINK = re.compile(r"\s*(?:https?:|mailto:|[#/?.]|[^:]*$)", re.IGNORECASE)
_ASKING = re.compile(
    r"url\(\s*[\"']?\s*(?!#|data:image/(?:png|jpeg|gif|webp|avif);)[^)]*|@import|image-set\(|\\",
    re.IGNORECASE,
)
_UNUSUAL = re.compile(
    rb"<\?xml[^>]*encoding=[\"'](?!utf-?8|us-ascii)|<!ENTITY|<!ATTLIST", re.IGNORECASE
)


class Cleaned(Struct, frozen=True):
    """An SVG as it may be published, and what was taken out of it: (line, name).

    ``data`` is empty for one that cannot be read.
    """

    data: bytes
    removed: tuple[tuple[int, str], ...] = ()


def is_svg(path: str) -> bool:
    """Whether a file is an SVG by its name."""
    return path.lower().endswith(".svg")


def cleaned(data: bytes) -> Cleaned:
    """``data`` without scripts, handlers, foreign elements and references to other files; as it is
    where there are none."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Cleaned(b"")
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        return Cleaned(b"")
    removed: list[tuple[int, str]] = []
    for node in (*root.itersiblings(preceding=True), *root.itersiblings()):
        if node.tag is etree.PI:
            removed.append((node.sourceline or 1, f"<?{node.target}"))
    _clean(root, removed)
    if not removed and not _UNUSUAL.search(data[:4096]):
        return Cleaned(data)
    return Cleaned(etree.tostring(root, encoding="utf-8", xml_declaration=True), tuple(removed))


def _clean(node: Any, removed: list[tuple[int, str]]) -> None:
    """Clean ``node`` and all below it, which are at most 256 deep; what is taken out is added to
    ``removed``."""
    removed += [(node.sourceline or 1, name) for name in _attributes(node)]
    for child in list(node):
        if name := _banned(child):
            removed.append((child.sourceline or 1, name))
            _drop(child)
        else:
            _clean(child, removed)


def _banned(node: Any) -> str:
    """The name of an element that may not stay, else nothing."""
    from lxml import etree

    if node.tag is etree.Entity:
        return "an entity"
    if node.tag is etree.PI:
        return f"<?{node.target}"
    if not isinstance(node.tag, str):
        return ""
    name = etree.QName(node)
    banned = not _is_drawing(name) or _asks(name, node) or _runs(name, node)
    return f"<{name.localname}>" if banned else ""


def _is_drawing(name: Any) -> bool:
    """Whether an element draws, or is data of another vocabulary, which browsers do not show."""
    space = name.namespace or ""
    return space not in _MARKUP or (space in ("", SVG) and name.localname in ELEMENTS)


def _asks(name: Any, node: Any) -> bool:
    """Whether a style sheet asks for another file."""
    return name.localname == "style" and bool(_ASKING.search("".join(node.itertext())))


def _runs(name: Any, node: Any) -> bool:
    """Whether an animation changes an attribute that runs something."""
    return name.localname in _ANIMATIONS and _is_active(node.get("attributeName") or "")


def _attributes(node: Any) -> Iterator[str]:
    """Take out the attributes of an element that run something or ask for another file; their
    names."""
    from lxml import etree

    for key, value in list(node.attrib.items()) if isinstance(node.tag, str) else ():
        name = etree.QName(key)
        plain = name.localname.lower()
        foreign = name.namespace not in (None, XLINK, XML)
        if foreign or not (
            plain.startswith("on")
            or plain == "base"
            or _refers(node.tag, plain, value)
            or _ASKING.search(value)
        ):
            continue
        del node.attrib[key]
        yield plain


def _is_active(attribute: str) -> bool:
    """Whether an animation of ``attribute`` could make a link lead to a script, or a handler
    run."""
    return attribute.rpartition(":")[2].strip().lower().startswith(("href", "on"))


def _refers(tag: str, attribute: str, value: str) -> bool:
    """Whether an attribute leads to a script or makes the image ask for another file."""
    if attribute not in ("href", "src"):
        return False
    safe = _SAFE_LINK if tag.rpartition("}")[2] == "a" else _SAFE_TARGET
    return not safe.match(re.sub(r"[\x00-\x20]+", "", value))


def _drop(node: Any) -> None:
    """Take an element out, and keep the text behind it."""
    parent, before = node.getparent(), node.getprevious()
    if node.tail:
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)
