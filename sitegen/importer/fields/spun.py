"""Does a machine's synonym spinner speak here? English only; precision before recall.

Spinners put a synonym for every word, and they do not know that `as`, `at`, `he`, `or` or `in` may
be read as symbols: WordNet and its like offer arsenic, astatine, helium, Oregon, Indiana. Such
words in the place of a function word cannot be written by a person. A text is called spun only when
marks of several kinds are close enough together, so that an article on chemistry, on a state, or
in a dialect that says `betwixt` is left alone.
"""

from __future__ import annotations

import re

MAX_CHARS = 60_000
MIN_WORDS = 60

_VERB = (
    r"(?:said|says|told|had|has|was|is|would|could|will|volition|did|does|added|declined|besides|also|then"
    r"|knows|knew|sees|saw|wanted|wants|made|makes|went|came|took|got|never|whitethorn|might|believes|thinks"
    r"|thought)"
)
_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\b"
)
_FUNCTION = (
    r"(?:the|a|an|of|to|and|his|her|its|their|that|this|these|those|it|he|she|they|we|helium|for|from|by|not"
    r"|arsenic|astatine|much|many|long|well|soon|if)"
)

# (kind, weight, pattern). Weight 3: no person writes this. 1: rare in print, common in spun text.
_MARKS: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (kind, weight, re.compile(pattern))
    for kind, weight, pattern in (
        ("arsenic for as", 3, rf"\barsenic (?:{_FUNCTION}|[a-z]+(?:ly|ed|ing)|{_DAY})\b"),
        (
            "arsenic for as",
            1,
            (
                r"\b[a-z]{3,} arsenic"
                r" (?!poison|contamin|level|compound|trioxide|exposure|and\b|in\b|is\b|was\b|or\b"
                r"|from\b)[a-z]{3,}"
            ),
        ),
        (
            "astatine for at",
            3,
            rf"\bastatine (?:{_FUNCTION}|least|all|once|first|last|home|work|night|\d|[A-Z][a-z]+)",
        ),
        ("astatine for at", 2, r"\b[a-z]{3,}(?:ed|ing|s)? astatine [a-z]"),
        (
            "helium for he",
            3,
            (
                rf"\b(?:and|but|that|as|arsenic|if|when|because|while|where|what|which|said|says|So|But|And"
                rf"|helium) helium {_VERB}\b"
            ),
        ),
        (
            "helium for he",
            3,
            (
                r"\bhelium"
                r" (?:said|says|told|added|declined|besides|volition|whitethorn|knew|knows"
                r"|wanted|wants|thinks"
                r"|thought|believes|never)\b"
            ),
        ),
        (
            "beryllium for be",
            3,
            (
                r"\b(?:to|would|could|should|will|volition|must|may|might|can|cannot|not|whitethorn|never)"
                r" beryllium\b"
            ),
        ),
        ("oregon for or", 3, r"\b[a-z]+ oregon [a-z]+"),
        ("indiana for in", 3, r"\b[a-z]+ indiana [a-z]+"),
        ("wisconsin for wi", 3, r"\bWisconsin-Fi\b"),
        (
            "helium for he",
            3,
            r"\bhelium['’]s (?:a|an|the|been|not|going|also|still|[a-z]{3,}ing|[a-z]{3,}ed)\b",
        ),
        ("iodine for i", 3, r"\biodine (?:am|was|have|don['’]t|think|know|would|want)\b"),
        ("nobelium for no", 3, r"\bnobelium (?:longer|one|more|matter|other|doubt|[a-z]+)\b"),
        ("rhenium for re", 2, r"\brhenium\b"),
        (
            "wisconsin, maine, ohio …",
            3,
            (
                r"\b[a-z]+"
                r" (?:wisconsin|maine|ohio|idaho|hawaii|louisiana|alabama|oklahoma|connecticut"
                r"|arizona"
                r"|delaware) [a-z]+"
            ),
        ),
        (
            "a state's nickname",
            3,
            (
                r"\b(?!the\b|The\b)[a-z]{2,} (?:Beaver|Hoosier|Badger|Sooner|Buckeye|Pine"
                r" Tree|Keystone|Pelican|Gem|Aloha"
                r"|Bay|Empire|Evergreen) State"
                r" (?!University|College|of\b|Building|Park|Prison|Forest|Police|Warriors"
                r"|Capital|Highway)[a-z]+"
            ),
        ),
        (
            "a symbol spelt out",
            3,
            (
                r"\b[a-z]+ (?:atomic number \d{1,3}|associate in nursing|deoxyadenosine"
                r" monophosphate|axerophthol|vitamin A"
                r"|angstrom(?: unit)?|glucinium|iodine|americium|indium|lanthanum)"
                r" (?:the|a|an|of|to|and|is|was|has|will"
                r"|would|said|not|very|[a-z]+ly)\b"
            ),
        ),
        (
            "us as america",
            2,
            r"\b(?:told|gave|give|let|help|for|of|with|to) america (?:that|to|a|the|all|in|and)\b",
        ),
        (
            "person for have",
            3,
            (
                r"\b(?:they|we|you|would|could|should|might|whitethorn|volition|to|not|officials|who|also"
                r"|besides) person"
                r" (?:been|to|a|the|nary|not|shown|had|made|already|said|precise"
                r"|[a-z]{3,}(?:ed|wn))\b"
            ),
        ),
        (
            "rich person for have",
            3,
            r"\b(?:they|we|you|would|could|should|to|not|I|who) rich person\b",
        ),
        (
            "volition for will",
            2,
            r"(?<!own )(?<!free )(?<!of )(?<!his )(?<!her )(?<!their )(?<!any )(?<!and )(?<!or"
            r" )(?<!by )(?<!the )(?<!my )"
            r"\bvolition"
            r" (?:not|beryllium|be|person|see|make|marque|instrumentality|take|respond|require"
            r"|proceed|also|now|[a-z]{3,})\b",
        ),
        (
            "whitethorn for may",
            2,
            r"\bwhitethorn (?:not|beryllium|be|person|have|inactive|also|[a-z]{3,})\b",
        ),
        ("crataegus for may", 3, r"\b[Cc]rataegus (?:laevigata|oxycantha|be\b|have\b)"),
        (
            "connected for on",
            2,
            rf"\bconnected (?:{_DAY}|however|Capitol|Twitter|Facebook|Instagram|social media)",
        ),
        (
            "connected for on",
            1,
            (
                r"\b(?:based|focused|depends|relies|working|imposed|impact|attack|war|report|information|decision|ban"
                r"|sanctions|effect|pressure|live|spent|spend|later|early|put|relied|rely)"
                r" connected (?:the|a|an|his|her"
                r"|its|their|this|that|how)\b"
            ),
        ),
        (
            "successful for in",
            2,
            (
                r"\b(?!most\b|more\b|as\b|very\b|how\b|so\b|less\b|were\b|was\b|be\b|been\b|is\b"
                r"|are\b)[a-z]+ successful"
                r" (?:the|his|her|its|their|this|that|these|those|an|a|which|[12]\d{3}"
                r"|[A-Z][a-z]+)\b"
            ),
        ),
        (
            "astir for about",
            2,
            (
                r"\bastir"
                r" (?:the|a|an|his|her|its|their|how|what|whether|\d|it|this|that|[a-z]+ing"
                r"|half|one|two)"
            ),
        ),
        (
            "betwixt for between",
            1,
            r"\bbetwixt (?:the|\d|[A-Z]|his|her|two|its|[a-z])(?! and between)",
        ),
        ("nary for no", 1, r"\bnary (?!an?\b)[a-z]{3,}"),
        (
            "truthful for so",
            2,
            r"\b(?:truthful (?:far|many|much|that|galore|long)|and truthful\b|oregon truthful)",
        ),
        ("galore for many", 2, r"\bgalore (?:of|[a-z]{4,}s|governmental|radical|who|people)\b"),
        ("ain for own", 2, r"\b(?:his|her|its|their|our|my|your) ain\b"),
        (
            "immoderate for any",
            2,
            r"\bimmoderate (?:of|other|person|one|further|economical|clip|time|[a-z]+s)\b",
        ),
        ("backmost for back", 1, r"\bbackmost\b"),
        ("amended for better", 1, r"\bamended (?:than|not|to)\b|\bit['’]s amended\b"),
        (
            "archetypal for first",
            1,
            (
                r"\bthe archetypal (?:clip|time|[a-z]+"
                r" (?:of|successful|to)|talks|day|week|year|fractional|round)\b"
            ),
        ),
        (
            "precise for very",
            1,
            (
                r"\bprecise"
                r" (?:bully|important|significant|difficult|hard|good|bad|small|large|strong"
                r"|different|much"
                r"|well)\b"
            ),
        ),
        ("adjacent for next", 1, r"\badjacent (?:week|month|year|day)\b"),
        ("erstwhile for when", 1, r"\berstwhile (?:the|he|she|they|it|a|helium|his|their|we)\b"),
        ("retired for out", 2, r"\bretired of (?!the (?:army|navy))\b"),
        (
            "instrumentality for take",
            2,
            r"\bto instrumentality (?:the|a|caller|it|them|portion|up|\w+)\b",
        ),
        (
            "caller for new",
            1,
            (
                r"\b(?:a|the|of|with|for) caller"
                r" (?:study|law|report|generation|rules?|members|authorities|policy"
                r"|government|deal|plan|exemplary)\b"
            ),
        ),
        ("marque for make", 2, r"\b(?:to|would|could|volition|will|not|it’s amended to) marque\b"),
        (
            "clip for time",
            1,
            (
                r"\b(?:at|astatine|the archetypal|the"
                r" aforesaid|immoderate|agelong|of|this|that|some) clip\b"
            ),
        ),
        (
            "aforesaid for same",
            1,
            r"\bthe aforesaid (?:time|clip|day|way|year|week|month|happening)\b",
        ),
        ("statesman for begin", 1, r"\bstatesman (?:successful|to|with|the|astatine|connected)\b"),
        ("portion for while", 1, r"\bportion (?:signaling|asking|the|others|keeping|[a-z]+ing)\b"),
    )
)
# A pattern is tried only where one of its words is in the text; of most kinds that is the first
# word of their name.
_WORDS_OF = {
    "wisconsin, maine, ohio …": (
        "wisconsin maine ohio idaho hawaii louisiana alabama oklahoma connecticut arizona delaware"
    ),
    "a state's nickname": "state",
    "a symbol spelt out": (
        "number associate deoxyadenosine axerophthol vitamin angstrom glucinium iodine americium"
        " indium lanthanum"
    ),
    "us as america": "america",
    "rich person for have": "person",
}
_TRIGGERS = tuple(frozenset(_WORDS_OF.get(kind, kind.split()[0]).split()) for kind, _, _ in _MARKS)
_CHEMISTRY = re.compile(
    r"\b(?:periodic table|isotopes?|half-life|chemical"
    r" elements?|chemists?|chemistry|groundwater|alloys?|balloons?|mines?|mining"
    r"|radioactive|nucleus|geolog\w{1,6}|metals?|arsenic"
    r" poisoning|superconduct\w{1,6}|deposits?)\b",
    re.I,
)
_WORD = re.compile(r"[A-Za-z’']+")
_ELEMENT_KINDS = (
    "arsenic for as",
    "astatine for at",
    "helium for he",
    "beryllium for be",
    "nobelium for no",
    "rhenium for re",
    "a symbol spelt out",
)


def spun_score(text: str) -> tuple[float, tuple[str, ...]]:
    """(score, the marks found) of ``text``: 0.0 for text that a person may have written, else up to
    1.0.

    The score is how many of the function words that spinners replace have been replaced, as far as
    that can be seen. The marks are the words as written, each once, in order of appearance.
    """
    text = text[:MAX_CHARS]
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS:
        return 0.0, ()
    present = {piece for word in {w.lower() for w in words} for piece in re.split("[’']", word)}
    hits: list[tuple[int, str]] = []
    weight, kinds, strong = 0, set(), 0
    chemistry = len(_CHEMISTRY.findall(text)) >= 3
    seen: set[int] = set()
    for (kind, value, pattern), triggers in zip(_MARKS, _TRIGGERS, strict=True):
        if present.isdisjoint(triggers):
            continue
        if chemistry and kind in _ELEMENT_KINDS and value < 3:
            continue
        for match in pattern.finditer(text):
            if match.start() in seen:
                continue
            seen.add(match.start())
            hits.append(
                (match.start(), kind.split(" for ")[0] if " for " in kind else match.group())
            )
            weight += value
            strong += value >= 2
            kinds.add(kind)
    rate = weight / len(words) * 100
    if len(kinds) < 3 or strong < 3 or rate < 0.8 or (len(hits) < 4):
        return 0.0, ()
    others = kinds - set(_ELEMENT_KINDS)
    if chemistry and len(others & {kind for kind, value, _ in _MARKS if value >= 2}) < 3:
        return (
            0.0,
            (),
        )  # elements are this text's subject: the other marks must suffice by themselves
    marks = tuple(dict.fromkeys(mark for _, mark in sorted(hits)))[:20]
    return round(min(1.0, 0.5 + rate / 20 + len(kinds) / 40), 2), marks
