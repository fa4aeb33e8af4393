"""Photo credits: whole lines, ends of captions, and their parts (name, organisation)."""

from __future__ import annotations

import re

from sitegen.model.article import Person
from sitegen.names.shape import is_organisation, looks_like_name

MAX_CREDIT = 220
MAX_CAPTION = 1200  # letters of a line with a caption and its credit
LEAST = 20  # letters of a caption with a credit, but for those of a word or two


def _one_of(patterns: str) -> str:
    """A pattern for one of those in the lines of ``patterns``, the first that fits."""
    return f"(?:{'|'.join(patterns.strip().splitlines())})"


# Agencies, libraries and wire services; words that occur in ordinary prose need company (see
# below).
_HOUSES = "Images|Pictures|Photos|Photo|Press|Wire|Agency|Archive|Agencia|Bildarchiv|Sportfoto"
_AGENCY = _one_of(rf"""
Getty(?: Images)?|AFP|AP Photos?|AP|REUTERS|Reuters|EPA(?:-EFE)?|EFE|ANSA|dpa
picture[- ]alliance|Shutterstock|IMAGO|Imago|imago(?: images)?|Alamy(?: Stock Photo)?
PA(?: (?:Images|Wire|Media|Archive))?|Press Association|Bloomberg(?: News)?
ZUMA(?: Press)?|Zuma(?: Press)?|NurPhoto|Anadolu(?: Agency| Ajansı)?|AA
SIPA(?: Press| USA)?|Sipa(?: USA)?|Xinhua|TASS|Tass|Corbis|iStock(?:photo)?|LaPresse|IPA
Belga|APA(?:[-/]\w+)?|KEYSTONE|Keystone|Ritzau|Scanpix|NTB|TT|Kyodo(?: News)?|Jiji|Yonhap
Rex(?: Features)?|Backgrid|Splash(?: News)?|WireImage|FilmMagic|Redux|Magnum(?: Photos)?
Associated Press|The Associated Press|Canadian Press|The Canadian Press
Agence France-Presse|Europa Press|EUROPA PRESS|ddp|ullstein bild|action press|SVEN SIMON
Unsplash|Pixabay|Pexels|Adobe ?Stock|stock\.adobe\.com|Wikimedia(?: Commons)?|Flickr
Contributed|Handout|HANDOUT|Supplied|Pool|POOL|MAXPPP|Hans Lucas|ABACA(?:PRESS)?
Icon Sport|Instagram|Facebook|Twitter|Screenshot|NASA|Maxar|GCIS|Action Images|Newspix
AAP|PTI|ANI|Fotolia|Depositphotos|bildagentur
[A-Z][\w&.-]{{1,15}} (?:{_HOUSES})
""")
_LABEL = _one_of(r"""
photo(?:s|graph(?:s|y)?|graphie|graphe)?(?: illustration| credits?| by| courtesy)?
foto(?:s|grafie|graf|grafía)?(?: di| de| von)?
image(?:s)?(?: credits?| source| copyright| by)?
picture(?:s)?(?: by| credit)?
credits?|crédits?(?: photo)?|crédito|credito
bild(?:er|quelle|nachweis|rechte|autor)?
illustrations?(?: by)?
(?:foto|bild|photo)-?(?:credits?|nachweis|quelle|hinweis)
pool photograph by
copyright|©|\(c\)
video(?: by)?|grafik|graphic(?: by)?
courtesy(?: of)?|source|quelle
screenshots?|kép|fotó
""")
_GLUE = _one_of(r"""
\s*(?:\.{2,3}|[:|–—-])\s*
\s+by:?\s+
\s+(?:von|di|de|of)\s+
\s*©\s*
\s+(?=[A-Z©])
""")
_LEAD = re.compile(
    rf"\(?\s*(?P<label>{_LABEL})(?P<glue>{_GLUE})(?P<rest>\S.*)",
    re.I,
)
_WITHIN = _one_of(r"""
\.{3}|Photo(?:graph)?(?:s)? by|Photo(?:s|graph)?:|Photo credit:
Image(?:s)? ?(?:credits?)?:|Picture(?:s)?:
Foto(?:s)?:|Fotos? de[ ]|Credit(?:s)?:|Credit\.{3}|Crédit(?:s)? ?(?:photo)? ?:
Bild(?:quelle|rechte|nachweis)?:|Courtesy of|Pictures? by|Pic:
Fot(?:ó|\.)?:|Фото:|Ảnh:|Isithombe:|사진 ?(?:출처 ?)?[=:]|写真[=:：]
Quelle:|Source:|Fuente:|Illustration(?: by|:)
©|\(c\)|Copyright|/ Foto:|\| ?Foto:?
""")
_INLINE = re.compile(rf"(?P<label>{_WITHIN}\s*)")
# The letters in front are those with which agencies begin: most words need no closer look.
_AGENCY_RE = re.compile(rf"(?=[A-Zabdipsu])(?<![\w-]){_AGENCY}(?![\w-])")
_SLASH = re.compile(r"\s?/\s?|\s?\|\s?")
_PAREN = re.compile(r"\((?P<inside>[^()]{2,160})\)\s*$")
_STOP = re.compile(r"[.!?…»”\"]\s*(?=[A-ZÀ-Þ(©@a-z])")
# What wires write behind the caption for editors, in capitals.
_FOR_EDITORS = _one_of("""
THIS IMAGE HAS BEEN|MANDATORY CREDIT|NO RESALES|NO ARCHIVES|NO SALES
EDITORIAL USE ONLY|ATTENTION EDITORS|BEST QUALITY|TPX IMAGES
""")
_WIRE_NOTES = re.compile(rf"\s*(?<![A-Z]){_FOR_EDITORS}(?![a-z])[A-Z\d ,.;:'’/&-]*$")
# `Tideway Agency/Photo: Jane Roe`: what is behind a bar, under a label of its own, is another
# holder.
_PART_LABEL = rf"(?:{_LABEL}|agen(?:ce|tur|cy|zia|cia|tie)|texte?|testo|texto)\s?:\s*"
_BARE_LABEL = r"(?:photos?|fotos?|фото)\s(?=(?-i:[A-ZÀ-ÞА-Я]))"
_BARE = re.compile(rf"^{_BARE_LABEL}", re.I)
_LABELLED_PART = re.compile(
    rf"\s*[/|,;·–—-]\s*(?={_PART_LABEL}\S|{_BARE_LABEL})|(?<=\b[A-Z]{{2}})\s(?={_PART_LABEL}\S)"
    rf"|(?<=\b[A-Z]{{3}})\s(?={_PART_LABEL}\S)",
    re.I,
)
_PART = re.compile(rf"(?P<label>{_PART_LABEL})(?P<rest>\S.*)", re.I)
_FOR = re.compile(
    r"\s+(?:for|für|pour|per|para)\s+(?=(?:The |the |Der |Die |Le |La |El |Il )?[A-Z])"
)
_VIA = re.compile(r"\s*(?:,|/)?\s*\bvia\b\s*", re.I)
_NAME_AND_BRACKETS = re.compile(r"(?P<name>[^()]{3,60})\s*\((?P<org>[^()]{2,80})\)")
_PRESS = _one_of("""
Times|Post|News|Press|Herald|Tribune|Journal|Gazette|Chronicle|Star|Guardian|Telegraph
Mail|Observer|Globe|Sun|Zeitung|Bild|Photo|Images?|Pictures
""")
_PRESS_RE = re.compile(rf"\b{_PRESS}\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Small words that are part of credits and of the names of agencies.
_SMALL_IN_CREDITS = frozenset(
    "for via and by the of courtesy photo photos illustration getty dpa de von van der handout file"
    " pool images imago picture alliance".split()
)
# Labels that also begin sentences and other notes: what follows must look like a credit.
_DOUBTFUL_LABELS = ("source", "quelle", "video", "copyright", "©", "(c)")
_LABELS_BEFORE_NAMES = (" by", " di", " de", " von", " of", "credit", "credits")
_SENTENCE_ENDS = (".", "?", "!")
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
        and len(line) < MAX_CAPTION
        and _AGENCY_RE.search(match["inside"])
        and _named_slash(match["inside"])
    )


def whole_credit(line: str) -> str:
    """The credit that ``line`` is as a whole, or an empty string where it is something else."""
    text = line.strip()
    if not text or len(text) > MAX_CREDIT or len(text.split()) > 22:
        return ""
    if _has_labelled_parts(text):
        return text
    labelled = _LEAD.fullmatch(text)
    if labelled:
        return _behind_label(labelled)
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        return _in_brackets(text[1:-1].strip())
    return text if _credit_shape(text, strict=True) else ""


def _has_labelled_parts(text: str) -> bool:
    """Whether a line has several parts, and a label before each."""
    parts = [_PART.fullmatch(part) for part in _LABELLED_PART.split(text)]
    return len(parts) > 1 and all(part and _is_short(part["rest"], 6) for part in parts)


def _is_short(text: str, words: int) -> bool:
    """Whether a text has at most so many words, and does not end as a sentence does."""
    return len(text.split()) <= words and not text.endswith(_SENTENCE_ENDS)


def _behind_label(match: re.Match[str]) -> str:
    """The credit of a line that begins with a label, or an empty string."""
    rest = match["rest"].strip(" )")
    label = match["label"].lower()
    is_word = not match["glue"].strip() and not label.endswith(_LABELS_BEFORE_NAMES)
    if label in _DOUBTFUL_LABELS or is_word:
        # "Image shows …" and "Copyright © 2023 …" are no credits.
        strict = label not in ("©", "copyright") or len(rest.split()) > 6
        return rest if _credit_shape(rest, strict) and not _YEAR.search(rest) else ""
    return rest if _is_short(rest, 18) or _credit_shape(rest, strict=True) else ""


def _in_brackets(text: str) -> str:
    """The credit that a line in brackets is, or an empty string."""
    is_press = len(text.split()) <= 5 and text[:1].isupper() and _PRESS_RE.search(text)
    return _strip_label(text) if is_press or _is_holder(text) else ""


def _is_holder(text: str) -> bool:
    """Whether a text in brackets is a credit."""
    return _named_slash(text) or _credit_shape(text, strict=True)


def caption_and_credit(line: str) -> tuple[str, str]:
    """(caption, credit) of a line that ends in a credit; both empty where it does not."""
    text = _WIRE_NOTES.sub("", line.strip())
    if len(text) > MAX_CAPTION:
        return "", ""
    if len(text) < LEAST:
        return _short_caption(text)
    bracket = _PAREN.search(text, max(0, len(text) - MAX_CREDIT))
    if bracket and _is_holder(bracket["inside"]):
        return text[: bracket.start()].strip(), _strip_label(bracket["inside"].strip())
    return _labelled_tail(text) or _bare_tail(text) or ("", "")


def credit_of_caption(caption: str) -> tuple[str, str]:
    """(caption, credit) of what is known to be a caption, however long: its end is looked at."""
    start = max(0, len(caption) - MAX_CAPTION)
    before, credit = caption_and_credit(caption[start:])
    return (caption[:start] + before, credit) if credit else (caption, "")


def _labelled_tail(text: str) -> tuple[str, str] | None:
    """(caption, credit) of a line whose last label is that of its credit."""
    start = max(0, len(text) - MAX_CREDIT)
    labels = list(_INLINE.finditer(text[start:]))
    if not labels:
        return None
    before = text[: start + labels[-1].start()].strip(" (|/-–")
    rest = text[start + labels[-1].end() :].strip(" |[]")
    if rest.count("(") != rest.count(")"):
        rest = rest.strip("() ")
    return (before, rest) if before and _may_follow_label(rest) else None


def _may_follow_label(rest: str) -> bool:
    """Whether a text at the end of a caption, behind a label, is a credit and no sentence."""
    words = rest.split()
    if not words or len(words) > 14:
        return False
    is_initials = len(words) == 1 and len(rest) < 9
    if rest.endswith((*_SENTENCE_ENDS, "”", '"')) and not is_initials:
        return False
    return rest[0].isupper() or bool(_AGENCY_RE.match(rest))


def _short_caption(text: str) -> tuple[str, str]:
    """The same for a caption of a word or two, which ends as a sentence does."""
    found = next(_INLINE.finditer(text), None)
    before = text[: found.start()].strip() if found else ""
    rest = text[found.end() :].strip() if found else ""
    is_pair = before.endswith(_SENTENCE_ENDS) and rest[:1].isupper() and not rest.endswith(".")
    return (before, rest) if is_pair else ("", "")


def _bare_tail(text: str) -> tuple[str, str] | None:
    """A credit without a label at the end: `… in Matignon, 12 July. JANE ROE / AFP`."""
    if text.endswith((*_SENTENCE_ENDS, ":", ",", ";")):
        return None
    agency = next(reversed(list(_AGENCY_RE.finditer(text, max(0, len(text) - 100)))), None)
    if agency is None or len(text) - agency.end() > 30:
        return None
    return (
        _behind_bar(text, agency) or _behind_sentence(text, agency) or _behind_words(text, agency)
    )


def _behind_bar(text: str, agency: re.Match[str]) -> tuple[str, str] | None:
    """(caption, credit) of `Caption | Jane Roe | AFP`."""
    first = text.find(" | ")
    last = text.rfind(" | ", 0, agency.start())
    if last <= 0 or len(text) - first > 90:
        return None
    return text[:first].strip(), text[first + 3 :].strip()


def _behind_sentence(text: str, agency: re.Match[str]) -> tuple[str, str] | None:
    """(caption, credit) where a sentence ends before the credit."""
    stops = [stop.end() for stop in _STOP.finditer(text, 0, agency.end())]
    starts = [stop for stop in stops if stop <= agency.start()]
    if not starts or len(text) - starts[-1] > 110:
        return None
    credit = text[starts[-1] :]
    is_credit = _credit_shape(credit, strict=True)
    return (text[: starts[-1]].strip(), credit.strip()) if is_credit else None


def _behind_words(text: str, agency: re.Match[str]) -> tuple[str, str] | None:
    """(caption, credit) where no sentence ends before it: the credit begins with the capitalised
    words in front of the slash."""
    slash = text.rfind("/", max(0, agency.start() - 40), agency.end() + 2)
    words = text[:slash].split() if slash >= 0 else []
    count = _count_names(words)
    caption = " ".join(words[: len(words) - count])
    if not count or len(caption.split()) < 3:
        return None
    return caption, text[len(caption) :].strip()


def _count_names(words: list[str]) -> int:
    """How many of the last four words are a name: capitalised, and short ones between."""
    count = 0
    for word in reversed(words[-4:]):
        is_capitalised = word[:1].isupper() and not word.endswith((".", ","))
        if not (is_capitalised or (count and len(word) <= 2)):
            break
        count += 1
    return count


def _credit_shape(text: str, strict: bool) -> bool:
    """Whether ``text`` can be nothing but a credit: an agency, names parted by slashes, ``X for
    Y``."""
    text = text.strip()
    words = text.split()
    if not words or len(words) > 20 or text.endswith(("?", "!", ":", ";", "”")):
        return False
    if _is_sentence(words):
        return False
    agency = _AGENCY_RE.search(text)
    if agency:
        is_alone = len(words) == 1 or agency.group() == text.strip("() ")
        return is_alone or _beside_agency(text, words)
    if not strict and _may_be_holder(text, words):
        return True
    return _parted_names(text, words) or _for_house(text)


def _is_sentence(words: list[str]) -> bool:
    """In a credit nearly every word is a name; three small words in a row make it a sentence."""
    small = sum(word[:1].islower() and word.lower() not in _SMALL_IN_CREDITS for word in words)
    return small > 1 + len(words) // 6


def _beside_agency(text: str, words: list[str]) -> bool:
    """Whether a text that names an agency is a credit: a few words, or more with marks of one."""
    has_mark = bool(_SLASH.search(text)) or "via" in words or "," in text
    return len(words) <= 14 and (has_mark or len(words) <= 6) and not text.endswith(".")


def _may_be_holder(text: str, words: list[str]) -> bool:
    """Whether a text behind a label is a holder: a slash, a name, an organisation."""
    is_parted = len(words) <= 10 and bool(_SLASH.search(text))
    return is_parted or looks_like_name(text) or is_organisation(text)


def _parted_names(text: str, words: list[str]) -> bool:
    """`Jane Roe / Harbour Archive`: capitalised parts, the first of them a name."""
    parts = [part.strip() for part in _SLASH.split(text) if part.strip()]
    if len(parts) < 2 or len(words) > 10 or " / " not in f"{text} ":
        return False
    return looks_like_name(parts[0]) and all(part[:1].isupper() for part in parts)


def _for_house(text: str) -> bool:
    """`Jane Roe for The Daily Keel`."""
    name, *house = _FOR.split(text, 1)
    return bool(house) and looks_like_name(name) and len(house[0].split()) <= 5


def _named_slash(text: str) -> bool:
    """``Jane Roe/Daily Post``: capitalised words on both sides of one slash."""
    parts = [p.strip() for p in text.split("/")]
    return (
        2 <= len(parts) <= 3
        and looks_like_name(parts[0])
        and all(p[:1].isupper() and len(p.split()) <= 5 for p in parts)
    )


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
    return credit_people(match["rest"] if match else _BARE.sub("", part), role)


def credit_people(credit: str, role: str = "photo") -> tuple[Person, ...]:
    """The holders named in a credit: ``Jane Roe/EPA, via Archive`` is Jane Roe of `EPA, via
    Archive`."""
    text = " ".join(credit.split()).strip(" .,;:|/()[]-–—©")
    first, *others = _LABELLED_PART.split(text[: 2 * MAX_CREDIT])
    if others and first:
        named = [_of_part(first, role), *(_of_part(part, credit_role(part)) for part in others[:4])]
        return tuple(dict.fromkeys(person for people in named for person in people))
    text = _without_lead(text)
    if not text or len(text) > MAX_CREDIT:
        return ()
    for read in _READERS:
        found = read(text)
        if found:
            return (Person(found[0], role, "", found[1]),)
    return (Person(text, role),)


_LEADS = ("Pool photograph by ", "Photograph by ", "Photo by ", "Photos by ", "by ", "By ")


def _without_lead(text: str) -> str:
    """A credit without its label, and with as many brackets opened as closed."""
    text = _strip_label(text)
    for lead in _LEADS:
        text = text.removeprefix(lead)
    text += ")" * (text.count("(") - text.count(")"))
    if text.count(")") > text.count("("):
        return text[: text.index(")")].strip(" .,")
    return text


def _read_for(text: str) -> tuple[str, str] | None:
    """`Jane Roe for The Daily Keel`: (name, organisation)."""
    name, *house = _FOR.split(text, 1)
    if not house or len(name.split()) > 5:
        return None
    return name.strip(), house[0].strip(" .")


def _read_bar(text: str) -> tuple[str, str] | None:
    """`Keel/AFP | Jane Roe`."""
    house, _, name = text.partition(" | ")
    if not name or " | " in name or "/" in name:
        return None
    is_house = "/" in house or _AGENCY_RE.search(house)
    return (name.strip(" ,"), house.strip(" ,")) if is_house else None


def _read_slash(text: str) -> tuple[str, str] | None:
    """`Jane Roe/AFP` or `AFP/Jane Roe`; two agencies are one name."""
    parts = re.split(r"\s?[/|]\s?", text, maxsplit=1)
    if len(parts) < 2 or not parts[0].strip() or not parts[1].strip():
        return None
    first, second = parts[0].strip(" ,"), parts[1].strip(" ,").removeprefix("via ")
    if not _AGENCY_RE.fullmatch(first):
        return first, second
    return (second, first) if looks_like_name(second) else (text, "")


def _read_via(text: str) -> tuple[str, str] | None:
    """`Jane Roe via Reuters`."""
    name, *house = _VIA.split(text, maxsplit=1)
    if not house or not name.strip() or not house[0].strip():
        return None
    return name.strip(" ,"), house[0].strip(" ,")


def _read_brackets(text: str) -> tuple[str, str] | None:
    """`Jane Roe (Reuters)`."""
    match = _NAME_AND_BRACKETS.fullmatch(text)
    return (match["name"].strip(), match["org"].strip()) if match else None


def _read_comma(text: str) -> tuple[str, str] | None:
    """`Jane Roe, Reuters`."""
    name, _, house = text.partition(", ")
    return (name, house) if looks_like_name(name) and _AGENCY_RE.match(house) else None


_READERS = (_read_for, _read_bar, _read_slash, _read_via, _read_brackets, _read_comma)
