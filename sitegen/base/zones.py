"""Names of time zones as mail, feeds and news pages write them: offsets, and the places whose
clocks they are.

Sources: RFC 822, section 5.1 (UT, GMT and the American ones); the IANA time zone database for the
others.
"""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import msgspec

# Abbreviation, offset, and a place that has it. Without an offset it is the time of the place,
# summer or winter.
_TABLE = """
ET - America/New_York
EST -05:00 America/New_York
EDT -04:00 America/New_York
EASTERN - America/New_York
CT - America/Chicago
CST -06:00 America/Chicago
CDT -05:00 America/Chicago
CENTRAL - America/Chicago
MT - America/Denver
MST -07:00 America/Denver
MDT -06:00 America/Denver
MOUNTAIN - America/Denver
PT - America/Los_Angeles
PST -08:00 America/Los_Angeles
PDT -07:00 America/Los_Angeles
PACIFIC - America/Los_Angeles
AKT - America/Anchorage
AKST -09:00 America/Anchorage
AKDT -08:00 America/Anchorage
HST -10:00 Pacific/Honolulu
HDT -09:00 America/Adak
CHST +10:00 Pacific/Guam
AST -04:00 America/Halifax
ADT -03:00 America/Halifax
NST -03:30 America/St_Johns
NDT -02:30 America/St_Johns
NT - America/St_Johns
BRT -03:00 America/Sao_Paulo
ART -03:00 America/Argentina/Buenos_Aires
CLT -04:00 America/Santiago
CLST -03:00 America/Santiago
COT -05:00 America/Bogota
PET -05:00 America/Lima
VET -04:00 America/Caracas
UYT -03:00 America/Montevideo
BOT -04:00 America/La_Paz
PYT -03:00 America/Asuncion
WET +00:00 Europe/Lisbon
WEST +01:00 Europe/Lisbon
BST +01:00 Europe/London
CET +01:00 Europe/Brussels
CEST +02:00 Europe/Brussels
MET +01:00 Europe/Brussels
MEST +02:00 Europe/Brussels
MEZ +01:00 Europe/Berlin
MESZ +02:00 Europe/Berlin
HNEC +01:00 Europe/Paris
HAEC +02:00 Europe/Paris
EET +02:00 Europe/Athens
EEST +03:00 Europe/Athens
OEZ +02:00 Europe/Athens
FET +03:00 Europe/Minsk
MSK +03:00 Europe/Moscow
MSD +04:00 Europe/Moscow
SAMT +04:00 Europe/Samara
YEKT +05:00 Asia/Yekaterinburg
OMST +06:00 Asia/Omsk
NOVT +07:00 Asia/Novosibirsk
KRAT +07:00 Asia/Krasnoyarsk
IRKT +08:00 Asia/Irkutsk
YAKT +09:00 Asia/Yakutsk
VLAT +10:00 Asia/Vladivostok
TRT +03:00 Europe/Istanbul
IDT +03:00 Asia/Jerusalem
GET +04:00 Asia/Tbilisi
AZT +04:00 Asia/Baku
AMT +04:00 Asia/Yerevan
IRST +03:30 Asia/Tehran
GST +04:00 Asia/Dubai
AFT +04:30 Asia/Kabul
PKT +05:00 Asia/Karachi
UZT +05:00 Asia/Tashkent
IST +05:30 Asia/Kolkata
SLST +05:30 Asia/Colombo
NPT +05:45 Asia/Kathmandu
BDT +06:00 Asia/Dhaka
BTT +06:00 Asia/Thimphu
ALMT +05:00 Asia/Almaty
MMT +06:30 Asia/Yangon
ICT +07:00 Asia/Bangkok
WIB +07:00 Asia/Jakarta
WITA +08:00 Asia/Makassar
WIT +09:00 Asia/Jayapura
MYT +08:00 Asia/Kuala_Lumpur
SGT +08:00 Asia/Singapore
HKT +08:00 Asia/Hong_Kong
PHT +08:00 Asia/Manila
PHST +08:00 Asia/Manila
ULAT +08:00 Asia/Ulaanbaatar
JST +09:00 Asia/Tokyo
KST +09:00 Asia/Seoul
AET - Australia/Sydney
AEST +10:00 Australia/Sydney
AEDT +11:00 Australia/Sydney
ACT - Australia/Adelaide
ACST +09:30 Australia/Adelaide
ACDT +10:30 Australia/Adelaide
AWST +08:00 Australia/Perth
NZT - Pacific/Auckland
NZST +12:00 Pacific/Auckland
NZDT +13:00 Pacific/Auckland
FJT +12:00 Pacific/Fiji
PGT +10:00 Pacific/Port_Moresby
SST -11:00 Pacific/Pago_Pago
WAT +01:00 Africa/Lagos
CAT +02:00 Africa/Maputo
SAST +02:00 Africa/Johannesburg
EAT +03:00 Africa/Nairobi
"""
UNIVERSAL = frozenset(["UTC", "GMT", "Z", "UT", "WEZ", "ZULU"])
OFFSETS = {r[0]: r[1] for line in _TABLE.split("\n") if len(r := line.split()) == 3}
PLACES = {r[0]: r[2] for line in _TABLE.split("\n") if len(r := line.split()) == 3}
# The same letters mean other places elsewhere; the country of the source's host decides.
_IN_COUNTRY = {
    ("IST", "ie"): "Europe/Dublin",
    ("IST", "il"): "Asia/Jerusalem",
    ("IST", "in"): "Asia/Kolkata",
    ("CST", "cn"): "Asia/Shanghai",
    ("CST", "tw"): "Asia/Taipei",
    ("CST", "cu"): "America/Havana",
    ("CST", "mx"): "America/Mexico_City",
    ("EST", "au"): "Australia/Sydney",
    ("EDT", "au"): "Australia/Sydney",
    ("AST", "sa"): "Asia/Riyadh",
    ("AST", "ca"): "America/Halifax",
    ("AMT", "am"): "Asia/Yerevan",
    ("AMT", "br"): "America/Manaus",
    ("GST", "ae"): "Asia/Dubai",
    ("GST", "om"): "Asia/Muscat",
    ("BST", "uk"): "Europe/London",
    ("BST", "bd"): "Asia/Dhaka",
    ("PST", "ph"): "Asia/Manila",
    ("PST", "pk"): "Asia/Karachi",
    ("ACT", "au"): "Australia/Adelaide",
    ("SST", "sg"): "Asia/Singapore",
    ("CET", "de"): "Europe/Berlin",
    ("CET", "fr"): "Europe/Paris",
    ("CET", "es"): "Europe/Madrid",
    ("CET", "it"): "Europe/Rome",
    ("ET", "ca"): "America/Toronto",
    ("EST", "ca"): "America/Toronto",
    ("EDT", "ca"): "America/Toronto",
}
# Letters of several places far apart: without the outlet's country, which one is a guess.
_SEVERAL = frozenset(["IST", "AST", "AMT", "GST", "SST", "ACT"])
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?")


class Zone(msgspec.Struct, frozen=True):
    """A time zone as it was written: what it was read as (None where its name is not known), and
    whether that is a guess."""

    read_as: tzinfo | None
    guess: bool = False
    name: str = ""


def read_zone(name: str, country: str = "", by_machine: bool = False) -> Zone:
    """The zone that ``name`` means: an abbreviation, or an offset such as ``+5:30``.

    People write `EST` in summer, too, and mean the clocks of the place. What a machine writes
    (``by_machine``: mail, feeds) has the offset of its name. ``country`` is the last label of the
    outlet's host, where known.
    """
    offset = _OFFSET.fullmatch(name)
    if offset:
        sign, hours, minutes = offset.groups()
        delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return Zone(
            timezone(-delta if sign == "-" else delta) if delta < timedelta(hours=15) else None,
            name=name,
        )
    key = name.upper()
    if key in UNIVERSAL:
        return Zone(UTC, name=key)
    place = _IN_COUNTRY.get((key, country)) or PLACES.get(key)
    if not place:
        return Zone(None, name=key)
    guess = key in _SEVERAL and (key, country) not in _IN_COUNTRY
    known = OFFSETS.get(key, "-")
    if by_machine and known != "-" and (key, country) not in _IN_COUNTRY:
        return Zone(read_zone(known).read_as, guess, key)
    return Zone(ZoneInfo(place), guess, key)
