"""The place that an article was written at, from the beginning of its text."""

from __future__ import annotations

import re

_PLACE = (
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]*(?:(?:[ ]|/|, | and | AND |-)[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]*){0,5}"
)
_MONTHDAY = r"(?:,? (?:[A-Z][a-z]{2,8}\.?,? \d{1,2}|\d{1,2}\.? [A-Za-zé]{3,9})(?:,? \d{4})?)?"
_AGENCY = (
    r"(?:\s*\((?:Reuters|REUTERS|AP|AFP|dpa(?:/\w{2,4})?|EFE|ANSA|APA|AFP/\w{2,6}|UPI|PA|PTI|ANI"
    r"|IANS|Bloomberg"
    r"|Xinhua|Kyodo|Tass|TASS|epd|KNA|sid|SID|Europa Press|CNN|[A-Z][a-zA-Z]{1,12}(?:"
    r" [A-Z][a-z]{2,12})?)\))?"
)
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:,"
    rf" [A-Z][A-Za-z]{{1,10}}\.?)?){_MONTHDAY}{_AGENCY}\s*[—–-]{{1,2}}\s+(?=\S)"
)
_DATELINE_AGENCY = re.compile(
    r"(?P<place>[A-ZÀ-ÖØ-Þ][\w.’'-]*(?:[ /-][A-ZÀ-ÖØ-Þ]?[\w.’'-]+){0,3}(?:,"
    rf" [A-Z][A-Za-z.]{{1,12}})?){_MONTHDAY}\s*\((?:Reuters"
    rf"|AP|AFP|dpa(?:/\w{{2,4}})?|EFE|ANSA|APA|AFP/\w{{2,6}}|UPI|PTI|ANI|IANS|Xinhua|TASS|epd|KNA"
    rf"|sid|SID|Europa"
    rf" Press"
    rf"|Agenzia \w{{2,12}})\)\s*[—–.:-]{{1,2}}\s*"
)
_DATELINE_WIRE = re.compile(
    r"(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ/ -]{2,30}) (?:taz|dpa|afp|ap|epd|kna|rtr)\s*\|\s*"
)
_DATELINE_STOP = re.compile(
    r"(?:live|video|watch|exclusive|breaking|update(?:d)?(?:"
    r" \d+)?|analysis|opinion|podcast|photos?|en direct|en directo|diretta"
    r"|eilmeldung|exklusiv|kommentar|interview|factbox|explainer|corrected|refile|special report|le"
    r" point|récit|reportage|enquête"
    r"|analyse|tribune|portrait|vidéo|carte|infographie|in"
    r" pictures|quiz|review|q|a|covid|us|uk|eu|nato|faq)\b",
    re.I,
)
CITY_POINT = re.compile(
    r"(?P<place>(?:Berlin|Hamburg|München|Köln|Frankfurt(?: am Main| a\."
    r" ?M)?|Stuttgart|Düsseldorf|Leipzig|Dortmund|Essen|Bremen"
    r"|Dresden|Hannover|Nürnberg|Duisburg|Bochum|Wuppertal|Bonn|Münster|Karlsruhe|Mannheim"
    r"|Augsburg|Wiesbaden|Mainz|Kiel|Erfurt"
    r"|Weimar|Jena|Gera|Potsdam|Rostock|Schwerin|Magdeburg|Halle|Saarbrücken|Freiburg|Braunschweig"
    r"|Wolfsburg|Lübeck|Kassel"
    r"|Göttingen|Wien|Graz|Linz|Salzburg|Innsbruck|Zürich|Bern|Basel|Genf|Brüssel|Straßburg|Paris"
    r"|London|Rom|Madrid|Moskau|Kiew"
    r"|Kyjiw|Washington|New York|Peking|Tokio|Tel Aviv|Jerusalem|Istanbul|Ankara|Warschau|Prag"
    r"|Budapest)(?:/[A-ZÄÖÜ][\wäöüß]+)?)\. (?=[A-ZÄÖÜ„\"])"
)


def dateline(text: str, lang: str = "") -> str:
    """The place an article was written at, from the beginning of its first paragraph, or empty."""
    head = text[:140]
    matches = (pattern.match(head) for pattern in (_DATELINE_WIRE, _DATELINE, _DATELINE_AGENCY))
    places = (match["place"].strip(" ,") for match in matches if match)
    place = next(filter(_may_be_dateline, places), "")
    if place or lang != "de":
        return place
    point = CITY_POINT.match(head)
    return point["place"] if point else ""


def _may_be_dateline(place: str) -> bool:
    """Whether a place has three letters, at most six words, and is none of those that begin
    sentences."""
    letters = sum(map(str.isalpha, place))
    return letters >= 3 and len(place.split()) <= 6 and not _DATELINE_STOP.match(place)


def without_dateline(text: str, lang: str = "") -> str:
    """``text`` behind the place that it begins with, if it does."""
    if not dateline(text, lang):
        return text
    match = next(
        (
            m
            for p in (_DATELINE_WIRE, _DATELINE, _DATELINE_AGENCY, CITY_POINT)
            if (m := p.match(text[:140]))
        ),
        None,
    )
    return text[match.end() :] if match else text
