"""Images as HTML: every size, with its place kept free, the first one early and the
others late; credits by role.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape, unescape

from msgspec.structs import replace

from sitegen.model.article import Image, Person

BODY_SIZES = "(min-width: 46rem) 44rem, 94vw"
_IMG = re.compile(
    r'<img((?: [a-z-]+(?:="[^"]*")?)*) ?/?>((?:</a>)?<figcaption>(?:(?!</figcaption>).)*)?',
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_CREDITED = re.compile(r"\s*(?:[/|;·•]|\s[–—-]\s)\s*")  # between a photographer and an agency
_WORDS = re.compile(r"\w+")
_OURS = {"src", "width", "height", "loading", "decoding", "srcset", "sizes"}

ROLES = {
    "photo": "Photo",
    "illustration": "Illustration",
    "graphic": "Graphic",
    "video": "Video",
    "translation": "Translation",
}

Url = Callable[[str], str]


def by_role(people: Iterable[Person], say: Callable[[str], str]) -> list[tuple[str, list[Person]]]:
    """Credits as readers see them: each role once, in the order in which they come first, in
    the site's language.

    Roles that are not ours are shown as they are written, with a capital; a catalogue of the site
    may translate them.
    """
    out: dict[str, list[Person]] = {}
    for person in people:
        role = ROLES.get(person.role.lower(), person.role[:1].upper() + person.role[1:])
        out.setdefault(say(role) if role else "", []).append(person)
    return list(out.items())


def credit_lines(people: Iterable[Person], say: Callable[[str], str]) -> list[str]:
    """The same as plain text, a line a role: ``Photo: Ruta Lind / Salm Pictures; Bo Berg``."""
    out = []
    for role, group in by_role(people, say):
        names = "; ".join(map(_with_org, group))
        out.append(f"{role}: {names}" if role else names)
    return out


def _with_org(person: Person) -> str:
    has_org = person.org and person.org != person.name
    return f"{person.name} / {person.org}" if has_org else person.name


def image_credit(image: Image) -> tuple[str, str]:
    """Who made ``image`` and for whom, and its copyright: each name once, and none that the caption
    gives.

    ``creator: Ruta Lind`` with ``credit: Ruta Lind/Salm Pictures`` is one photographer.
    """
    parts = (image.creator, *_CREDITED.split(image.credit))
    makers = [part for part in parts if part and not _names(image.caption, part)]
    right = _right(image.copyright)
    shown: list[str] = []
    for maker in makers:
        longer = [other for other in makers if len(other) > len(maker)]
        given = [right, *shown, *longer]
        if maker not in shown and not any(_names(other, maker) for other in given):
            shown.append(maker)
    return " / ".join(shown), right


# What credits call the work of who made an image, whatever the case
IMAGE_ROLES = frozenset(
    "bild bilder foto fotografie fotos fotografía fotografia graphic graphics grafik illustration"
    " illustrations illustrationen image images photo photographer photography photographie photos"
    " picture pictures ilustración ilustração 写真 イラスト صورة تصوير".split()
)


def unnamed_credits(people: Sequence[Person], image: Image | None) -> tuple[Person, ...]:
    """The credits of an article without those that are below its lead image."""
    if image is None:
        return tuple(people)
    below = " ".join((*image_credit(image), image.caption))
    return tuple(p for p in people if not _is_below(p, below))


def _is_below(person: Person, text: str) -> bool:
    is_of_image = person.role.casefold() in IMAGE_ROLES
    return (
        is_of_image and _names(text, person.name) and (not person.org or _names(text, person.org))
    )


def _right(notice: str) -> str:
    """A copyright notice with its sign."""
    return f"© {notice}" if notice and "©" not in notice else notice


def _names(text: str, name: str) -> bool:
    """Whether ``text`` has all words of ``name`` one after the other, whatever the case."""
    words = _WORDS.findall(name.casefold())
    return (
        bool(words) and f" {' '.join(words)} " in f" {' '.join(_WORDS.findall(text.casefold()))} "
    )


def picture_html(image: Image, attributes: str, url: Url, sizes: str, first: bool = False) -> str:
    """``image`` as an element.

    ``attributes`` are those that do not follow from it, each with a blank before it, escaped.
    ``sizes`` says how wide it will be shown; ``first`` is set for the one that the reader sees
    first.
    """
    parts = [f' src="{escape(url(image.src))}"', attributes]
    if image.widths:
        parts.append(f' srcset="{_srcset(image.widths, url)}" sizes="{escape(sizes)}"')
    if image.width and image.height:
        parts.append(f' width="{image.width}" height="{image.height}"')
    parts.append(' fetchpriority="high"' if first else ' loading="lazy"')
    img = f'<img{"".join(parts)} decoding="async">'
    if not image.sets:
        return img
    sources = [
        f'<source type="{s.type}" srcset="{_srcset(s.files, url)}" sizes="{escape(sizes)}">'
        for s in image.sets
    ]
    return f"<picture>{''.join(sources)}{img}</picture>"


def _srcset(files: tuple[tuple[str, int], ...], url: Url) -> str:
    return ", ".join(f"{escape(url(file))} {width}w" for file, width in files)


def _credited(caption: str, image: Image) -> str:
    """The start of a figure's ``caption`` with the credit of its image, where it has none."""
    if not caption or 'class="credit"' in caption:
        return caption
    words = unescape(caption.partition("<figcaption>")[2])
    said = " · ".join(filter(None, image_credit(replace(image, caption=words))))
    return f'{caption} <span class="credit">{escape(said, quote=False)}</span>' if said else caption


def with_sizes(html: str, pictures: Mapping[str, Image], url: Url) -> str:
    """``html`` of a body with each of ``pictures``, known by the URL that is written there, in all
    its sizes; a figure whose caption gives no credit gets that of the image."""

    def shown(match: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        image = pictures.get(unescape(attributes.get("src", "")))
        if image is None:
            return match[0]
        kept = "".join(
            f' {name}="{value}"' for name, value in attributes.items() if name not in _OURS
        )
        kept += "" if "alt" in attributes else ' alt=""'
        return picture_html(image, kept, url, BODY_SIZES) + _credited(match[2] or "", image)

    return _IMG.sub(shown, html)
