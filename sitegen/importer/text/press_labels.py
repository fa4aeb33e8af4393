"""The labels of press databases (LexisNexis, Nexis Uni, Factiva, ProQuest, EBSCO, PressReader …),
and the field of an article that each speaks of."""

from __future__ import annotations

import re

# field -> labels, matched whatever their case; `-` is said to machines and archives only
_LABELS = {
    "title": (
        "headline|title|titel|titre|título|titulo|titolo|überschrift|document title|article name"
    ),
    "authors": (
        "byline|author|authors|author(s)|auteur|auteurs|autor|autoren|autorin|autores|autore|autori"
        "|verfasser|by|written by|von|journalist"
    ),
    "dek": "highlight|subtitle|subheadline|alternate title|untertitel|sous-titre",
    "body": (
        "body|full text|full text:|texte intégral|volltext|texto completo|testo integrale|text"
        "|texte|testo|texto|corps"
    ),
    "section": "section|rubrique|ressort|rubrik|sección|seção|sezione",
    "place": "dateline",
    "date": (
        "publication date|date de publication|date|datum|fecha|data|erscheinungsdatum"
        "|fecha de publicación|data de publicação|data di pubblicazione|published|published on"
        "|date published|veröffentlicht am"
    ),
    "source": (
        "publication title|titre de la publication|publication|publication name|newspaper"
        "|zeitung|journal|título de publicación|quelle|titel der publikation|zeitschrift"
        "|título da publicação|titolo della pubblicazione|journal title|periodical|from|fuente"
    ),
    "info": (
        "publication info|source|informations de publication|información de publicación"
        "|publikationsinfo|publikationsinformationen|informazioni sulla pubblicazione"
        "|informações de publicação|publication details"
    ),
    "page": "first page|start page|pages|page|pg|page number|seite|página|pagina|erste seite|seiten"
    "|première page|primera página|primeira página|prima pagina|startseite",
    "credits": "graphic|illustration(s)|illustration|illustrations|image caption|photo caption",
    "lang": "language|langue|sprache|idioma|lingua|language of publication|taal"
    "|sprache der publikation|langue de publication|idioma de la publicación"
    "|idioma de publicación|lingua della pubblicazione|idioma da publicação",
    "copyright": "copyright|rights|droits d'auteur|alle rechte vorbehalten|urheberrecht",
    "length": "length|longueur|länge|laenge|longitud|extensión|lunghezza|lengte|comprimento",
    "correction": "correction",
    "corrected": "correction-date",
    "-": (
        "load-date|publication-type|subject|organization|ticker|industry|geographic|person"
        "|company|state|country|type|series|notes|distribution|journal-code|acc-no|document-type"
        "|pub-type|update|date-chargement|type-publication"
        "|abstract|location|publication year|publisher|issn|source type|last updated"
        "|proquest document id|database|document type|place of publication"
        "|country of publication|links|subject(s)|people|company / organization"
        "|publication subject|volume|issue|identifier / keyword|credit|classification"
        "|industry code|enhancement|cycle|edition|document url|end page|record"
        "|accession number|persistent link to this record (permalink)|permalink"
        "|full text word count|word count|subject terms|geographic terms|naics/industry codes"
        "|author affiliations|isbn|doi|cut and paste|reviews & products|database name"
        "|load date|ladedatum|updated|article id|document id|numéro de document|image count"
        "|content level|source citation (mla 9th edition)|source citation|gale document number"
        "|publisher information|index terms|record number|lexile measure|full text availability"
        "|dokumentnummer|dauerhafte adresse des dokuments|datenbank|dokumenttyp|dokument-url"
        "|erscheinungsjahr|verlag|erscheinungsort|publikationstyp|ausgabe|jahrgang|stichwort"
        "|letzte aktualisierung|proquest-dokument-id|base de données|type de document|année"
        "|éditeur|base de datos|tipo de documento|editorial|document no|pays|lieu de publication"
        "|fecha-carga|publicación-tipo|data-caricamento|materia|tema|asunto|sujet|thème|thema"
        "|localisation-geo|geo-localization|symbole-boursier|stock-symbol|secteur-activite"
        "|activity-sector|societe|société|organisation|note(s)|organisme|personne|insert|encart"
        "|update-datum|publikationsart|ladungsdatum|volume-type|dokument-nr"
        "|code-journal|date de chargement|type de publication|fecha de carga|zeitungs-code"
        "|proquest document link|lien vers le document proquest|proquest-id"
        "|enlace de documentos de proquest|proquest-dokumentlink|dernière mise à jour"
        "|última actualización|año de publicación|année de publication"
        "|identifier|copyright statement|web site|website"
    ),
}
FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels.split("|")}

# Factiva's codes of two or three letters
CODES = {
    **{"HD": "title", "BY": "authors", "CR": "credits", "PD": "date", "SN": "source"},
    **{"SE": "section", "PG": "page", "LP": "body", "TD": "body", "ART": "caption"},
    **{"LA": "lang", "CY": "copyright"},
    **dict.fromkeys(
        "CX WC ET SC ED CO IN NS RE IPC IPD PUB AN VOL CLM RF NT GC RST CT DLN TI PUI".split(), "-"
    ),
}
# what exports call languages, in their own words
LANGUAGES = {
    name: code
    for code, names in {
        "en": "english englisch anglais inglés inglese inglês engels",
        "de": "german deutsch allemand alemán tedesco alemão duits",
        "fr": "french französisch français francés francese francês frans",
        "es": "spanish spanisch espagnol español spagnolo espanhol spaans castellano",
        "it": "italian italienisch italien italiano italiaans",
        "pt": "portuguese portugiesisch portugais portugués portoghese português",
        "nl": "dutch niederländisch néerlandais neerlandés olandese nederlands",
        "sv": "swedish schwedisch suédois sueco svedese svenska",
        "da": "danish dänisch danois danés danese dansk",
        "no": "norwegian norwegisch norvégien noruego norvegese norsk",
        "pl": "polish polnisch polonais polaco polacco polski",
        "ru": "russian russisch russe ruso russo",
    }.items()
    for name in names.split()
}
# labels that may be on a line of their own, without a colon
ALONE = frozenset(
    "body|classification|graphic|headline|full text|corps|volltext|texte intégral|texto completo"
    "|testo integrale|notes|correction|proquest document link|lien vers le document proquest"
    "|enlace de documentos de proquest|proquest-dokumentlink".split("|")
)

OF = r"(?:of|von|de|sur|di|av|af|van|из|z|/)"  # in `1 of 3 documents`

# What is below each document: a line that says so (Nexis), its number (Factiva, Europresse).
FOOT_IN_WORDS = (
    r"(?:End of Document|Ende des Dokuments|Dokumentende|Fin du document|Fin del documento"
    r"|Fine del documento|Fim do documento|Einde van document)"
)
NUMBER_OF_FACTIVA = r"(?:Document|Dokument|Documento)\s+[A-Z]{1,12}0\w{12,30}"
NUMBER_OF_EUROPRESSE = r"(?:news|pub)·\d{8}·\S{1,30}"

_LABEL = re.compile(r"(?P<label>[^\W\d_][\w /()&'-]{1,44}?)\s?:(?P<rest>(?:\s|(?<=\w:)\S).*)?")
_CODE = re.compile(r"(?P<label>[A-Z]{2,3})(?:\s+(?P<rest>.*))?")


def labelled(text: str) -> tuple[str, str]:
    """(field, what comes after the label) of a line that begins with a label; else empty texts."""
    label, rest = _at_label(text)
    if label:
        return FIELD_OF[label], rest
    alone = text.casefold()
    return (FIELD_OF[alone], "") if alone in ALONE else ("", "")


def coded(text: str) -> tuple[str, str]:
    """(field, what comes after the code) of a line that begins with one of Factiva's codes; else
    empty texts."""
    code, rest = _at_code(text)
    return (CODES[code], rest) if code else ("", "")


def label_of(text: str) -> str:
    """The label that a line begins with, if press databases use it, in small letters."""
    return _at_label(text)[0]


def _at_label(text: str) -> tuple[str, str]:
    """(the label that a line begins with, as `label_of`; what comes after it)."""
    match = _LABEL.fullmatch(text)
    label = match["label"].casefold() if match else ""
    if match is None or label not in FIELD_OF:
        return "", ""
    return label, (match["rest"] or "").strip()


def code_of(text: str) -> str:
    """The code of Factiva that a line begins with, if any."""
    return _at_code(text)[0]


def _at_code(text: str) -> tuple[str, str]:
    match = _CODE.fullmatch(text)
    if match is None or match["label"] not in CODES:
        return "", ""
    return match["label"], (match["rest"] or "").strip()
