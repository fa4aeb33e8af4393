"""Folders of other generators, each with its traps: what becomes an article, and with which
fields."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image as Pillow

from sitegen.config.load import load_config
from sitegen.content.article import parse
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.importer.model import ImportedItem, ImportOptions, ImportReport
from sitegen.importer.run import import_all
from sitegen.model.article import Document

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
BODY = (
    "The keel of the new pilot boat was laid on Sunday, and forty people came to watch it being"
    " laid.\n"
)


Files = dict[str, str | bytes]


def photo() -> bytes:
    out = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x013B] = "Ruta Lind"
    Pillow.new("RGB", (8, 8), (40, 60, 80)).save(out, "JPEG", exif=exif)
    return out.getvalue()


PHOTO = photo()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "site.yaml").write_text(SITE)
    return site


def bring(
    root: Path,
    files: Files,
    archive: bool = False,
    warnings: tuple[str, ...] = (),
) -> tuple[ImportReport, dict[str, Document]]:
    """Import a folder (or an archive) with ``files`` and return the report and the articles, by
    title.

    The build must take all of them, with no other ``warnings`` (by code).
    """
    folder = root.parent / "blog"
    if archive:
        packed = root.parent / "blog.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            for name, data in files.items():
                out.writestr(f"blog/{name}", data)
        folder = packed
    else:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    config = load_config(SITE, "site.yaml")
    report = import_all(root, config, [str(folder)], ImportOptions())
    out_: dict[str, Document] = {}
    for path in sorted((root / "content").rglob("*.md")):
        shown = path.relative_to(root).as_posix()
        parsed = parse(path.read_bytes(), shown, config)
        assert parsed.diagnostics == (), parsed.diagnostics
        assert parsed.document is not None
        out_[parsed.document.title] = parsed.document
    built = build(BuildOptions(root=str(root), now="2026-11-24T12:00:00+00:00", drafts=True))
    assert built.published, built.diagnostics
    assert tuple(d.code for d in built.diagnostics if d.level == "warning") == warnings
    again = import_all(root, config, [str(folder)], ImportOptions())
    assert {i.outcome for i in again.items} <= {"unchanged", "skipped", "quarantined"}
    return report, out_


HUGO: Files = {
    "hugo.yaml": (
        "baseURL: https://blog.example/\ntitle: Slipway\nlanguageCode: en\nlanguages: {en:"
        " {}, de: {}}\n"
    ),
    "content/_index.md": "---\ntitle: Home\n---\n",
    "content/yard/keel/index.md": (
        "---\ntitle: 'Keel: laid'\ndate: 2026-11-15T10:00:00+01:00\nlastmod:"
        " 2026-11-16\nauthors: [Kim Lund, Max Nord]\ndraft: false\nslug: the-keel\naliases:"
        " [/old/keel/]\nweight: 3\nexpiryDate: 2027-01-01\ndescription: How it was"
        " laid.\nparams: {mood: calm}\n---\n" + BODY + '\n{{< figure src="keel.jpg" '
        'alt="A keel" caption="The keel" attr="Ruta Lind" >}}\n\nMore.\n'
    ),
    "content/yard/keel/keel.jpg": PHOTO,
    "content/yard/later.md": (
        "+++\ntitle = 'Later'\ndate = 2026-11-10T08:00:00Z\npublishDate ="
        " 2026-12-24T08:00:00Z\n+++\n" + BODY
    ),
    "content/yard/half.md": (
        "+++\ntitle = 'Half'\ndraft = true\ndate = 2026-11-10T08:00:00Z\n+++\n" + BODY
    ),
    "content/yard/code.md": (
        "+++\ntitle = 'Code'\ndate = 2026-11-09\n+++\n" + BODY + "\n{{< poll 7 >}}\n"
    ),
    "content/yard/kiel.de.md": (
        "---\ntitle: Kiel\ndate: 2026-11-15T10:00:00+01:00\n---\nDer Kiel des neuen"
        " Lotsenbootes liegt.\n"
    ),
    "content/about.md": "---\ntitle: About\n---\nAbout us.\n",
    "layouts/single.html": "<html></html>",
    "themes/x/README.md": "# Theme",
    "public/index.html": "<html><body>built</body></html>",
}

ZOLA: Files = {
    "config.toml": (
        "base_url = 'https://blog.example'\ntitle = 'Slipway'\ndefault_language = 'en'\n"
    ),
    "content/yard/_index.md": "+++\ntitle = 'Yard'\n+++\n",
    "content/yard/2026-11-15-keel.md": (
        "+++\ntitle = 'Keel'\nauthors = ['Kim Lund']\n[taxonomies]\ntags = ['yard',"
        " 'oak']\n[extra]\nmood = 'calm'\n+++\n" + BODY + "<!-- more -->\nAnd more of it.\n"
    ),
}

JEKYLL: Files = {
    "_config.yml": (
        "title: Slipway\nurl: https://blog.example\nauthor: gina\ntimezone: Europe/Oslo\n"
    ),
    "_data/authors.yml": "gina: {name: Gina Holt}\nmax: {name: Max Nord}\n",
    "_posts/2026-11-15-the-keel.md": (
        "---\nlayout: post\ntitle: No\nauthor: max\ncategories: yard boats\ntags:"
        " [oak]\n---\n"
        + BODY
        + "\n![A keel]({{ site.baseurl }}/assets/keel.jpg)\n\n{% highlight ruby %}\nputs"
        " 1\n{% endhighlight %}\n"
    ),
    "_posts/2026-11-16-no-title.markdown": (
        "---\nlayout: post\ndate: 2026-11-16 08:00:00 +0100\n---\n" + BODY
    ),
    "_drafts/idea.md": "---\ntitle: Idea\n---\n" + BODY,
    "assets/keel.jpg": PHOTO,
    "about.md": "---\ntitle: About\n---\nAbout.\n",
    "index.html": "---\n---\n<p>home</p>",
    "_layouts/post.html": "<html></html>",
}

HEXO: Files = {
    "_config.yml": (
        "title: Slipway\nurl: https://blog.example\nauthor: Gina Holt\nsource_dir:"
        " source\ntimezone: Europe/Oslo\n"
    ),
    "source/_posts/keel.md": (
        "---\ntitle: Keel\ndate: 2026-11-15 10:00:00\nupdated: 2026-11-16"
        " 10:00:00\ncategories:\n- [Yard, Boats]\ntags:\n- oak\n---\n"
        + BODY
        + "<!-- more -->\nAnd {% asset_img keel.jpg A keel %} more.\n"
    ),
    "source/_posts/keel/keel.jpg": PHOTO,
    "source/_drafts/idea.md": "---\ntitle: Idea\n---\n" + BODY,
    "source/about/index.md": "---\ntitle: About\n---\n",
    "scaffolds/post.md": "---\ntitle: {{ title }}\ndate: {{ date }}\n---\n",
}

PELICAN: Files = {
    "pelicanconf.py": (
        "import os\nAUTHOR = 'Gina Holt'\nSITENAME = 'Slipway'\nSITEURL = ''\nPATH ="
        " 'content'\nTIMEZONE = 'Europe/Oslo'\nDEFAULT_LANG = 'en'\nos.system('touch"
        " /tmp/never-run')\n"
    ),
    "content/yard/keel.md": (
        "Title: Keel\nDate: 2026-11-15 10:00\nModified: 2026-11-16 10:00\nAuthors: Lund,"
        " Kim; Nord, Max\nTags: oak, keel\nSlug: the-keel\nSummary: How it was laid.\n\n"
        + BODY
        + "\n![A keel]({static}/images/keel.jpg)\n"
    ),
    "content/images/keel.jpg": PHOTO,
    "content/yard/hidden.md": "Title: Hidden\nDate: 2026-11-15\nStatus: hidden\n\n" + BODY,
    "content/yard/old.rst": "Old\n###\n:date: 2020-01-01\n\nText.\n",
    "content/pages/about.md": "Title: About\n\nAbout.\n",
}

NIKOLA_FOLDER: Files = {
    "conf.py": (
        "BLOG_AUTHOR = 'Gina Holt'\nBLOG_TITLE = 'Slipway'\nSITE_URL ="
        " 'https://blog.example/'\nTIMEZONE = 'Europe/Oslo'\nDEFAULT_LANG = 'en'\nPOSTS ="
        " (('posts/*.md', 'posts', 'post.tmpl'),)\n"
    ),
    "posts/keel.md": (
        "<!--\n.. title: Keel\n.. slug: the-keel\n.. date: 2026-11-15 10:00:00"
        " UTC+01:00\n.. tags: oak, draft\n.. category: Yard\n-->\n\n"
        + BODY
        + "\n<!-- TEASER_END -->\n\nMore.\n"
    ),
    "posts/two.md": BODY,
    "posts/two.meta": (
        ".. title: Two\n.. slug: two\n.. date: 2026-11-16 10:00:00\n.. author: Max Nord\n.."
        " tags: private\n"
    ),
    "pages/about.md": "<!--\n.. title: About\n-->\nAbout.\n",
}

ELEVENTY: Files = {
    ".eleventy.js": "module.exports = {};",
    "package.json": '{"devDependencies": {"@11ty/eleventy": "3"}}',
    "posts/keel.md": (
        "---\ntitle: Keel\ndate: 2026-11-15\ntags: [posts, oak]\nauthor: Kim Lund\nimage:"
        " ./keel.jpg\n---\n" + BODY
    ),
    "posts/keel.jpg": PHOTO,
    "posts/hidden.md": (
        "---\ntitle: Hidden\ndate: 2026-11-15\npermalink: false\nauthor: Kim Lund\n---\n" + BODY
    ),
    "posts/made.md": "---\ntitle: Made\ndate: Created\nauthor: Kim Lund\n---\n" + BODY,
    "_includes/base.njk": "x",
    "node_modules/a/readme.md": "# a",
    "README.md": "# Blog",
}

PLAIN: Files = {
    "yard/keel.md": "---\ntitle: Keel\ndate: 2026-11-15\nauthors: [Kim Lund]\n---\n" + BODY,
    "broken.md": ("---\ntitle: Broken: a colon\ndate: 2026-11-15\nauthor: Kim Lund\n---\n" + BODY),
    "feed.xml": (
        "<rss version='2.0'><channel><title>F</title><item><title>Item</title><link>https://f.example/1</link><pubDate>Mon,"
        " 23 Nov 2026 08:30:00 +0100</pubDate><description>"
        + BODY
        + "</description></item></channel></rss>"
    ),
    "x.jpg": PHOTO,
}

HUGO_HEAD = "---\ntitle: {}\ndate: 2026-11-15\nauthors: [{}]\n---\n" + BODY

HUGO_LANGUAGES: Files = {
    "hugo.toml": (
        "baseURL = 'https://blog.example/'\n[taxonomies]\nauthor ="
        " 'writers'\n[languages.en]\ncontentDir ="
        " 'content/english'\n[languages.fr]\ncontentDir = 'content/fr'\n"
    ),
    "content/english/writers/kim-lund/_index.md": ("---\ntitle: Kim Lund-Ames\n---\nWrites.\n"),
    "content/english/authors/max.md": "---\nname: Max Nord\n---\n",
    "data/authors/eva.yaml": "name: Eva Falk\n",
    "content/english/yard/keel.md": HUGO_HEAD.format("Keel", "kim-lund, max, eva"),
    "content/fr/chantier/quille.md": HUGO_HEAD.format("Quille", "kim-lund"),
    "content/english/about.md": "---\ntitle: About\n---\nAbout.\n",
}

PELICAN_POST = (
    "The keel\n########\n\n:date: 2026-11-15 10:00\n:category: yard\n:authors: Kim Lund\n\n" + BODY
)


class Folder(NamedTuple):
    """What a folder of a generator becomes: for each title the fields of its article that count."""

    files: Files
    articles: dict[str, dict[str, object]]
    archive: bool = False
    quarantined: tuple[str, ...] = ()


FOLDERS = {
    "hugo": Folder(
        HUGO,
        {
            "Keel: laid": {
                "section": "yard",
                "slug": "the-keel",
                "weight": 3,
                "aliases": ("/old/keel/", "/yard/the-keel/"),
                "authors": ["Kim Lund", "Max Nord"],
                "date": "2026-11-15T10:00:00+01:00",
                "updated": "2026-11-16",
                "expires_at": "2027-01-01",
                "summary": "How it was laid.",
                "mood": "calm",
                "assets": ["keel.jpg"],
            },
            "Later": {"publish_at": "2026-12-24T08:00:00+00:00"},
            "Half": {"status": "draft"},
            "Code": {"status": "draft"},
            "Kiel": {"lang": "de"},
            "About": {"kind": "page", "path": "content/pages/about.md"},
        },
    ),
    "zola": Folder(
        ZOLA,
        {
            "Keel": {
                "date": "2026-11-15",
                "tags": ("yard", "oak"),
                "section": "yard",
                "mood": "calm",
                "slug": "keel",
            }
        },
    ),
    "jekyll": Folder(
        JEKYLL,
        {
            "No": {  # a title, and no falsehood
                "authors": ["Max Nord"],
                "date": "2026-11-15",
                "section": "yard",
                "tags": ("boats", "oak"),
                "slug": "the-keel",
                "assets": ["keel.jpg"],
            },
            "No title": {"authors": ["Gina Holt"]},
            "Idea": {"status": "draft"},
            "About": {},
        },
    ),
    "hexo": Folder(
        HEXO,
        {
            "Keel": {
                "date": "2026-11-15T10:00:00+01:00",
                "section": "yard",
                "tags": ("Boats", "oak"),
                "assets": ["keel.jpg"],
            },
            "Idea": {},
            "About": {},
        },
        quarantined=("source/about/index.md",),  # it has no text
    ),
    "pelican": Folder(
        PELICAN,
        {
            "Keel": {
                "authors": ["Kim Lund", "Max Nord"],
                "date": "2026-11-15T10:00:00+01:00",
                "slug": "the-keel",
                "tags": ("oak", "keel"),
                "summary": "How it was laid.",
                "assets": ["keel.jpg"],
            },
            "Hidden": {"authors": ["Gina Holt"], "status": "draft"},
            "Old": {},
            "About": {},
        },
    ),
    "pelican in reStructuredText": Folder(
        {"pelicanconf.py": 'SITENAME = "Slipway"\n', "content/keel.rst": PELICAN_POST},
        {"The keel": {"section": "yard", "date": "2026-11-15T10:00:00+01:00"}},
    ),
    "nikola": Folder(
        NIKOLA_FOLDER,
        {
            "Keel": {
                "date": "2026-11-15T10:00:00+01:00",
                "section": "yard",
                "tags": ("oak",),
                "status": "draft",
                "authors": ["Gina Holt"],
            },
            "Two": {"status": "withheld", "authors": ["Max Nord"]},
            "About": {},
        },
    ),
    "eleventy in an archive": Folder(
        ELEVENTY,
        {
            "Keel": {"tags": ("oak",), "credit": "Ruta Lind"},
            "Hidden": {"status": "draft"},
            "Made": {"status": "draft"},  # its date is that of a file, which nobody knows any more
        },
        archive=True,
    ),
    "a plain folder": Folder(
        PLAIN,
        {
            "Keel": {"section": "yard"},
            "Broken: a colon": {"status": "draft"},
            "Item": {"source": "F"},
        },
    ),
    "hugo with authors and languages": Folder(
        HUGO_LANGUAGES,
        {
            "Keel": {
                "authors": ["Kim Lund-Ames", "Max Nord", "Eva Falk"],
                "section": "yard",
                "lang": "en",
            },
            "Quille": {"authors": ["Kim Lund-Ames"], "section": "chantier", "lang": "fr"},
            "About": {},
        },
    ),
}
# Fields whose value is not compared as it is.
SHOWN: dict[str, Callable[[Document], object]] = {
    "authors": lambda article: [person.name for person in article.authors],
    "assets": lambda article: [asset.rpartition("-")[2] for asset in article.assets],
    "credit": lambda article: article.image.credit if article.image else "",
    "source": lambda article: article.source.name,
    "mood": lambda article: article.extra["mood"],
}


def field(article: Document, name: str) -> object:
    return SHOWN[name](article) if name in SHOWN else getattr(article, name)


def is_left(item: ImportedItem) -> bool:
    return item.outcome in ("failed", "quarantined")


@pytest.mark.parametrize("name", FOLDERS)
def test_what_articles_become(root: Path, name: str) -> None:
    folder = FOLDERS[name]
    report, found = bring(root, folder.files, folder.archive)
    assert {
        title: {name: field(found[title], name) for name in fields}
        for title, fields in folder.articles.items()
        if title in found
    } == folder.articles
    assert found.keys() == folder.articles.keys()
    assert [item.origin.split("/blog/")[-1] for item in report.items if is_left(item)] == list(
        folder.quarantined
    )


def test_files_of_a_generator_that_are_no_articles_are_skipped_with_a_reason(root: Path) -> None:
    report, _ = bring(root, HUGO)
    skipped = {
        item.origin.split("/blog/")[-1].removeprefix("blog/"): item.reason
        for item in report.items
        if item.outcome == "skipped"
    }
    assert set(skipped) == {
        "content/_index.md",
        "hugo.yaml",
        "layouts/single.html",
        "public/index.html",
        "themes/x/README.md",
    }
    assert all(skipped.values())


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("content/keel.md", 'path = "2026/11/15/keel"'),
        ("content/yard/keel.md", 'path = "/yard/2026/11/15/the-keel/"'),
        ("content/2026/11/15/keel.md", ""),
        ("content/yard/keel.md", 'url = "/2026-11-15/keel/"'),
    ],
)
def test_a_day_in_the_path_is_the_date(root: Path, name: str, head: str) -> None:
    page = f"+++\ntitle = 'Keel'\nauthors = ['Kim Lund']\n{head}\n+++\n{BODY}"
    _, found = bring(root, {"config.toml": "base_url = 'https://blog.example'\n", name: page})
    assert (found["Keel"].date, found["Keel"].status) == ("2026-11-15", "published")


NIKOLA = """\
.. title: {}
.. slug: {}
.. date: 2026-11-15 10:00:00 UTC
.. author: Kim Lund

The *keel* of the ``pilot`` boat was laid on Sunday, see `the plans <https://plans.example/>`_ and `Yard`_.

.. TEASER_END

How it went
-----------

* One
* Two

.. code-block:: sh

    launch --now

.. image:: k.jpg
   :alt: The keel

.. _Yard: https://yard.example/
"""  # noqa: E501
NIKOLA_BODY = """\
The *keel* of the `pilot` boat was laid on Sunday, see [the plans](https://plans.example/) and [Yard](https://yard.example/).

## How it went

* One
* Two

```sh
launch --now
```

![The keel](2026-11-15-keel-k.jpg)
"""


@pytest.mark.parametrize("suffix", ["txt", "rst"])
def test_nikola_posts_in_restructuredtext(root: Path, suffix: str) -> None:
    _, found = bring(
        root,
        {
            "conf.py": 'BLOG_TITLE = "Slipway"\nPOSTS = (("posts/*.txt", "posts", "post.tmpl"),)\n',
            f"posts/keel.{suffix}": NIKOLA.format("Keel", "keel"),
            "posts/k.jpg": PHOTO,
            f"posts/two.{suffix}": BODY,
            "posts/two.meta": (
                ".. title: Two\n.. date: 2026-11-16 10:00:00 UTC\n.. author: Max Nord\n"
            ),
            f"posts/chart.{suffix}": (
                ".. title: Chart\n.. date: 2026-11-16\n.. author: Max Nord\n\n.. chart:: Bar\n\n  "
                " 1, 2\n\n" + BODY
            ),
            f"pages/about.{suffix}": ".. title: About\n\n" + BODY,
        },
    )
    assert set(found) == {"Keel", "Two", "Chart", "About"}
    path = next((root / "content").rglob("*keel.md"))
    assert path.read_text().split("\n---\n\n", 1)[1] == NIKOLA_BODY
    assert found["Two"].authors[0].name == "Max Nord"
    assert found["Chart"].status == "draft"


def linked_posts(head: str, link: str, name: str = "one") -> str:
    return head.format(name) + f"{BODY.strip()} See {link}.\n"


HEAD = "---\ntitle: {0}\ndate: 2026-11-15\nauthor: Kim Lund\n---\n"


@pytest.mark.parametrize(
    ("files", "one", "two", "link"),
    [
        (
            {"pelicanconf.py": "SITENAME = 'S'\n"},
            "content/yard/one.md",
            "content/yard/two.md",
            "[two]({filename}two.md#more)",
        ),
        (
            {"pelicanconf.py": "SITENAME = 'S'\n"},
            "content/yard/one.md",
            "content/yard/two.md",
            "[two](|filename|/yard/two.md#more)",
        ),
        (
            {"zola.toml": "base_url = 'https://b.example'\n"},
            "content/yard/one.md",
            "content/yard/two.md",
            "[two](@/yard/two.md#more)",
        ),
        (
            {"hugo.toml": "title = 'S'\n"},
            "content/yard/one.md",
            "content/yard/two/index.md",
            '[two]({{< relref "two.md#more" >}})',
        ),
        (
            {"hugo.toml": "title = 'S'\n"},
            "content/yard/one.md",
            "content/yard/two.md",
            '[two]({{% ref "/yard/two" %}}#more)',
        ),
        (
            {"_config.yml": "title: S\n"},
            "_posts/2026-11-15-one.md",
            "_posts/2026-11-15-two.md",
            "[two]({% post_url 2026-11-15-two %})",
        ),
        (
            {"_config.yml": "source_dir: source\n"},
            "source/_posts/one.md",
            "source/_posts/two.md",
            "{% post_link two 'two' %}",
        ),
        ({"conf.py": "POSTS = 1\n"}, "posts/one.md", "posts/two.md", "[two](link://slug/two#more)"),
        ({}, "yard/one.md", "yard/two.md", "[two](two.md#more)"),
    ],
)
@pytest.mark.parametrize("both", [True, False])
def test_links_between_the_texts_of_an_import_lead_to_the_articles(
    root: Path, files: dict[str, str], one: str, two: str, link: str, both: bool
) -> None:
    back = (
        link.replace("two", "one").replace("one.md", one.rpartition("/")[2])
        if both and "/index" not in two
        else "nothing"
    )
    _, found = bring(
        root, {**files, one: linked_posts(HEAD, link), two: linked_posts(HEAD, back, "two")}
    )
    assert {d.status for d in found.values()} == {"published"}
    section = found["two"].section
    body = next((root / "content").rglob("*one.md")).read_text()
    assert f"[two](/{section}/2026/11/15/two/" in body
    assert (root / f"output/{section}/2026/11/15/two/index.html").exists()


def test_a_link_to_a_text_that_is_not_there_makes_a_draft_and_is_named(root: Path) -> None:
    report, found = bring(
        root,
        {
            "pelicanconf.py": "SITENAME = 'S'\n",
            "content/one.md": linked_posts(HEAD, "[two]({filename}gone.md)"),
        },
        warnings=("link",),
    )
    assert found["one"].status == "draft"
    assert "`gone.md`" in report.items[-1].reason + report.items[0].reason
    assert report.count("created") == 1


@pytest.mark.parametrize(
    ("sort", "kind", "status"),
    [
        ("", "page", "published"),
        ('sort_by = "weight"\n', "page", "published"),
        ('sort_by = "date"\n', "article", "draft"),  # an article that lacks its day
    ],
)
def test_a_text_without_a_day_is_a_page_in_a_section_that_is_not_sorted_by_days(
    root: Path, sort: str, kind: str, status: str
) -> None:
    _, found = bring(
        root,
        {
            "zola.toml": "base_url = 'https://b.example'\n",
            "content/help/_index.md": f"+++\ntitle = 'Help'\n{sort}+++\n",
            "content/help/boats.md": f"+++\ntitle = 'Boats'\n+++\n{BODY}",
        },
    )
    one = found["Boats"]
    assert (one.kind, one.status) == (kind, status)
