"""Photo credits: whole lines, ends of captions, and their parts (name, organisation)."""

from __future__ import annotations

import re

from sitegen.model.article import Person
from sitegen.names.shape import is_organisation, looks_like_name

MAX_CREDIT = 220
# Agencies, libraries and wire services; words that occur in ordinary prose need company (see
# below).
_AGENCY = (
    r"(?:Getty(?: Images)?|AFP|AP Photos?|AP|REUTERS|Reuters|EPA(?:-EFE)?|EFE|ANSA|dpa|picture[-"
    r" ]alliance|Shutterstock|IMAGO|Imago"
    r"|imago(?: images)?|Alamy(?: Stock Photo)?|PA(?: (?:Images|Wire|Media|Archive))?|Press"
    r" Association"
    r"|Bloomberg(?: News)?|ZUMA(?: Press)?|Zuma(?: Press)?|NurPhoto|Anadolu(?: Agency|"
    r" Ajansı)?|AA|SIPA(?: Press| USA)?"
    r"|Sipa(?:"
    r" USA)?|Xinhua|TASS|Tass|Corbis|iStock(?:photo)?|LaPresse|IPA|Belga|APA(?:[-/]\w+)?"
    r"|KEYSTONE|Keystone|Ritzau|Scanpix"
    r"|NTB|TT|Kyodo(?: News)?|Jiji|Yonhap|Rex(?: Features)?|Backgrid|Splash(?:"
    r" News)?|WireImage|FilmMagic|Redux|Magnum(?: Photos)?"
    r"|Associated Press|The Associated Press|Canadian Press|The Canadian Press|Agence"
    r" France-Presse|Europa Press|EUROPA PRESS|ddp"
    r"|ullstein bild|action press|SVEN SIMON|Unsplash|Pixabay|Pexels|Adobe"
    r" ?Stock|stock\.adobe\.com|Wikimedia(?: Commons)?|Flickr"
    r"|Contributed|Handout|HANDOUT|Supplied|Pool|POOL|MAXPPP|Hans Lucas|ABACA(?:PRESS)?|Icon"
    r" Sport|Instagram|Facebook|Twitter"
    r"|Screenshot|NASA|Maxar|GCIS|Action"
    r" Images|Newspix|AAP|PTI|ANI|Fotolia|Depositphotos|bildagentur|[A-Z][\w&.-]{1,15} (?:Images"
    r"|Pictures|Photos|Photo|Press|Wire|Agency|Archive|Agencia|Bildarchiv|Sportfoto))"
)
_LABEL = (
    r"(?:photo(?:s|graph(?:s|y)?|graphie|graphe)?(?: illustration| credits?| by|"
    r" courtesy)?|foto(?:s|grafie|graf|grafía)?(?: di| de"
    r"| von)?|image(?:s)?(?: credits?| source| copyright| by)?|picture(?:s)?(?: by|"
    r" credit)?|credits?|crédits?(?: photo)?|crédito"
    r"|credito|bild(?:er|quelle|nachweis|rechte|autor)?|illustrations?(?: by)?|"
    r"(?:foto|bild|photo)-?(?:credits?|nachweis|quelle|hinweis)"
    r"|pool photograph by|copyright|©|\(c\)|video(?: by)?|grafik|graphic(?: by)?|courtesy(?:"
    r" of)?|source|quelle|screenshots?|kép|fotó)"
)
_LEAD = re.compile(
    rf"\(?\s*(?P<label>{_LABEL})(?P<glue>\s*(?:\.{{2,3}}|[:|–—-])\s*|\s+by:?\s+|\s+(?:von|di|de|of)\s+|\s*©\s*"
    rf"|\s+(?=[A-Z©]))(?P<rest>\S.*)",
    re.I,
)
_INLINE = re.compile(
    r"(?P<label>(?:\.{3}|Photo(?:graph)?(?:s)? by|Photo(?:s|graph)?:|Photo credit:|Image(?:s)?"
    r" ?(?:credits?)?:|Picture(?:s)?:"
    r"|Foto(?:s)?:|Fotos? de |Credit(?:s)?:|Credit\.{3}|Crédit(?:s)? ?(?:photo)?"
    r" ?:|Bild(?:quelle|rechte|nachweis)?:|Courtesy of"
    r"|Pictures? by|Pic:|Fot(?:ó|\.)?:|Фото:|Ảnh:"
    r"|Isithombe:|사진 ?(?:출처 ?)?[=:]|写真[=:：]|Quelle:|Source:|Fuente:|Illustration(?:"
    r" by|:)|©|\(c\)|Copyright|/ Foto:|\| ?Foto:?)\s*)"
)
# The letters in front are those with which agencies begin: most words need no closer look.
_AGENCY_RE = re.compile(rf"(?=[A-Zabdipsu])(?<![\w-]){_AGENCY}(?![\w-])")
_SLASH = re.compile(r"\s?/\s?|\s?\|\s?")
_PAREN = re.compile(r"\((?P<inside>[^()]{2,160})\)\s*$")
_CREDIT_WORD = re.compile(r"[\w.’'&@,-]+|[/|©+]", re.UNICODE)
_STOP = re.compile(r"[.!?…»”\"]\s*(?=[A-ZÀ-Þ(©@a-z])")
# What wires write behind the caption for editors, in capitals.
_WIRE_NOTES = re.compile(
    r"\s*(?<![A-Z])(?:THIS IMAGE HAS BEEN|MANDATORY CREDIT|NO RESALES|NO ARCHIVES|NO"
    r" SALES|EDITORIAL USE ONLY|ATTENTION EDITORS"
    r"|BEST QUALITY|TPX IMAGES)(?![a-z])[A-Z\d ,.;:'’/&-]*$"
)
# `Tideway Agency/Photo: Jane Roe`: what is behind a bar, under a label of its own, is another
# holder.
_PART_LABEL = rf"(?:{_LABEL}|agen(?:ce|tur|cy|zia|cia|tie)|texte?|testo|texto)\s?:\s*"
_LABELLED_PART = re.compile(rf"\s*[/|,;·–—-]\s*(?={_PART_LABEL}\S)", re.I)
_PART = re.compile(rf"(?P<label>{_PART_LABEL})(?P<rest>\S.*)", re.I)
_FOR = re.compile(
    r"\s+(?:for|für|pour|per|para)\s+(?=(?:The |the |Der |Die |Le |La |El |Il )?[A-Z])"
)
_VIA = re.compile(r"\s*(?:,|/)?\s*\bvia\b\s*", re.I)
# Small words that are part of credits and of the names of agencies.
_SMALL_IN_CREDITS = frozenset(
    "for via and by the of courtesy photo photos illustration getty dpa de von van der handout file"
    " pool images imago picture alliance".split()
)
_ROLES = {
    "illustration": "illustration",
    "illustrations": "illustration",
    "grafik": "graphic",
    "graphic": "graphic",
    "video": "video",
}


def surely_caption(line: str) -> bool:
    """Whether a line of any length is a caption: it ends in the notes of a wire, or in a holder and
    an agency in brackets."""
    if _WIRE_NOTES.search(line):
        return True
    match = _PAREN.search(line[-MAX_CREDIT:])
    return bool(
        match
        and len(line) < 1200
        and _AGENCY_RE.search(match["inside"])
        and _named_slash(match["inside"])
    )


def whole_credit(line: str) -> str:
    """The credit that ``line`` is as a whole, or an empty string where it is something else."""
    text = line.strip()
    if not text or len(text) > MAX_CREDIT or len(text.split()) > 22:
        return ""
    parts = [_PART.fullmatch(part) for part in _LABELLED_PART.split(text)]
    if len(parts) > 1 and all(
        m and len(m["rest"].split()) <= 6 and not m["rest"].endswith((".", "?", "!")) for m in parts
    ):
        return text
    match = _LEAD.fullmatch(text)
    if match:
        rest = match["rest"].strip(" )")
        label = match["label"].lower()
        plain_glue = not match["glue"].strip() and not label.endswith(
            (" by", " di", " de", " von", " of", "credit", "credits")
        )
        if label in ("source", "quelle", "video", "copyright", "©", "(c)") or plain_glue:
            # "Image shows …" and "Copyright © 2023 …" are no credits: what follows must look like
            # one.
            return (
                rest
                if _credit_shape(
                    rest, strict=label not in ("©", "copyright") or len(rest.split()) > 6
                )
                and not _year(rest)
                else ""
            )
        return (
            rest
            if (len(rest.split()) <= 18 and not rest.endswith((".", "?", "!")))
            or _credit_shape(rest, True)
            else ""
        )
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        inside = text[1:-1].strip()
        named = len(inside.split()) <= 5 and inside[:1].isupper() and _press(inside)
        return (
            _strip_label(inside)
            if named or _named_slash(inside) or _credit_shape(inside, strict=True)
            else ""
        )
    return text if _credit_shape(text, strict=True) else ""


LEAST = 20  # letters of a caption with a credit, but for those of a word or two


def caption_and_credit(line: str) -> tuple[str, str]:
    """(caption, credit) of a line that ends in a credit; both empty where it does not."""
    text = _WIRE_NOTES.sub("", line.strip())
    if len(text) > 1200:
        return "", ""
    if len(text) < LEAST:
        return _short_caption(text)
    tail = text[-MAX_CREDIT:]
    offset = len(text) - len(tail)
    match = _PAREN.search(tail)
    if match and (_credit_shape(match["inside"], strict=True) or _named_slash(match["inside"])):
        return text[: offset + match.start()].strip(), _strip_label(match["inside"].strip())
    for found in reversed(list(_INLINE.finditer(tail))):
        rest = tail[found.end() :].strip(" |[]")
        rest = rest.strip("() ") if rest.count("(") != rest.count(")") else rest
        before = text[: offset + found.start()].strip(" (|/-–")
        if (
            rest
            and before
            and len(rest.split()) <= 14
            and (
                not rest.endswith((".", "?", "!", "”", '"'))
                or (len(rest.split()) == 1 and len(rest) < 9)
            )
            and (rest[0].isupper() or _AGENCY_RE.match(rest))
        ):
            return before, rest
        break
    return _bare_tail(text)


def _short_caption(text: str) -> tuple[str, str]:
    """The same for a caption of a word or two, which ends as a sentence does."""
    found = next(_INLINE.finditer(text), None)
    before = text[: found.start()].strip() if found else ""
    rest = text[found.end() :].strip() if found else ""
    is_pair = before.endswith((".", "!", "?")) and rest[:1].isupper() and not rest.endswith(".")
    return (before, rest) if is_pair else ("", "")


def _bare_tail(text: str) -> tuple[str, str]:
    """A credit without a label at the end: ``… in Matignon, 12 July.

    JANE ROE / AFP``.
    """
    agency = next(reversed(list(_AGENCY_RE.finditer(text, max(0, len(text) - 100)))), None)
    if (
        agency is None
        or len(text) - agency.end() > 30
        or text.endswith((".", "?", "!", ":", ",", ";"))
    ):
        return "", ""
    stops = [m.end() for m in _STOP.finditer(text, 0, agency.end())]
    bar = text.rfind(" | ", 0, agency.start())
    starts = [s for s in stops if s <= agency.start()]
    if bar > 0:
        first = text.find(" | ")
        if len(text) - first <= 90:
            return text[:first].strip(), text[first + 3 :].strip()
    if starts and len(text) - starts[-1] <= 110 and _credit_shape(text[starts[-1] :], strict=True):
        return text[: starts[-1]].strip(), text[starts[-1] :].strip()
    # No sentence ends before it: take the capitalised words in front of the slash or the agency.
    slash = text.rfind("/", max(0, agency.start() - 40), agency.end() + 2)
    if slash < 0:
        return "", ""
    words = text[:slash].split()
    keep = 0
    while (
        keep < min(4, len(words))
        and (words[-1 - keep][:1].isupper())
        and not words[-1 - keep].endswith((".", ","))
    ) or (keep and keep < 4 and len(words[-1 - keep]) <= 2):
        keep += 1
        if keep >= len(words):
            break
    if not keep:
        return "", ""
    caption = " ".join(words[:-keep])
    return (caption, text[len(caption) :].strip()) if len(caption.split()) >= 3 else ("", "")


def _credit_shape(text: str, strict: bool) -> bool:
    """Whether ``text`` can be nothing but a credit: an agency, names parted by slashes, ``X for
    Y``."""
    text = text.strip()
    words = text.split()
    if not words or len(words) > 20 or text.endswith(("?", "!", ":", ";", "”")):
        return False
    agency = _AGENCY_RE.search(text)
    # In a credit nearly every word is a name; three small words in a row make it a sentence.
    small = sum(word[:1].islower() and word.lower() not in _SMALL_IN_CREDITS for word in words)
    if small > 1 + len(words) // 6:
        return False
    if agency:
        if len(words) == 1 or agency.group() == text.strip("() "):
            return True
        return (
            len(words) <= 14
            and (bool(_SLASH.search(text)) or "via" in words or "," in text or len(words) <= 6)
            and not text.endswith(".")
        )
    if _SLASH.search(text) and len(words) <= 10 and not strict:
        return True
    parts = [p for p in _SLASH.split(text) if p.strip()]
    if (
        len(parts) >= 2
        and len(words) <= 10
        and looks_like_name(parts[0].strip())
        and " / " in f"{text} "
        and all(p.strip()[:1].isupper() for p in parts)
    ):
        return True
    pieces = _FOR.split(text, 1)
    return (len(pieces) == 2 and looks_like_name(pieces[0]) and len(pieces[1].split()) <= 5) or (
        not strict and (looks_like_name(text) or is_organisation(text))
    )


def _named_slash(text: str) -> bool:
    """``Jane Roe/Daily Post``: capitalised words on both sides of one slash."""
    parts = [p.strip() for p in text.split("/")]
    return (
        2 <= len(parts) <= 3
        and looks_like_name(parts[0])
        and all(p[:1].isupper() and len(p.split()) <= 5 for p in parts)
    )


def _press(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:Times|Post|News|Press|Herald|Tribune|Journal|Gazette|Chronicle|Star|Guardian|Telegraph|Mail|Observer|Globe|Sun"
            r"|Zeitung|Bild|Photo|Images?|Pictures)\b",
            text,
        )
    )


def _year(text: str) -> bool:
    return bool(re.search(r"\b(?:19|20)\d\d\b", text))


def _strip_label(text: str) -> str:
    match = _LEAD.fullmatch(text)
    return match["rest"].strip() if match and match["glue"].strip() else text


def is_agency(credit: str) -> bool:
    """Whether a credit is the name of an agency and no more, as agencies also sign texts."""
    return bool(_AGENCY_RE.fullmatch(credit.strip(" ().")))


def credit_role(line: str) -> str:
    """``photo``, ``illustration``, ``graphic`` or ``video``: what a credit line's label says."""
    head = line.strip("( ").lower()[:20]
    return next((role for word, role in _ROLES.items() if head.startswith(word)), "photo")


def _of_part(part: str, role: str) -> tuple[Person, ...]:
    """The holders in one part of a credit; who wrote the text is none."""
    match = _PART.fullmatch(part)
    if match and match["label"].lower().startswith("te"):
        return ()
    return credit_people(match["rest"] if match else part, role)


def credit_people(credit: str, role: str = "photo") -> tuple[Person, ...]:
    """The holders named in a credit: ``Jane Roe/EPA, via Archive`` is Jane Roe of `EPA, via
    Archive`."""
    text = " ".join(credit.split()).strip(" .,;:|/()[]-–—©")
    first, *others = _LABELLED_PART.split(text[: 2 * MAX_CREDIT])
    if others and first:
        named = [_of_part(first, role), *(_of_part(part, credit_role(part)) for part in others[:4])]
        return tuple(dict.fromkeys(person for people in named for person in people))
    text = _strip_label(text)
    for lead in ("Pool photograph by ", "Photograph by ", "Photo by ", "Photos by ", "by ", "By "):
        text = text.removeprefix(lead)
    text += ")" * (text.count("(") - text.count(")"))
    text = text[: text.index(")")].strip(" .,") if text.count(")") > text.count("(") else text
    if not text or len(text) > MAX_CREDIT:
        return ()
    pieces = _FOR.split(text, 1)
    if len(pieces) == 2 and len(pieces[0].split()) <= 5:
        return (Person(pieces[0].strip(), role, "", pieces[1].strip(" .")),)
    house, bar, name = text.partition(" | ")
    if bar and ("/" in house or _AGENCY_RE.search(house)) and " | " not in name and "/" not in name:
        return (Person(name.strip(" ,"), role, "", house.strip(" ,")),)
    parts = re.split(r"\s?[/|]\s?", text, maxsplit=1)
    if len(parts) == 2 and parts[0].strip() and parts[1].strip():
        name, org = parts[0].strip(" ,"), parts[1].strip(" ,").removeprefix("via ")
        if _AGENCY_RE.fullmatch(name) and looks_like_name(org):
            name, org = org, name
        elif _AGENCY_RE.fullmatch(name):
            return (Person(text, role),)
        return (Person(name, role, "", org),)
    via = _VIA.split(text, maxsplit=1)
    if len(via) == 2 and via[0].strip() and via[1].strip():
        return (Person(via[0].strip(" ,"), role, "", via[1].strip(" ,")),)
    match = re.fullmatch(r"(?P<name>[^()]{3,60})\s*\((?P<org>[^()]{2,80})\)", text)
    if match:
        return (Person(match["name"].strip(), role, "", match["org"].strip()),)
    head, comma, rest = text.partition(", ")
    if comma and looks_like_name(head) and _AGENCY_RE.match(rest):
        return (Person(head, role, "", rest),)
    return (Person(text, role),)
