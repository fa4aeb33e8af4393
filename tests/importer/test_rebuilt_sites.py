"""A site of each of Hugo, Zola, Pelican and WordPress, imported and built: the same articles, terms
and pages, and something at each URL that the old site had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest

from tests.conftest import NOW, SITE, Digest

TEXT = "The keel of the new pilot boat was laid on {day} November, and forty people came to watch."


class Post(NamedTuple):
    """An article of the old site."""

    slug: str
    title: str
    day: int
    section: str
    tags: tuple[str, ...]


POSTS = [
    Post(
        f"{place}-{n}",
        f"{place.capitalize()} {what} number {n}",
        n,
        ("harbour", "town")[n % 2],
        (("boats", "ice") if n % 3 else ("boats", "night ferry")),
    )
    for n in range(1, 13)
    for place, what in [(("quay", "opens", "ferry", "waits")[n % 2 * 2 :][:2])]
]
SECTIONS = ("harbour", "town")
TAGS = {"boats", "ice", "night-ferry"}
AUTHOR = "Ann Ames"


class OldSite(NamedTuple):
    """The files of a site, the URLs that it had, and what site.yaml says of tags."""

    files: dict[str, str]
    urls: set[str]
    tags: str = "{}"


def hugo() -> OldSite:
    files = {
        "hugo.toml": (
            'baseURL = "https://blog.example/"\ntitle = "Slipway"\nlanguageCode = "en"\n'
            '[permalinks]\nharbour = "/:year/:month/:slug/"\n'
        ),
        "content/_index.md": "---\ntitle: Slipway\n---\n",
        "content/about.md": "---\ntitle: About us\n---\nWe watch boats.\n",
    }
    urls = {"/tags/", "/about/", "/index.xml", "/harbour/", "/town/"}
    urls |= {f"/tags/{tag}/" for tag in TAGS} | {f"/tags/{tag}/page/2/" for tag in TAGS}
    for p in POSTS:
        files[f"content/{p.section}/{p.slug}.md"] = (
            f"---\ntitle: {p.title}\ndate: 2026-11-{p.day:02}\nslug: {p.slug}\ntags:"
            f" [{', '.join(p.tags)}]\nauthors: [{AUTHOR}]\n---\n{TEXT.format(day=p.day)}\n"
        )
        urls.add(f"/2026/11/{p.slug}/" if p.section == "harbour" else f"/town/{p.slug}/")
    return OldSite(files, urls, "{permalink: '/tags/{slug}/'}")


def zola() -> OldSite:
    files = {
        "config.toml": (
            'base_url = "https://blog.example"\ntitle = "Slipway"\n'
            'taxonomies = [{name = "tags", feed = true}]\n'
        ),
        "content/_index.md": '+++\ntitle = "Slipway"\n+++\n',
        "content/about.md": '+++\ntitle = "About us"\n+++\nWe watch boats.\n',
    }
    urls = {"/tags/", "/about/", "/atom.xml", "/harbour/", "/town/"}
    urls |= {f"/tags/{tag}/" for tag in TAGS}
    for p in POSTS:
        tags = ", ".join(f'"{tag}"' for tag in p.tags)
        files[f"content/{p.section}/{p.slug}.md"] = (
            f'+++\ntitle = "{p.title}"\ndate = 2026-11-{p.day:02}\nauthors = ["{AUTHOR}"]\n'
            f"[taxonomies]\ntags = [{tags}]\n+++\n{TEXT.format(day=p.day)}\n"
        )
        urls.add(f"/{p.section}/{p.slug}/")
    return OldSite(files, urls, "{permalink: '/tags/{slug}/'}")


def pelican() -> OldSite:
    files = {
        "pelicanconf.py": (
            'SITENAME = "Slipway"\nSITEURL = "https://blog.example"\nTIMEZONE = "UTC"\n'
            f'AUTHOR = "{AUTHOR}"\nDEFAULT_LANG = "en"\n'
        ),
        "content/pages/about.md": "Title: About us\n\nWe watch boats.\n",
    }
    urls = {"/tags.html", "/authors.html", "/categories.html", "/archives.html"}
    urls |= {"/author/ann-ames.html", "/feeds/all.atom.xml", "/pages/about.html"}
    urls |= {f"/tag/{tag}.html" for tag in TAGS} | {f"/category/{s}.html" for s in SECTIONS}
    for p in POSTS:
        files[f"content/{p.section}/{p.slug}.md"] = (
            f"Title: {p.title}\nDate: 2026-11-{p.day:02}\nSlug: {p.slug}\nCategory: {p.section}\n"
            f"Tags: {', '.join(p.tags)}\nAuthor: {AUTHOR}\n\n{TEXT.format(day=p.day)}\n"
        )
        urls.add(f"/{p.slug}.html")
    return OldSite(files, urls, "{permalink: '/tag/{slug}.html', url: /tags.html}")


def wordpress() -> OldSite:
    def item(kind: str, number: int, title: str, path: str, terms: str = "") -> str:
        return (
            f"<item><title>{escape(title)}</title><link>https://blog.example{path}</link>"
            f"<dc:creator>ann</dc:creator><content:encoded><![CDATA[<p>{TEXT.format(day=number)}"
            f"</p>]]></content:encoded><wp:post_id>{number}</wp:post_id>"
            f"<wp:post_date_gmt>2026-11-{number:02} 09:00:00</wp:post_date_gmt>"
            f"<wp:post_name>{path.strip('/').rpartition('/')[2]}</wp:post_name>"
            f"<wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type>{terms}</item>"
        )

    def terms(p: Post) -> Iterator[str]:
        yield f'<category domain="category" nicename="{p.section}">{p.section}</category>'
        for tag in p.tags:
            yield f'<category domain="post_tag" nicename="{tag.replace(" ", "-")}">{tag}</category>'

    posts = [item("post", p.day, p.title, f"/2026/11/{p.slug}/", "".join(terms(p))) for p in POSTS]
    about = item("page", 20, "About us", "/about/")
    names = "content dc wp".split()
    spaces = (
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/dc/elements/1.1/",
        "http://wordpress.org/export/1.2/",
    )
    head = " ".join(f'xmlns:{n}="{uri}"' for n, uri in zip(names, spaces, strict=True))
    author = (
        "<wp:author><wp:author_login>ann</wp:author_login>"
        f"<wp:author_display_name>{AUTHOR}</wp:author_display_name></wp:author>"
    )
    export = (
        f'<?xml version="1.0"?><rss version="2.0" {head}><channel><title>Slipway</title>'
        f"<link>https://blog.example</link><wp:wxr_version>1.2</wp:wxr_version>{author}"
        f"{''.join(posts)}{about}</channel></rss>"
    )
    urls = {f"/2026/11/{p.slug}/" for p in POSTS} | {"/about/", "/2026/11/", "/author/ann-ames/"}
    urls |= {f"/tag/{tag}/" for tag in TAGS} | {f"/category/{s}/" for s in SECTIONS}
    return OldSite({"export.xml": export}, urls)


@pytest.mark.slow
@pytest.mark.parametrize("old", [hugo, zola, pelican, wordpress])
def test_a_site_of_another_system_is_whole(digest: Digest, old: Callable[[], OldSite]) -> None:
    files, urls, tags = old()
    settings = (
        f"{SITE}taxonomies: {{tags: {tags}}}\npagination: 5\nauthors: {{ann: {{name: {AUTHOR}}}}}\n"
    )
    digest.write("site.yaml", settings)
    for name, text in files.items():
        digest.write(f"in/old/{name}", text)
    digest.write(
        "in/sitemap.xml",
        "<urlset>"
        + "".join(f"<url><loc>https://blog.example{url}</loc></url>" for url in sorted(urls))
        + "</urlset>",
    )
    digest.run("import", str(digest.root / "in/old"))
    digest.run("addresses", "--add", str(digest.root / "in/sitemap.xml"), "--now", NOW)
    said = digest.build().stderr
    assert "address-lost" not in said
    outputs = digest.tree()
    missing = {
        url
        for url in urls
        if f"{url[1:]}{'index.html' if url.endswith('/') else ''}" not in outputs
    }
    assert missing == set()
    rows = [line.split("\t") for line in (digest.root / "addresses.tsv").read_text().splitlines()]
    shown = {
        kind: {row[2] for row in rows if row[1] == kind} for kind in ("tag", "section", "author")
    }
    assert shown == {"tag": TAGS, "section": set(SECTIONS), "author": {"ann-ames"}}
    articles = {row[2] for row in rows if row[1] == "article"}
    assert len(articles) == len(POSTS) + 1  # and the page
    moved = [n for n, data in outputs.items() if n.endswith(".html") and b"refresh" in data[:900]]
    assert len(moved) < len(urls) + 3
