"""After any sequence of edits the output is that of a cold build, byte for byte, and only what
changed is made."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from sitegen.engine.addresses import recording, write_recording
from sitegen.engine.articles import read_documents
from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.engine.renderers import LastRenderer
from sitegen.model.output import BuildReport
from tests.conftest import SITE, Digest

START = "2026-11-24T12:00:00+00:00"
NAMES = ["Ann Ames", "Bo Berg", "Cy Cole", "Di Dow"]
TAGS = ["tides", "oil", "Ports", "ice", "fog"]
TERMS = ["Europe", "europe/France", "Europe/Spain", "Tide", "oil"]
SECTIONS = ["world", "city", "sport"]
LANGUAGES = ["de", "fr"]


def drawing(number: int) -> bytes:
    """A small picture, each number another one."""
    out = io.BytesIO()
    Image.new("RGB", (20 + number % 7, 20), (number % 256, 90, 160)).save(out, "PNG")
    return out.getvalue()


class Edited(Digest):
    """A site that is edited at random, with every file's time moving on by a minute."""

    def __init__(self, root: Path, seed: int) -> None:
        super().__init__(root)
        self.random = random.Random(seed)
        self.minute = 0
        self.now = 0
        self.count = 0
        self.articles: dict[str, dict[str, str]] = {}
        self.renderer = LastRenderer() if seed % 2 else None  # as `serve` has it
        self.preview = seed % 4 == 3
        self.write("content/world/p.png", b"\x89PNG 0")
        self.write("content/world/q.png", drawing(0))
        self.write("content/world/cargo.csv", "Name,Crates\na,1\n")
        for _ in range(9):
            self.add()

    def write(self, name: str, text: str | bytes) -> Path:
        path = super().write(name, text)
        if name == "site.yaml":
            self.open_editions()  # some may be of a series that is not there any more
        self.minute = getattr(self, "minute", 0) + 1
        os.utime(path, (1_700_000_000 + 60 * self.minute,) * 2)
        return path

    def save(self, name: str) -> None:
        a = self.articles[name]
        head = "".join(f"{key}: {value}\n" for key, value in a.items() if key != "body")
        self.write(name, f"---\n{head}---\n\n{a['body']}\n")

    def pick(self) -> str:
        return self.random.choice(sorted(self.articles) or [self.add()])

    def add(self) -> str:
        self.count += 1
        name = f"content/{self.random.choice(SECTIONS)}/a{self.count}.md"
        self.articles[name] = {
            "title": f"Title {self.count}",
            "date": f"2026-11-{self.random.randint(1, 28):02}",
            "authors": json.dumps(self.some(NAMES)),
            "tags": json.dumps(self.some(TAGS)),
            "body": f"Body {self.count}. {self.images()}",
        }
        self.save(name)
        return name

    def images(self) -> str:
        """What an article shows: nothing, an image, or one that is broken, too."""
        return "![p](/world/p.png) ![q](/world/q.png)"[19 * self.random.randint(0, 2) :]

    def some(self, values: list[str]) -> list[str]:
        return self.random.sample(values, self.random.randint(1, 2))

    def change(self, key: str, value: str) -> None:
        name = self.pick()
        self.articles[name][key] = value
        self.save(name)

    # What can happen to a site

    def edit_body(self) -> None:
        self.change("body", f"Body anew {self.minute}.")

    def edit_title(self) -> None:
        self.change("title", f"Title anew {self.minute}")

    def edit_summary(self) -> None:
        self.change("summary", f"Summary anew {self.minute}")

    def edit_date(self) -> None:
        self.change("date", f"2026-11-{self.random.randint(1, 28):02}")

    def edit_tags(self) -> None:
        self.change("tags", json.dumps(self.some(TAGS)))

    def edit_authors(self) -> None:
        self.change("authors", json.dumps(self.some(NAMES)))

    def toggle_draft(self) -> None:
        self.change("status", self.random.choice(["draft", "published", "withdrawn"]))

    def correct(self) -> None:
        self.change(
            "corrections",
            json.dumps(
                [
                    {
                        "date": f"2026-11-{self.random.randint(1, 28):02}",
                        "text": f"Put right {self.minute}",
                    }
                ]
            ),
        )

    def translate(self) -> None:
        self.change("translation_of", self.random.choice(sorted(self.articles) or [""]))

    def edit_comment(self) -> None:
        said = ["Our view", f"{{text: Said {self.minute}, by: Ruta}}", ""]
        self.change("comment", self.random.choice(said))

    def edit_genre(self) -> None:
        self.change("genre", self.random.choice(["Opinion", "analyse", "Glosse", ""]))

    def edit_length(self) -> None:
        """Lists say how long reading takes."""
        self.change("body", "word " * self.random.choice([9, 199, 200, 221, 900]))

    def edit_permalink(self) -> None:
        name = self.pick()
        self.articles[name]["permalink"] = self.random.choice(["own", "source"])
        self.articles[name]["source"] = "{name: Post, url: 'https://post.example/x'}"
        self.save(name)

    def edit_rights(self) -> None:
        self.change(
            "rights",
            self.random.choice(["{show: excerpt, words: 2}", "{show: link}", "{show: full}"]),
        )

    def delete(self) -> None:
        name = self.pick()
        del self.articles[name]
        (self.root / name).unlink()

    def rename(self) -> None:
        name = self.pick()
        self.count += 1
        new = f"content/{self.random.choice(SECTIONS)}/r{self.count}.md"
        self.articles[new] = self.articles.pop(name)
        (self.root / name).unlink()
        self.save(new)

    def edit_config(self) -> None:
        (self.root / "theme/templates/404.html").unlink(
            missing_ok=True
        )  # it may ask what only a plugin answers
        extra = self.random.choice(
            [
                "pagination: 3\n",
                "description: D\n",
                "language: de\n",
                "related: {count: 2, days: 9}\n",
                "language: ar\neditions: {kind: monthly}\n",
                "sections: {sport: {title: Games}}\n",
                "feeds: {items: 4}\n",
                "feeds: {formats: [atom, rss, json], text: [site, section, tag, author], items: 3}\n",  # noqa: E501
                "share: {cards: all}\nlanguage: fr\n",
                "share: {cards: site}\nfeeds: {ninjs: true}\neditions: {kind: daily}\n",
                "stories: {kind: key}\n",
                "markdown: {highlight: true, math: true}\nembeds: [youtube]\n",
                "robots: {ai: deny}\nhumans: A\nnoindex: true\n",
                "sections: {sport: {permalink: '/s/{id}/'}}\n",
                "stories: {hours: 200}\n",
                "editions: {kind: daily, order: oldest}\n",
                "editions: {kind: weekly, title: 'No. {number}'}\npagination: 2\n",
                "editions: {kind: weekly, email: true, epub: true}\nfeeds: {ninjs: true}\n",
                "editions: [{kind: weekly, closes: 'friday 12:00', intro: '{count} of {end}'},"
                " {name: Tag A, kind: daily, tags: [a], email: true}]\npagination: 2\n",
                "editions: [{name: English, kind: weekly, language: en, feed: false},"
                " {name: Sport, kind: monthly, sections: [sport], closes: 20 12:00}]\n"
                "sections: {sport: {}, world: {}}\n",
                "editions: {kind: monthly, epub: true, sender: a@b.example}\ncanonical: self\nmining: {reserve: true}\nlogo: /l.png\n",  # noqa: E501
            ]
        )
        self.write("site.yaml", SITE + extra)

    def reprint(self) -> None:
        """Two articles get one text, as from one agency."""
        text = " ".join(
            f"harbour{n % 7} reports{n} from{n // 5}" for n in range(self.random.randint(1, 3), 60)
        )
        for _ in range(2):
            self.change("body", text)

    def name_story(self) -> None:
        self.change("story", self.random.choice(["quay", "none", "fog"]))

    def edition_key(self) -> str:
        """The key of an edition that the site may have."""
        keys = ["2026-w46", "2026-w47", "2026-11-20", "2026-11-03"]
        settings = (self.root / "site.yaml").read_text()
        if "name: English" in settings:
            keys = ["english/2026-w46", "sport/2026-11"]
        elif "name: Tag A" in settings:
            keys = [*keys, "tag-a/2026-11-20", "tag-a/2026-11-03"]
        return self.random.choice(keys)

    def close_edition(self) -> None:
        key = self.edition_key()
        rows = [f"- {json.dumps(name)}\n" for name in self.some(sorted(self.articles) * 2)]
        text = (
            f"number: {self.random.randint(1, 4)}\npublished:"
            f" 2026-11-20\narticles:\n{''.join(rows)}"
        )
        self.write(f"content/editions/{key}.yaml", text)

    def plan_edition(self) -> None:
        key = self.edition_key()
        listed = self.some(sorted(self.articles) * 2)
        rows = [f"- {{article: {json.dumps(name)}, comment: So}}\n" for name in listed]
        words = f"intro: Hello {self.minute}\noutro: {{text: Bye, by: Ruta}}\n"
        self.write(f"content/editions/{key}.yaml", f"{words}articles:\n{''.join(rows)}")

    def open_editions(self) -> None:
        shutil.rmtree(self.root / "content/editions", ignore_errors=True)

    def edit_edition(self) -> None:
        names = [
            "2026-w46",
            "2026-11-20",
            "special",
            "sport/2026-11",
            "[2026-w47, english/2026-w46]",
        ]
        self.change("edition", self.random.choice(names))

    def override_template(self) -> None:
        text = (
            "{% extends 'base.html' %}{% block main %}<h1>{{ page.title }}</h1>"
            + str(self.minute)
            + "{{ body }}{% endblock %}"
        )
        self.write("theme/templates/article.html", text)

    def edit_messages(self) -> None:
        self.write(
            "theme/locales/en.po",
            f'msgid "Sections"\nmsgstr "Parts {self.minute}"\n\nmsgid "Tags"\nmsgstr "Labels"\n',
        )

    def edit_person(self) -> None:
        links = self.random.choice(
            ["", "links: ['https://ann.example/']\nphoto: /world/p.png\naliases: [Bo Berg]\n"]
        )
        self.write(
            "content/authors/ann.md", f"---\nname: Ann Ames\n{links}---\nBio {self.minute}.\n"
        )

    def edit_plugin(self) -> None:
        self.write("site.yaml", SITE + "plugins: [own]\n")
        kinds = [
            (
                "def transform_document(document, html):\n    return document, html +"
                f" '<p>{self.minute}</p>'\n"
            ),
            f"def post_render(output, data):\n    return data + b'<!-- {self.minute} -->'\n",
            f"filters = {{'mark': lambda text: text + '{self.minute}'}}\n",
            "queries = {'words': lambda site: sum(d.words for d in site.documents)}\n",
        ]
        self.write(
            "plugins/own.py",
            self.random.choice(kinds)
            + "queries = globals().get('queries') or {'words': lambda site: 0}\n",
        )
        self.write(
            "theme/templates/404.html",
            "{{ query('words') }}{% for c in query('latest') %}{{ c.title }}{% endfor %}",
        )

    def drop_template(self) -> None:
        (self.root / "theme/templates/article.html").unlink(missing_ok=True)

    def override_asset(self) -> None:
        self.write("theme/assets/extra.css", f"p{{margin:{self.minute}px}}")

    def edit_rich_body(self) -> None:
        part = self.random.choice(
            [
                "## One\n\nhttps://a.example/x\n\n## One {#two}",
                '![q](q.png "Caption | Credit")',
                "![p](p.png)\n\n![q](q.png)",
                "![Talk](/world/talk.mp3)",
                '![Cargo](/world/cargo.csv#bar "Caption")\n\n![Cargo](/world/cargo.csv)',
                "$`x^2`$\n\n```python\ndef f(): 1\n```\n\nhttps://youtu.be/abcdefgh",
                "[[Title 3]], [[a2]] and [[sport/a1|x]]",
            ]
        )
        self.articles[self.pick()]["toc"] = self.random.choice(["true", "false"])
        self.change("body", f"Body {self.minute}.\n\n{part}\n\n## Last")

    def edit_page(self) -> None:
        """A page of the site appears, changes, or becomes an article."""
        name = self.random.choice(["about", "imprint", "about/team"])
        extra = self.random.choice(
            [
                "",
                f"weight: {self.random.randint(0, 3)}\n",
                "status: withdrawn\n",
                "kind: article\ndate: 2026-11-09\nauthors: [Ann Ames]\n",
                f"updated: 2026-11-{self.random.randint(1, 28):02}\naliases: [/old-{name}/]\n",
                f"translation_of: content/pages/about.md\nlang: {self.random.choice(LANGUAGES)}\n",
                "publish_at: 2026-11-26\n",
            ]
        )
        title = self.random.choice(["About us", "Us", f"Page {self.minute}"])
        body = self.random.choice(["Text.", "[imprint](imprint.md) [[about]] ![q](/world/q.png)"])
        self.write(f"content/pages/{name}.md", f"---\ntitle: {title}\n{extra}---\n{body}\n")

    def drop_page(self) -> None:
        for path in sorted((self.root / "content/pages").rglob("*.md"))[:1]:
            path.unlink()

    def edit_menus(self) -> None:
        menus = self.random.choice(
            [
                "menus: {main: [world, about, {tag: tides}, nowhere]}\n",
                "menus: {footer: [imprint, {title: More, entries: [about/team, /tags/]}]}\n",
                "menus: {main: [], footer: []}\n",
                "pages: {permalink: '/p/{slug}/'}\n",
                "menus: {aside: [{author: ann-ames}]}\nsearch: false\n",
                f"menus: {{main: [{{title: M{self.minute}, entries: [city, /gone/]}}]}}\n",
            ]
        )
        (self.root / "theme/templates/404.html").unlink(missing_ok=True)
        self.write("site.yaml", SITE + menus)

    def edit_languages(self) -> None:
        languages = self.random.choice(
            [
                "languages: {de: {title: Zeitung}}\n",
                "languages: {de: {sections: {world: {title: Welt}}}, fr: {}}\nsearch: false\n",
                f"languages: {{fr: {{title: T{self.minute}, menus: {{main: [about, world]}}}}}}\n",
                "language: de\nlanguages: {en: {}, ar: {}}\nfeeds: {items: 2}\n",
                "languages: {en: {title: T2}}\n",
                "languages: {de: {title: Blatt}}\n"
                "editions: {kind: weekly, language: de, email: true, epub: true}\n",
            ]
        )
        (self.root / "theme/templates/404.html").unlink(missing_ok=True)
        self.write("site.yaml", SITE + languages)

    def edit_language(self) -> None:
        self.change("lang", self.random.choice(["de", "fr", "en", "de-AT", "pt"]))

    def add_translation(self) -> None:
        """An article appears in the folder of a language, as a translation of another one."""
        original = self.pick()
        self.count += 1
        folder = f"{self.random.choice(LANGUAGES)}/{self.random.choice(SECTIONS)}"
        name = f"content/{folder}/t{self.count}.md"
        self.articles[name] = self.articles[original] | {
            "title": f"Translation {self.count}",
            "translation_of": original,
        }
        self.save(name)

    def edit_data(self) -> None:
        rows = "".join(f"r{n},{n * self.minute}\n" for n in range(self.random.randint(1, 3)))
        self.write("content/world/cargo.csv", f"Name,Crates\n{rows}")
        self.write("content/world/talk.mp3", "sound" * self.minute)

    def edit_terms(self) -> None:
        key = self.random.choice(["places", "series", "tags"])
        if key == "series":
            self.articles[self.pick()]["weight"] = str(self.random.randint(0, 2))
        self.change(key, json.dumps(self.some(TERMS)))

    def edit_taxonomies(self) -> None:
        (self.root / "theme/templates/404.html").unlink(missing_ok=True)
        choice = self.random.choice
        places = choice(["", "feed: true", "profile: Place", "permalink: '/p/{slug}.html'"])
        series = choice(["ordered: true", "ordered: true, hierarchy: false", ""])
        tags = choice(["synonyms: {oil: ice}", "permalink: '/topic-{slug}/'", "hierarchy: true"])
        podcast = choice(["", "podcast: {image: /c.jpg, feeds: [site, section, series, tag]}\n"])
        topics = choice(["text has anew", "title ~ anew|Title 3 and not tags has fog"])
        self.write(
            "site.yaml",
            f"{SITE}pagination: {choice('2 9'.split())}\nfeeds: {{ninjs: true}}\ntaxonomies:"
            f" {{places: {{{places}}}, series: {{{series}}}, tags: {{{tags}}}}}\n"
            f"topics: {{news: '{topics}'}}\n{podcast}",
        )

    def edit_term_page(self) -> None:
        name = self.random.choice(["places/europe", "places/europe/france", "tags/ice"])
        settings = (self.root / "site.yaml").read_text()
        if "taxonomies" in settings:
            head = self.random.choice(["title: Named\n", "medtop: '20000002'\n"])
            self.write(f"content/terms/{name}.md", f"---\n{head}---\nOf {self.minute}.\n")

    def edit_site_data(self) -> None:
        name, text = self.random.choice(
            [
                ("prices.yaml", f"oil: {self.minute}\n"),
                ("people.csv", f"Name\nAnn {self.minute}\n"),
                ("teams/red.json", f"[{self.minute}]"),
            ]
        )
        self.write(f"data/{name}", text)

    def use_site_data(self) -> None:
        name = self.random.choice(["terms.html", "list.html"])
        used = self.random.choice(["site.data.prices.oil", "site.data", "site.data.teams"])
        shown = f"{{% block main %}}{{{{ {used} }}}}{{% endblock %}}"
        self.write("data/prices.yaml", f"oil: {self.minute}\n")
        self.write("data/teams/red.json", f"[{self.minute}]")
        self.write(f"theme/templates/{name}", f"{{% extends 'theme/{name}' %}}{shown}")

    def record_urls(self) -> None:
        """As a deployment does: what is lost is given up, or not."""
        output = self.root / "output"
        accept = self.random.random() < 0.3
        found = recording(self.root, output, "2026-11-24", accept)
        write_recording(self.root, found)

    def edit_urls(self) -> None:
        rows = self.random.choice(
            [
                "/old/\tgone\n",
                "/old/\tto\t/tags/\n/older/\tto\t/old/\n",
                "/x.html\ttag\toil\n",
                "/old/a3.html\told\t/old/a3.html\n/category/city/\told\t/category/city/\n",
            ]
        )
        path = self.root / "addresses.tsv"
        self.write("addresses.tsv", (path.read_text() if path.exists() else "") + rows)

    def edit_icon(self) -> None:
        (self.root / "theme/templates/404.html").unlink(missing_ok=True)
        self.write("static/icon.png", drawing(self.minute))
        settings = self.random.choice(
            ["icon: /icon.png\n", "icon: /icon.png\ntoc: 2\n", "toc: 1\n"]
        )
        self.write("site.yaml", SITE + settings)

    def edit_image(self) -> None:
        self.write("content/world/p.png", f"\x89PNG {self.minute}")
        self.write("content/world/q.png", drawing(self.minute))

    def image_settings(self) -> None:
        images = self.random.choice(
            [
                "",
                "images: {originals: true}\n",
                "images: {widths: [16]}\n",
                "images: {widths: []}\n",
            ]
        )
        self.write(
            "site.yaml", (self.root / "site.yaml").read_text().partition("images:")[0] + images
        )

    def static_file(self) -> None:
        self.write("static/robots-note.txt", f"{self.minute}")

    def swap_static(self) -> None:
        """A file becomes a folder, or the reverse."""
        place = self.root / "static/docs"
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        self.write(
            self.random.choice(["static/docs", "static/docs/one.txt", "static/docs/a/b.txt"]),
            f"{self.minute}",
        )

    def damage_manifest(self) -> None:
        path = self.root / ".output.sitegen-files"
        data = path.read_bytes()
        path.write_bytes(self.random.choice([b"", data[: len(data) // 2], data[:-1]]))

    def time_passes(self) -> None:
        self.now += self.random.randint(1, 3)

    def spoil_output(self) -> None:
        files = sorted(p for p in (self.root / "output").rglob("*.html"))
        if files and not self.preview:  # where nobody else writes
            self.random.choice(files).unlink()

    def lose_cache(self) -> None:
        shutil.rmtree(self.root / ".sitegen-cache", ignore_errors=True)

    def another_process(self) -> None:
        """Somebody else builds the site, perhaps while an article is away."""
        name = self.pick()
        away = self.root / "away.md"
        if moved := self.random.random() < 0.5:
            (self.root / name).rename(away)
        build(msgspec.structs.replace(self.options(), output=str(self.root / "elsewhere")))
        if moved:
            away.rename(self.root / name)

    def options(self) -> BuildOptions:
        now = f"2026-11-{24 + min(self.now, 6):02}T12:00:00+00:00"
        return BuildOptions(root=str(self.root), now=now, jobs=1, preview=self.preview)

    def make(self) -> BuildReport:
        return build(self.options(), renderer=self.renderer)


OPERATIONS: list[Callable[[Edited], None]] = [
    getattr(Edited, name)
    for name in (
        "edit_body edit_title edit_summary edit_date edit_tags edit_authors toggle_draft correct"
        " translate edit_rights edit_comment edit_permalink add delete rename edit_config reprint"
        " name_story close_edition"
        " open_editions plan_edition edit_edition override_template edit_messages"
        " edit_person edit_plugin"
        " edit_rich_body edit_icon edit_data edit_page drop_page edit_menus record_urls edit_urls"
        " edit_terms edit_taxonomies edit_term_page edit_site_data use_site_data"
        " edit_languages edit_language add_translation edit_genre edit_length"
        " drop_template override_asset edit_image image_settings static_file time_passes"
        " spoil_output another_process lose_cache swap_static damage_manifest"
    ).split()
]


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@given(st.integers(0, 10**9), st.lists(st.sampled_from(OPERATIONS), min_size=1, max_size=8))
@settings(
    max_examples=int(os.environ.get("SITEGEN_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_incremental_output_is_that_of_a_cold_build(
    seed: int, operations: list[Callable[[Edited], None]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Edited(Path(folder), seed)
        site.make()
        for operation in operations:
            operation(site)
            site.make()
            shutil.rmtree(site.root / "cold", ignore_errors=True)
            cold = Path(folder) / "copy"
            shutil.copytree(
                site.root,
                cold,
                ignore=shutil.ignore_patterns(
                    "output", ".output*", ".sitegen-cache", "*elsewhere*"
                ),
            )
            build(msgspec.structs.replace(site.options(), root=str(cold)))
            assert files(site.root / "output") == files(cold / "output"), operation.__name__
            shutil.rmtree(cold)
        again = site.make()
        assert (again.written, again.removed) == (0, 0)


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    site = Edited(tmp_path, 1)
    site.make()
    return site


def made(site: Edited) -> set[str]:
    """The outputs that the next build makes."""
    before = {p: p.stat().st_mtime_ns for p in (site.root / "output").rglob("*") if p.is_file()}
    site.make()
    after = {p: p.stat().st_mtime_ns for p in (site.root / "output").rglob("*") if p.is_file()}
    return {
        p.relative_to(site.root / "output").as_posix() for p in after if before.get(p) != after[p]
    }


def test_a_body_makes_its_page_and_the_feed_that_holds_it(edited: Edited) -> None:
    name = next(n for n in edited.articles if edited.articles[n]["date"] <= "2026-11-24")
    edited.articles[name] |= {"summary": "Kept"}
    edited.save(name)
    edited.make()
    edited.articles[name]["body"] = "Another body."
    edited.save(name)
    changed = made(edited)
    assert changed >= {"feed.xml", "rss.xml", "feed.json"}
    assert sum(n.endswith("/feed.xml") for n in changed) == 1, (
        "that of its section; those of lists hold summaries"
    )
    assert len(changed) == 5
    assert any(n.endswith(f"/{Path(name).stem}/index.html") for n in changed)


def test_a_title_makes_only_the_pages_that_show_it(edited: Edited) -> None:
    edited.write("site.yaml", SITE + "pagination: 3\n")
    edited.make()
    name = next(n for n in sorted(edited.articles) if edited.articles[n]["date"] <= "2026-11-24")
    edited.articles[name]["title"] = "Quite another title"
    edited.save(name)
    changed = made(edited)
    assert changed
    assert [
        n
        for n in changed
        if b"Quite another title" not in (edited.root / "output" / n).read_bytes()
    ] == []


def test_values_that_python_takes_for_equal_differ_for_a_process_that_remembers(
    tmp_path: Path,
) -> None:
    site = Edited(tmp_path, 1)
    site.write("theme/templates/article.html", "<p>{{ page.extra }}")
    site.write("theme/templates/hot.html", "{{ page.data }}")
    site.write("site.yaml", SITE + "plugins: [own]\n")
    page = "{'url': '/hot/', 'title': 'Hot', 'template': 'hot.html', 'data': d.extra}"
    site.write(
        "plugins/own.py",
        f"def add_pages(site):\n    return [{page} for d in site.documents if d.extra]\n",
    )
    name = next(n for n in site.articles if site.articles[n]["date"] <= "2026-11-24")
    for value in ("1", "true", "1.0"):
        site.articles[name]["extra"] = f"{{hot: {value}}}"
        site.save(name)
        site.make()
        found = [
            n
            for n, data in files(site.root / "output").items()
            if n.endswith(".html") and f"{value.capitalize()}}}".encode() in data
        ]
        assert len(found) == 2 and "hot/index.html" in found, value


def test_a_process_that_remembers_notices_what_another_one_has_forgotten(tmp_path: Path) -> None:
    site = Edited(tmp_path, 1)
    site.make()
    name = next(n for n in site.articles if site.articles[n]["date"] <= "2026-11-24")
    page = next(
        n for n in files(site.root / "output") if n.endswith(f"/{Path(name).stem}/index.html")
    )
    (site.root / name).rename(site.root / "away.md")
    build(msgspec.structs.replace(site.options(), output=str(site.root / "elsewhere")))
    (site.root / "away.md").rename(site.root / name)
    site.write("theme/templates/article.html", "{{ body }}")
    site.make()
    assert (
        site.articles[name]["body"].partition(" !")[0].encode() in files(site.root / "output")[page]
    )


def test_an_article_that_another_command_knows_to_be_gone_is_removed(edited: Edited) -> None:
    name = next(n for n in edited.articles if edited.articles[n]["date"] <= "2026-11-24")
    pages = {n for n in files(edited.root / "output") if f"/{Path(name).stem}/" in n}
    (edited.root / name).unlink()
    read_documents(edited.root)
    edited.make()
    assert pages and pages.isdisjoint(files(edited.root / "output"))


def test_a_template_makes_only_the_pages_that_use_it(edited: Edited) -> None:
    edited.override_template()
    edited.write("theme/templates/unused.html", "x")
    changed = made(edited)
    assert changed
    assert all("/2026/" in name for name in changed)


def test_a_change_that_leaves_the_bytes_alone_writes_nothing(edited: Edited) -> None:
    text = "{# a remark #}{% extends 'base.html' %}{% block main %}{% endblock %}"
    edited.write("theme/templates/404.html", text)
    edited.make()
    edited.write("theme/templates/404.html", text.replace("remark", "note"))
    assert made(edited) == set()


def test_the_newest_article_changes_no_page_that_was_numbered_before(edited: Edited) -> None:
    edited.write("site.yaml", SITE + "pagination: 2\n")
    edited.make()
    numbered = {n for n in files(edited.root / "output") if "/page/" in n}
    name = edited.add()
    edited.articles[name]["date"] = "2026-11-24"
    edited.save(name)
    changed = made(edited) & numbered
    # Only the last numbered page of each list may change: it learns of the page that now follows
    # it.
    lists = [n.rsplit("/page/", 1)[0] for n in changed]
    assert len(lists) == len(set(lists))


ARTICLE = (
    "---\ntitle: Title {}\ndate: 2026-11-01\nauthors: [Ann Ames]\n---\n\n![x](/world/x.png)"
    " ![p](/world/p.png)\n"
)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("static/n.txt", b"AAAA", b"BBBB"),
        ("content/world/z.md", ARTICLE.format("A").encode(), ARTICLE.format("B").encode()),
        ("content/world/p.png", b"\x89PNG A", b"\x89PNG B"),
        (
            "content/authors/ann.md",
            b"---\nname: Ann Ames\n---\nBio A.\n",
            b"---\nname: Ann Ames\n---\nBio B.\n",
        ),
        ("theme/assets/extra.css", b"p{margin:1px}", b"p{margin:2px}"),
    ],
)
def test_an_edit_that_keeps_size_and_time_is_seen(
    edited: Edited, name: str, old: bytes, new: bytes
) -> None:
    edited.write("content/world/z.md", ARTICLE.format("A"))
    for data in (old, new):
        path = edited.write(name, data)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        edited.make()
    seen = files(edited.root / "output")
    for folder in ("output", ".sitegen-cache"):
        shutil.rmtree(edited.root / folder)
    edited.make()
    assert seen == files(edited.root / "output")
