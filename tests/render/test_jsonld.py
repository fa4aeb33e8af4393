"""What pages say to machines: JSON-LD, OpenGraph, microformats, languages, ninjs and the
reservation of mining."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import mf2py
import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from sitegen.importer.formats.ninjs import read_ninjs
from sitegen.importer.model import Imported
from sitegen.model.article import Image as Photo
from sitegen.model.article import Person, Rights, Source
from sitegen.model.site import Link
from sitegen.model.views import (
    ArticleView,
    FrontView,
    ListView,
    PlainView,
    Profile,
    SeriesPart,
    Term,
    TermGroup,
    Translation,
    View,
)
from sitegen.pages.articles import article_view
from sitegen.render.jsonld import image_object, news_article, publisher, structured
from tests.conftest import SITE, Digest
from tests.samples import config, document, renderer, site

MORE = """id: quay-nine
dek: Said in one line
summary: Told in short
tags: [tides, Öl]
dateline: PORT SALM
updated: 2026-11-02T09:00:00+01:00
lang: de
source: {name: Salm Post, url: "https://post.example/a?b=1&c=2"}
credits:
  - {role: photo, name: Ruta Lind}
  - {role: translation, name: Ono Ito, url: "https://ito.example/"}
corrections: [{date: 2026-11-05, text: "It was </script> eleven."}]
image:
  src: crane.jpg
  alt: A crane
  caption: At dusk
  creator: Ruta Lind
  credit: Ruta Lind/Salm Pictures
  license: CC BY 4.0
rights: {holder: Salm Post, notice: All rights reserved, license: "https://post.example/terms"}"""
PAGE = "world/2026/11/01/a/index.html"
NINJS = "world/2026/11/01/a/ninjs.json"
HERE = "https://t.example/world/2026/11/01/a/"


def article(digest: Digest, more: str = MORE, name: str = "a") -> None:
    people = "[{name: Ann Ames, role: chief, org: Post}, Bo Berg]"
    head = (
        f"title: 'Quay <nine> & {name}'\ndate: 2026-11-01T10:00:00-05:00\nauthors: {people}\n{more}"
    )
    digest.write(f"content/world/{name}.md", f"---\n{head}\n---\nWords of the text.\n")


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG")
    return out.getvalue()


def things(digest: Digest, page: str) -> dict[str, Any]:
    scripts = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', digest.page(page), re.DOTALL
    )
    found = [json.loads(s) for s in scripts]
    assert all(f["@context"] == "https://schema.org" for f in found)
    return {f["@type"]: f for f in found}


def test_a_news_article_is_complete(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "editions: {kind: monthly}\n")
    article(digest)
    digest.build()
    data = things(digest, PAGE)["NewsArticle"]
    assert [(a["@type"], a["name"], a["url"]) for a in data["author"]] == [
        ("Person", "Ann Ames", "https://t.example/author/ann-ames/"),
        ("Person", "Bo Berg", "https://t.example/author/bo-berg/"),
    ]
    assert (data["author"][0]["jobTitle"], data["author"][0]["affiliation"]["name"]) == (
        "chief",
        "Post",
    )
    assert data["publisher"]["name"] == "T"
    assert data["publisher"]["logo"]["url"].startswith("https://t.example/assets/icon.")
    image = data["image"]
    assert image["url"] == "https://t.example/world/crane.jpg"
    assert (image["creditText"], image["creator"]["name"], image["license"]) == (
        "Ruta Lind/Salm Pictures",
        "Ruta Lind",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert data["isBasedOn"] == "https://post.example/a?b=1&c=2"
    assert data["mainEntityOfPage"] == {"@type": "WebPage", "@id": "https://post.example/a?b=1&c=2"}
    issue = data["isPartOf"][0]
    assert (issue["@type"], issue["url"], issue["isPartOf"]["name"]) == (
        "PublicationIssue",
        "https://t.example/edition/2026-11/",
        "T",
    )
    assert data["correction"][0]["text"] == "It was </script> eleven."
    assert data["datePublished"] == "2026-11-01T10:00:00-05:00"
    assert data["dateModified"] == "2026-11-05T00:00:00+01:00", "a correction is a change"
    assert (data["inLanguage"], data["isAccessibleForFree"], data["dateline"]) == (
        "de",
        True,
        "PORT SALM",
    )
    assert [a["name"] for a in data["about"]] == ["tides", "Öl"]
    assert [a["url"] for a in data["about"]] == [
        "https://t.example/tag/tides/",
        "https://t.example/tag/%C3%B6l/",
    ]
    assert [p["name"] for p in data["translator"]] == ["Ono Ito"]
    assert (data["copyrightHolder"]["name"], data["license"]) == (
        "Salm Post",
        "https://post.example/terms",
    )
    way = things(digest, PAGE)["BreadcrumbList"]["itemListElement"]
    assert [(s["position"], s["item"]) for s in way] == [
        (1, "https://t.example/"),
        (2, "https://t.example/world/"),
        (3, HERE),
    ]


def test_other_pages_say_what_they_are(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "editions: {kind: monthly}\nlogo: /logo.png\n")
    article(digest)
    digest.build()
    front = things(digest, "index.html")
    assert front["WebSite"]["url"] == "https://t.example/"
    assert front["NewsMediaOrganization"]["logo"]["url"] == "https://t.example/logo.png"
    issue = things(digest, "edition/2026-11/index.html")["PublicationIssue"]
    assert (issue["issueNumber"], [p["url"] for p in issue["hasPart"]]) == (1, [HERE])
    assert (
        things(digest, "author/ann-ames/index.html")["ProfilePage"]["mainEntity"]["name"]
        == "Ann Ames"
    )
    assert things(digest, "tag/tides/index.html").keys() == {"BreadcrumbList"}
    assert things(digest, "404.html") == {}


def test_nothing_is_said_of_a_withdrawn_article_or_of_more_than_rights_allow(
    digest: Digest,
) -> None:
    article(digest, "status: withdrawn\nsummary: Secret words")
    article(digest, "rights: {show: link}\ndek: Secret words", "b")
    digest.build()
    assert things(digest, PAGE) == {}
    assert "Secret words" not in digest.page(PAGE) + digest.page(PAGE.replace("/a/", "/b/"))


@pytest.mark.parametrize(
    ("settings", "address"), [("", "https://post.example/a?b=1&c=2"), ("canonical: self\n", HERE)]
)
def test_canonical_is_the_source_or_the_page_itself(
    digest: Digest, settings: str, address: str
) -> None:
    digest.write("site.yaml", SITE + settings)
    article(digest)
    article(digest, "canonical: https://first.example/x", "b")
    digest.build()
    root = etree.HTML(digest.page(PAGE))
    assert root.xpath("//link[@rel='canonical']/@href") == [address]
    assert things(digest, PAGE)["NewsArticle"]["mainEntityOfPage"]["@id"] == address
    assert etree.HTML(digest.page(PAGE.replace("/a/", "/b/"))).xpath(
        "//link[@rel='canonical']/@href"
    ) == ["https://first.example/x"]


def test_cards_of_social_sites(digest: Digest) -> None:
    article(digest)
    digest.build()
    root = etree.HTML(digest.page(PAGE))
    meta = {
        m.get("property") or m.get("name"): m.get("content") for m in root.xpath("//meta[@content]")
    }
    assert meta["og:type"] == "article"
    assert meta["og:locale"] == "de_DE"
    assert meta["og:image"] == "https://t.example/world/crane.jpg"
    assert meta["article:published_time"] == "2026-11-01T10:00:00-05:00"
    assert meta["article:section"] == "World"
    assert meta["twitter:card"] == "summary_large_image"
    assert root.xpath("//meta[@property='article:author']/@content") == [
        f"https://t.example/author/{n}/" for n in ("ann-ames", "bo-berg")
    ]
    assert root.xpath("//meta[@property='article:tag']/@content") == ["tides", "Öl"]


def test_an_article_is_an_h_entry(digest: Digest) -> None:
    article(digest)
    digest.build()
    parsed = mf2py.parse(doc=digest.page(PAGE), url=HERE)
    entry = next(i for i in parsed["items"] if i["type"] == ["h-entry"])["properties"]
    assert entry["name"] == ["Quay <nine> & a"]
    assert entry["url"] == [HERE]
    assert entry["published"] == ["2026-11-01T10:00:00-0500"], "as mf2py writes zones"
    assert entry["updated"] == ["2026-11-05"]
    assert [a["properties"]["name"] for a in entry["author"]] == [["Ann Ames"], ["Bo Berg"]]
    assert entry["author"][1]["properties"]["url"] == ["https://t.example/author/bo-berg/"]
    assert {"World", "tides", "Öl"} <= set(entry["category"])
    assert "Words of the text." in entry["content"][0]["value"]
    assert entry["repost-of"] == ["https://post.example/a?b=1&c=2"]
    assert entry["summary"] == ["Said in one line"]


def test_lists_are_feeds_of_h_entries(digest: Digest) -> None:
    article(digest)
    article(digest, "", "b")
    digest.build()
    feed = next(
        i
        for i in mf2py.parse(doc=digest.page("world/index.html"))["items"]
        if "h-feed" in i["type"]
    )
    assert [e["properties"]["name"] for e in feed["children"]] == [
        ["Quay <nine> & b"],
        ["Quay <nine> & a"],
    ]


def languages(digest: Digest, name: str) -> dict[str, str]:
    links = etree.HTML(digest.page(PAGE.replace("/a/", f"/{name}/"))).xpath("//link[@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def test_translations_are_linked_both_ways(digest: Digest) -> None:
    article(digest, "id: one")
    article(digest, "lang: de\ntranslation_of: one\nid: two", "b")
    article(digest, "lang: fr\ntranslation_of: two", "c")
    article(digest, "", "alone")
    digest.build()
    wanted = {
        "en": HERE,
        "x-default": HERE,
        "de": HERE.replace("/a/", "/b/"),
        "fr": HERE.replace("/a/", "/c/"),
    }
    assert [languages(digest, n) for n in "abc"] == [wanted] * 3
    assert languages(digest, "alone") == {}
    page = etree.HTML(digest.page(PAGE))
    assert page.xpath("//a[@hreflang]/@hreflang") == ["de", "fr"]
    assert [w["inLanguage"] for w in things(digest, PAGE)["NewsArticle"]["workTranslation"]] == [
        "de",
        "fr",
    ]
    assert (
        things(digest, PAGE.replace("/a/", "/c/"))["NewsArticle"]["translationOfWork"]["url"]
        == HERE
    )
    article(digest, "id: one\nstatus: withdrawn")
    digest.build()
    assert languages(digest, "b").keys() == {"de", "fr", "x-default"}
    assert languages(digest, "a") == {}


def test_translations_of_each_other_end_somewhere(digest: Digest) -> None:
    article(digest, "id: one\ntranslation_of: two")
    article(digest, "id: two\nlang: de\ntranslation_of: one", "b")
    article(digest, "id: own\ntranslation_of: own", "c")
    digest.build()
    assert languages(digest, "a") == languages(digest, "b")
    assert languages(digest, "a").keys() == {"en", "de", "x-default"}
    assert languages(digest, "c") == {}


# ninjs

KNOWN = set(
    "uri type representationType profile version firstCreated versionCreated contentCreated"
    " embargoedUntil pubStatus urgency copyrightHolder copyrightNotice usageTerms edNote language"
    " descriptions bodies headlines people organisations places subjects events objects infoSources"
    " title by slugline located renditions associations altIds trustIndicators standard genres"
    " expires rightsInfo digitalSourceType".split()
)  # of the schema of ninjs 3.1, which allows no others


def record(digest: Digest, name: str = "a") -> dict[str, Any]:
    data: dict[str, Any] = json.loads(digest.page(NINJS.replace("/a/", f"/{name}/")))
    assert data.keys() <= KNOWN
    for one in data.get("associations", ()):
        assert one.keys() <= KNOWN | {"name", "rel"}
    return data


def test_a_record_says_all_that_is_known(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "feeds: {ninjs: true}\n")
    article(
        digest, MORE + "\npublish_at: 2026-11-02\nexpires_at: 2030-01-01\nfirst_seen: 2026-10-31"
    )
    digest.write("content/world/crane.jpg", jpeg())
    digest.build("--strict")
    data = record(digest)
    assert data["uri"] == "urn:uuid:824d902b-d428-5a07-9d20-57bbb6a62b90"
    assert (data["embargoedUntil"], data["expires"]) == (
        "2026-11-02T00:00:00+01:00",
        "2030-01-01T00:00:00+01:00",
    )
    assert (data["firstCreated"], data["versionCreated"]) == (
        "2026-10-31T00:00:00+02:00".replace("+02", "+01"),
        "2026-11-05T00:00:00+01:00",
    )
    assert (data["pubStatus"], data["language"], data["located"]) == ("usable", "de", "PORT SALM")
    assert (data["copyrightHolder"], data["copyrightNotice"]) == (
        "Salm Post",
        "All rights reserved",
    )
    assert data["rightsInfo"] == {"linkedRights": "https://post.example/terms"}
    assert {
        "name": "Salm Post",
        "role": "originator",
        "uri": "https://post.example/a?b=1&c=2",
    } in data["infoSources"]
    assert [p["name"] for p in data["people"]] == ["Ann Ames", "Bo Berg", "Ruta Lind", "Ono Ito"]
    assert "Words of the text." in data["bodies"][0]["value"]
    assert 'type="application/json"' in digest.page(PAGE)
    again = next(iter(read_ninjs((digest.root / "output" / NINJS).read_bytes()).found))
    assert isinstance(again, Imported)
    assert again.title == "Quay <nine> & a"
    assert [a.name for a in again.authors] == ["Ann Ames", "Bo Berg"]
    assert again.image
    assert again.image.credit


@pytest.mark.parametrize(
    ("show", "kind", "words"),
    [("full", "full", True), ("excerpt", "partial", False), ("link", "partial", False)],
)
def test_a_record_keeps_to_rights(digest: Digest, show: str, kind: str, words: bool) -> None:
    digest.write("site.yaml", SITE + "feeds: {ninjs: true}\n")
    article(digest, f"rights: {{show: {show}, words: 2}}\nsummary: Told\ndek: One line")
    digest.build("--strict")
    data = record(digest)
    assert data["representationType"] == kind
    assert ("text." in json.dumps(data.get("bodies", ""))) == words
    assert "Told" in json.dumps(data)  # in words of the editor
    assert ("One line" in json.dumps(data)) == (show != "link")
    assert bool(data.get("usageTerms")) == (show != "full")


def test_a_record_is_cancelled_with_its_article_and_follows_the_body(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "feeds: {ninjs: true}\n")
    article(digest, "summary: Kept")
    digest.build()
    path = digest.root / "content/world/a.md"
    path.write_text(path.read_text().replace("Words of the text.", "Words put better."))
    digest.build()
    assert "Words put better." in record(digest)["bodies"][0]["value"]
    article(digest, "status: withdrawn\nsummary: Secret")
    digest.build()
    data = record(digest)
    assert data["pubStatus"] == "canceled"
    assert "bodies" not in data
    assert "Secret" not in json.dumps(data)
    digest.write("site.yaml", SITE)
    digest.build()
    assert NINJS not in digest.tree()


# Reservation of text and data mining


def test_mining_is_reserved_for_the_site_or_for_an_outlet(digest: Digest) -> None:
    article(digest)
    article(digest, "", "b")
    digest.write("site.yaml", SITE + "sources: {post: {name: Salm Post, reserve: true}}\n")
    digest.build()
    assert '<meta name="tdm-reservation" content="1">' in digest.page(PAGE)
    assert "tdm-reservation" not in digest.page(PAGE.replace("/a/", "/b/"))
    assert ".well-known/tdmrep.json" not in digest.tree()
    digest.write(
        "site.yaml",
        SITE.replace("t.example/", "t.example/sub/") + "mining: {reserve: true, policy: /terms/}\n",
    )
    digest.build()
    rule = {
        "location": "/sub/*",
        "tdm-reservation": 1,
        "tdm-policy": "https://t.example/sub/terms/",
    }
    assert json.loads(digest.page(".well-known/tdmrep.json")) == [rule]
    page = digest.page("index.html")
    assert '<meta name="tdm-policy" content="https://t.example/sub/terms/">' in page


@pytest.mark.parametrize(
    "wrong", ["canonical: both", "logo: logo.png", "mining: {reserve: true, policy: terms}"]
)
def test_a_wrong_setting_is_named(digest: Digest, wrong: str) -> None:
    digest.write("site.yaml", f"{SITE}{wrong}\n")
    assert wrong.split(":")[0] in digest.build(expect=2).stderr


def view(**values: Any) -> ArticleView:
    """The page of one article."""
    return article_view(site(document("tide", **values)), 0, config(), {}, (None, None), None, None)


FRONT = FrontView("/", "2026-11-02", None, (), ())
AUTHOR = ListView(
    "Ann", "/author/ann/", "author", (), profile=Profile(links=("https://ann.example/",))
)


@pytest.mark.parametrize(
    ("shown", "types"),
    [
        (view(), ["NewsArticle", "BreadcrumbList"]),
        (view(status="withdrawn"), []),
        (FRONT, ["WebSite", "NewsMediaOrganization"]),
        (AUTHOR, ["ProfilePage", "BreadcrumbList"]),
        (ListView("Oil", "/tag/oil/", "tag", ()), ["BreadcrumbList"]),
        (ListView("All", "/archive/", "archive", ()), []),
        (PlainView("Page not found", "/404.html"), []),
    ],
)
def test_what_a_page_is_about(shown: View, types: list[str]) -> None:
    assert [thing["@type"] for thing in structured(shown, renderer())] == types


def test_a_source_has_its_page() -> None:
    shown = replace(view(source=Source("Post")), source_page="/source/post/")
    source = news_article(shown, renderer())["sourceOrganization"]
    assert source["url"] == "https://t.example/source/post/"


def test_without_authors_the_source_is_the_author() -> None:
    known = news_article(view(source=Source("Post", "https://post.example/a")), renderer())
    assert known["author"] == [{"@type": "Organization", "name": "Post"}]
    assert known["isBasedOn"] == "https://post.example/a"
    assert "author" not in news_article(view(), renderer())


def test_translators_are_not_contributors() -> None:
    people = (Person("Ono", "Translation"), Person("Ruta", "photo"))
    known = news_article(view(credits=people), renderer())
    assert [p["name"] for p in known["translator"]] == ["Ono"]
    assert [p["name"] for p in known["contributor"]] == ["Ruta"]


@pytest.mark.parametrize(
    ("rights", "notice", "license"),
    [
        (
            Rights(notice="© Post", license="CC BY 4.0"),
            "© Post",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        (Rights(notice="© Post", license="By leave"), "© Post · By leave", None),
        (Rights(license="https://post.example/terms"), None, "https://post.example/terms"),
        (Rights(notice="By leave only", license="By leave"), "By leave only", None),
    ],
)
def test_a_licence_is_a_url_or_part_of_the_notice(
    rights: Rights, notice: str | None, license: str | None
) -> None:
    known = news_article(view(rights=rights), renderer())
    assert (known.get("copyrightNotice"), known.get("license")) == (notice, license)


def test_an_original_names_its_translations_and_a_translation_its_original() -> None:
    article = view()
    own = Translation("en", article.url, "Tide", original=True)
    other = Translation("de", "/de/", "Flut")
    known = news_article(replace(article, translations=(own, other)), renderer())
    assert [work["inLanguage"] for work in known["workTranslation"]] == ["de"]
    turned = (replace(own, original=False), replace(other, original=True))
    known = news_article(replace(article, translations=turned), renderer())
    assert known["translationOfWork"]["url"] == "https://t.example/de/"
    assert "workTranslation" not in news_article(article, renderer())


def test_an_image_has_its_credit() -> None:
    image = Photo("/a.jpg", alt="Fog", creator="Ruta", width=9, height=6)
    known = image_object(image, renderer())
    assert (known["creditText"], known["creator"]["name"]) == ("Ruta", "Ruta")
    assert (known["caption"], known["width"]) == ("Fog", 9)


def test_the_logo_is_that_of_the_site_or_its_icon() -> None:
    assert "logo" not in publisher(renderer())
    known = publisher(renderer(logo="/logo.png"))
    assert known["logo"]["url"] == "https://t.example/logo.png"


def test_the_way_to_a_page() -> None:
    shown = ListView("Oil", "/tag/oil/", "tag", (), parent=Link("Tags", "/tags/"))
    (way,) = structured(shown, renderer())
    assert [(step["position"], step["name"]) for step in way["itemListElement"]] == [
        (1, "T"),
        (2, "Tags"),
        (3, "Oil"),
    ]


def test_a_person_is_the_same_on_other_sites() -> None:
    profile, _ = structured(AUTHOR, renderer())
    assert profile["mainEntity"]["sameAs"] == ["https://ann.example/"]


def test_terms_are_what_an_article_is_about_and_a_series_what_it_is_part_of() -> None:
    shown = replace(
        view(),
        tags=(Term("Oil", "/tag/oil/"),),
        terms=(
            TermGroup("places", "Places", "/places/", (Term("Asia", "/p/", "Place", "20000002"),)),
            TermGroup("series", "Series", "/series/", (Term("Tide", "/series/tide/"),)),
        ),
        series=(SeriesPart("Tide", "/series/tide/", 1, 2),),
    )
    article = structured(shown, renderer())[0]
    assert [thing["name"] for thing in article["about"]] == ["Oil", "Asia"]
    assert article["about"][1]["@type"] == "Place"
    assert article["about"][1]["sameAs"] == ["http://cv.iptc.org/newscodes/mediatopic/20000002"]
    assert article["isPartOf"][0]["@type"] == "CreativeWorkSeries"


def test_the_page_of_a_term_says_what_it_is_about() -> None:
    shown = ListView("Asia", "/places/asia/", "places", (), thing="Place", medtop="20000002")
    page, breadcrumbs = structured(shown, renderer())
    assert page["about"]["@type"] == "Place"
    assert breadcrumbs["@type"] == "BreadcrumbList"
