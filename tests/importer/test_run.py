"""Whole imports: idempotent, careful with edits, and always buildable."""

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.config.schema import Config
from sitegen.content.article import parse
from sitegen.content.discover import discover
from sitegen.content.frontmatter import read_front_matter
from sitegen.content.seal import is_sealed
from sitegen.engine.build import build
from sitegen.engine.cluster import connected
from sitegen.engine.options import BuildOptions
from sitegen.engine.workers import Processes
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.place.placer import EDITED
from sitegen.importer.run import import_all
from sitegen.scaffold.site import InitAnswers, init
from tests.engine.clusters import dask_cluster
from tests.importer.formats.test_web_archives import record
from tests.importer.samples import PAGE, PLAIN_EN, RELATIVE_FR, SPUN

NOW = "2026-11-24T12:00:00+00:00"
SPUN_PATH = "content/news/2023-03-14-harbour-council-weighs-a-longer-pier-after-the-storm.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "site.yaml").write_text(
        "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
    )
    return site


def config(root: Path) -> Config:
    return load_config((root / "site.yaml").read_text(), "site.yaml")


def put(root: Path, name: str, text: str | bytes) -> str:
    path = root.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def run(root: Path, *paths: str, stdin: str = "", **more: object) -> ImportReport:
    return import_all(
        root, config(root), paths, ImportOptions(**more), given={"-": stdin} if stdin else {}
    )  # type: ignore[arg-type]


def files(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted((root / "content").rglob("*"))
        if p.is_file()
    }


def test_text_to_article_that_reads_without_a_warning(root: Path) -> None:
    report = run(root, put(root, "a.txt", SPUN))
    assert [(i.outcome, i.path) for i in report.items] == [("created", SPUN_PATH)]
    data = (root / SPUN_PATH).read_bytes()
    parsed = parse(data, SPUN_PATH, config(root))
    assert parsed.diagnostics == () and parsed.document is not None
    doc = parsed.document
    assert [p.name for p in doc.authors] == [
        "Ines D. Calder",
        "Tomas B. Wey",
    ] and doc.dateline == "PORT SALM"
    assert doc.extra["quality"]["spun"] > 0.5 and set(doc.extra["import"]) == {
        "from",
        "key",
        "digest",
    }
    keys = list(read_front_matter(data.decode(), SPUN_PATH).values)
    assert keys == [
        "id",
        "title",
        "dek",
        "authors",
        "credits",
        "date",
        "section",
        "dateline",
        "lang",
        "extra",
    ]
    assert str(root.parent).encode() not in data


def test_second_import_changes_nothing(root: Path) -> None:
    paths = [
        put(root, "in/a.txt", SPUN),
        put(root, "in/b.txt", PLAIN_EN),
        put(root, "in/c.html", PAGE),
    ]
    assert run(root, *paths).count("created") == 3
    before = files(root)
    report = run(root, str(root.parent / "in"))
    assert [i.outcome for i in report.items] == ["unchanged"] * 3 and files(root) == before


def test_update_and_edit(root: Path) -> None:
    path = put(root, "a.txt", SPUN)
    run(root, path)
    put(root, "a.txt", SPUN.replace("sell the old crane", "sell the oldest crane"))
    assert run(root, path).items[0].outcome == "updated"
    assert "oldest crane" in (root / SPUN_PATH).read_text()
    edited = (root / SPUN_PATH).read_text().replace("title: Harbour", "title: The Harbour")
    (root / SPUN_PATH).write_text(edited)
    put(root, "a.txt", SPUN.replace("sell the old crane", "sell both cranes"))
    item = run(root, path).items[0]
    assert (
        item.outcome == "kept"
        and "edited" in item.reason
        and (root / SPUN_PATH).read_text() == edited
    )


def test_canonical_address_is_the_identity(root: Path) -> None:
    first = run(root, put(root, "a.html", PAGE)).items[0].path
    again = run(
        root,
        put(
            root,
            "b.html",
            PAGE.replace("oldest ship", "eldest ship").replace("?utm_source=x", "#top"),
        ),
    )
    assert [(i.outcome, i.path) for i in again.items] == [("updated", first)]


def test_two_articles_with_one_headline_both_stay(root: Path) -> None:
    other = SPUN.split("PORT SALM")[0] + "\n\n".join(
        f"Paragraph {n} of another article altogether, long enough to be read as prose by anyone."
        for n in range(5)
    )
    report = run(root, put(root, "a.txt", SPUN), put(root, "b.txt", other))
    assert len({i.path for i in report.items}) == 2


def test_taken_address_gets_a_suffix(root: Path) -> None:
    put(
        root,
        "site/" + SPUN_PATH,
        "---\ntitle: Mine\ndate: 2023-03-14\nauthors: [Me]\n---\n\nMine.\n",
    )
    before = files(root)[SPUN_PATH]
    item = run(root, put(root, "a.txt", SPUN)).items[0]
    assert item.outcome == "created" and item.path != SPUN_PATH and files(root)[SPUN_PATH] == before


def test_dry_run_writes_nothing(root: Path) -> None:
    report = run(
        root, put(root, "a.txt", SPUN), put(root, "b.bin", b"\x89PNG\r\n\x1a\n\0"), dry_run=True
    )
    assert files(root) == {} and "+title: Harbour Council" in report.items[0].change


def test_bad_inputs_do_not_stop_the_others(root: Path) -> None:
    paths = [
        put(root, "x.bin", b"\x89PNG\r\n\x1a\n\0"),
        put(root, "empty.txt", b""),
        str(root.parent / "absent.txt"),
        put(root, "short.txt", "Home\nLogin\n"),
        put(root, "a.txt", SPUN),
    ]
    report = run(root, *paths)
    assert [i.outcome for i in report.items] == [
        "quarantined",
        "quarantined",
        "failed",
        "quarantined",
        "created",
    ]
    assert all(i.reason for i in report.items[:4])
    found, _ = discover(root, "content")
    assert [a.path for a in found.articles] == [SPUN_PATH]


def test_incomplete_items_never_break_a_build(root: Path) -> None:
    report = run(root, put(root, "a.txt", RELATIVE_FR), put(root, "b.txt", SPUN))
    assert (
        report.items[0].outcome in ("created", "quarantined")
        and "no date" in report.items[0].reason
    )
    assert any("date" in d.message for d in report.diagnostics)
    built = build(BuildOptions(root=str(root), now=NOW))
    assert built.published and built.articles == 1


def test_stdin_section_and_source(root: Path) -> None:
    report = run(root, "-", stdin=SPUN, section="Port Life", url="https://salm.example/pier")
    assert report.items[0].path.startswith("content/port-life/")
    text = (root / report.items[0].path).read_text()
    assert 'canonical: "https://salm.example/pier"' in text


def test_unsafe_names_stay_in_content(root: Path) -> None:
    evil = PAGE.replace('"articleSection":"Harbour"', '"articleSection":"../../../etc"').replace(
        "Ferry line to drop its oldest ship", "../../x\\n---\\nstatus: published"
    )
    for item in run(root, put(root, "a.html", evil)).items:
        assert ".." not in item.path and item.path.startswith("content/")
    assert not list(root.parent.glob("etc*"))


def test_pictures_at_the_outlet_are_kept_as_data(root: Path) -> None:
    path = run(root, put(root, "a.html", PAGE)).items[0].path
    doc = parse((root / path).read_bytes(), path, config(root)).document
    assert doc is not None and doc.image is None and doc.assets == ()
    assert doc.extra["image_at_source"]["src"] == "https://coast.example/img/salm.jpg"


def test_the_site_decides_on_sections(root: Path) -> None:
    item = run(root, put(root, "a.html", PAGE)).items[0]
    assert item.path.startswith("content/news/") and "Harbour" in (root / item.path).read_text()
    other = PAGE.replace("/2024/06/05/old-ship", "/2024/06/06/new-ship")
    (root / "site.yaml").write_text(
        "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\nsections: {harbour:"
        " {title: Harbour}}\n"
    )
    assert run(root, put(root, "b.html", other)).items[0].path.startswith("content/harbour/")


def test_an_interrupted_import_is_taken_up_where_it_ended(root: Path) -> None:
    for n in range(6):
        put(root, f"in/{n}.txt", SPUN.replace("14", f"{10 + n}").replace("Council", f"Council {n}"))
    folder = str(root.parent / "in")

    def stop(what: str, done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_all(root, config(root), [folder], ImportOptions(), progress=stop)
    before = files(root)
    assert len(before) == 3
    assert all(is_sealed(data.decode()) for data in before.values())
    report = run(root, folder)
    assert sorted(i.outcome for i in report.items) == ["created"] * 3 + ["unchanged"] * 3
    assert before.items() <= files(root).items()


@pytest.mark.slow
def test_many_texts_come_out_the_same_whatever_the_number_of_processes(root: Path) -> None:
    for n in range(220):
        put(root, f"in/{n:03}.txt", SPUN.replace("Council", f"Council {n}"))
    folder = str(root.parent / "in")
    told: list[tuple[int, int]] = []
    report = import_all(
        root,
        config(root),
        [folder],
        ImportOptions(),
        Processes(2),
        progress=lambda what, done, total: told.append((done, total)),
    )
    assert [i.origin for i in report.items] == [f"{folder}/{n:03}.txt" for n in range(220)]
    assert told[-1][0] == 220
    assert all(done <= total for done, total in told)
    made = files(root)
    for path in (root / "content").rglob("*.md"):
        path.unlink()
    import_all(root, config(root), [folder], ImportOptions())
    assert files(root) == made


def test_a_feed_never_takes_text_away(root: Path) -> None:
    run(root, put(root, "a.html", PAGE))
    before = files(root)
    feed = (
        "<rss version='2.0'><channel><title>F</title><item><title>Ferry line to drop its oldest"
        " ship</title><link>https://coast.example/news/2024/06/05/old-ship</link><pubDate>Wed, 05"
        " Jun 2024 08:30:00 +0100</pubDate><description>Only a"
        " line.</description></item></channel></rss>"
    )
    (item,) = run(root, put(root, "feed.xml", feed)).items
    assert item.outcome == "unchanged"
    assert "longer" in item.reason
    assert files(root) == before


def test_an_article_that_a_person_wrote_is_never_replaced(root: Path) -> None:
    mine = (
        "---\ntitle: Mine\ndate: 2024-06-05\nauthors: [Me]\ncanonical:"
        " https://coast.example/news/2024/06/05/old-ship\n---\n\nMine.\n"
    )
    put(root, "site/content/news/mine.md", mine)
    (item,) = run(root, put(root, "a.html", PAGE)).items
    assert (item.outcome, item.path) == ("kept", "content/news/mine.md")
    assert (root / "content/news/mine.md").read_text() == mine


def test_the_articles_of_the_site_itself_are_not_imported(root: Path) -> None:
    path = run(root, put(root, "a.txt", SPUN)).items[0].path
    report = run(root, str(root / path))
    assert "article of this site already" in report.items[0].reason
    assert len(files(root)) == 1


RSS = "<rss version='2.0'><channel><title>F</title>{}</channel></rss>"
ITEM = (
    "<item><title>{0}</title><link>https://f.example/{1}</link><guid>https://f.example/g/{0}</guid><author>Ann"
    " Ames</author><pubDate>Mon, 23 Nov 2026 08:30:00"
    " +0100</pubDate><description>{2}</description>{3}</item>"
)
TEXT = (
    "The keel of the new pilot boat was laid on Sunday, and forty people came to watch it being"
    " laid."
)


def test_no_import_takes_a_tag_away(root: Path) -> None:
    first = put(
        root,
        "a.xml",
        RSS.format(
            ITEM.format("Keel", "keel", TEXT, "<category>Boats</category><category>Oak</category>")
        ),
    )
    path = run(root, first).items[0].path
    assert "tags: [Boats, Oak]" in (root / path).read_text()
    put(
        root,
        "a.xml",
        RSS.format(
            ITEM.format(
                "Keel",
                "keel",
                TEXT + " It fits.",
                "<category>Yard</category><category>oak</category>",
            )
        ),
    )
    report = run(root, first)
    assert report.count("updated") == 1
    assert "tags: [Yard, oak, Boats]" in (root / path).read_text()
    put(root, "a.xml", RSS.format(ITEM.format("Keel", "keel", TEXT + " It fits well.", "")))
    run(root, first)
    assert "tags: [Yard, oak, Boats]" in (root / path).read_text()
    assert run(root, first).count("unchanged") == 1


def test_tags_and_words_of_a_person_survive_every_import(root: Path) -> None:
    first = put(
        root, "a.xml", RSS.format(ITEM.format("Keel", "keel", TEXT, "<category>Boats</category>"))
    )
    path = root / run(root, first).items[0].path
    edited = (
        path.read_text()
        .replace("tags: [Boats]", "tags: [Boats, Mine]")
        .replace("forty people", "fifty people")
    )
    path.write_text(edited)
    for text in (TEXT, TEXT + " It fits."):
        put(
            root,
            "a.xml",
            RSS.format(ITEM.format("Keel", "keel", text, "<category>Yard</category>")),
        )
        assert run(root, first).count("kept") == 1
        assert path.read_text() == edited


def test_an_import_into_a_section_keeps_it(root: Path) -> None:
    first = put(
        root, "a.xml", RSS.format(ITEM.format("Keel", "keel", TEXT, "<category>Boats</category>"))
    )
    path = run(root, first, section="yard").items[0].path
    put(root, "a.xml", RSS.format(ITEM.format("Keel", "keel", TEXT + " It fits.", "")))
    report = run(root, first)
    assert [(i.outcome, i.path) for i in report.items] == [("updated", path)]
    assert "section: yard" in (root / path).read_text()


def test_an_item_that_is_cut_off_is_a_draft_and_never_replaces_the_whole_one(root: Path) -> None:
    whole = RSS.format(ITEM.format("One", "one", TEXT, "") + ITEM.format("Two", "two", TEXT, ""))
    cut = put(root, "a.xml", whole[:-100])
    report = run(root, cut)
    assert [(i.title, i.status, i.lacking) for i in report.items] == [
        ("One", "", ()),
        ("Two", "draft", ("cut off",)),
    ]
    assert any("ends in the middle" in d.message for d in report.diagnostics)
    put(root, "a.xml", whole)
    assert [i.outcome for i in run(root, cut).items] == ["unchanged", "updated"]
    before = files(root)
    put(root, "a.xml", whole[:-100])
    assert [i.outcome for i in run(root, cut).items] == ["unchanged", "unchanged"]
    assert files(root) == before


def test_equal_slugs_get_two_urls_and_the_site_builds(root: Path) -> None:
    post = (
        "<item><title>{0}</title><wp:post_name>same</wp:post_name><wp:post_date>2026-11-20"
        " 1{1}:00:00</wp:post_date><wp:post_type>post"
        "</wp:post_type><wp:status>publish</wp:status><wp:post_id>{1}</wp:post_id><dc:creator>ann</dc:creator>"
        "<content:encoded>{2}</content:encoded></item>"
    )
    spaces = (
        "xmlns:wp='http://wordpress.org/export/1.2/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    )
    posts = "".join(post.format(t, n, TEXT + t) for n, t in enumerate(("One", "Two", "Three")))
    content = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    channel = f"<channel><title>W</title><wp:wxr_version>1.2</wp:wxr_version>{posts}</channel>"
    export = put(root, "w.xml", f"<rss {spaces} {content}>{channel}</rss>")
    put(
        root,
        "site/content/news/mine.md",
        "---\ntitle: Mine\nslug: same\ndate: 2026-11-20\nauthors: [Me]\n---\n\nMine.\n",
    )
    report = run(root, export)
    assert report.count("created") == 3
    assert (
        sum("its slug `same` is that of another article" in d.message for d in report.diagnostics)
        == 3
    )
    built = build(BuildOptions(root=str(root), now=NOW))
    assert built.published, built.diagnostics
    assert built.articles == 4
    again = run(root, export)
    assert again.count("unchanged") == 3
    assert not [d for d in again.diagnostics if "slug" in d.message]


@pytest.mark.slow
def test_a_cluster_imports_what_this_machine_imports(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("sitegen.importer.input.sources.PART", 5_000)
    pages = "".join(f"<p>Paragraph {n} of the report on the harbour.</p>" for n in range(4))
    for shard in range(3):
        records = [
            record(
                "response",
                f"https://a.example/{shard}/{n}",
                "text/html; charset=utf-8",
                PAGE.replace("</article>", f"{pages}<p>{n}</p></article>").encode(),
            )
            for n in range(8)
        ]
        put(root, f"in/{shard}.warc", b"".join(records))
    (root.parent / "dask").mkdir()
    inputs = str(root.parent / "in")
    import_all(root, config(root), [inputs], ImportOptions())
    here = files(root)
    for path in (root / "content").rglob("*.md"):
        path.unlink()
    with (
        dask_cluster(root.parent / "dask") as running,
        connected(running.address, root, [inputs]) as pool,
    ):
        import_all(root, config(root), [inputs], ImportOptions(), pool)
        assert len(pool.shares) == 2
    assert files(root) == here


def test_an_import_that_was_stopped_goes_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.importer.input.sources.PART", 1_000)
    records = [
        record("response", f"https://a.example/{n}", "text/html", PAGE.encode()) for n in range(40)
    ]
    archive = put(root, "in.warc", b"".join(records))

    def stop(what: str, done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_all(root, config(root), [archive], ImportOptions(), progress=stop)
    report = run(root, archive)
    assert any("not read again" in problem.message for problem in report.diagnostics)
    assert 0 < len(report.items) < 40
    assert run(root, archive).count("created") == 0  # a run that ended is not remembered


WORDPRESS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Slipway</title>'
    "<link>https://s.example</link><wp:wxr_version>1.2</wp:wxr_version>{}</channel></rss>"
)
WORDPRESS_PAGE = (
    "<item><title>{0}</title><link>https://s.example/{1}/</link><content:encoded><![CDATA[<p>{2}"
    "</p>]]></content:encoded><wp:post_name>{3}</wp:post_name><wp:status>publish</wp:status>"
    "<wp:post_type>page</wp:post_type></item>"
)


def test_pages_of_another_system_become_pages_at_their_old_urls(tmp_path: Path) -> None:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    items = [
        WORDPRESS_PAGE.format(title, path, f"What is to be said of {title}.", path.split("/")[-1])
        for title, path in (("About", "about"), ("Team", "about/team"), ("The Team", "yard/team"))
    ]
    (tmp_path / "export.xml").write_text(WORDPRESS.format("".join(items)))
    config = load_config("title: T\nbase_url: https://t.example/\ntimezone: UTC\n", "site.yaml")
    report = import_all(root, config, [str(tmp_path / "export.xml")], ImportOptions())
    paths = [item.path for item in report.items]
    assert paths == [f"content/pages/{n}.md" for n in ("about", "about/team", "yard/team")]
    assert [item.status for item in report.items] == ["", "", ""]
    text = (root / paths[1]).read_text()
    assert "kind: page" in text
    assert not any(f"\n{key}:" in text for key in ("section", "date", "tags", "aliases", "status"))
    again = import_all(root, config, [str(tmp_path / "export.xml")], ImportOptions())
    assert [item.outcome for item in again.items] == ["unchanged"] * 3


def _exported(root: Path, *titles_and_paths: tuple[str, str]) -> str:
    items = [
        WORDPRESS_PAGE.format(title, path, f"What is to be said of {title}.", path.split("/")[-1])
        for title, path in titles_and_paths
    ]
    return put(root, "export.xml", WORDPRESS.format("".join(items)))


@pytest.mark.parametrize(("touched", "path"), [(False, "about"), (True, "about-")])
def test_a_page_takes_the_place_of_the_one_that_init_wrote(
    tmp_path: Path, touched: bool, path: str
) -> None:
    site = tmp_path / "site"
    init(site, InitAnswers("T", "https://s.example/", "UTC", "en", "archive"), NOW)
    about = site / "content/pages/about.md"
    if touched:
        about.write_text(about.read_text() + "We are two.\n")
    report = run(site, _exported(site, ("About us", "about")))
    assert report.items[0].outcome == "created"
    assert report.items[0].path.startswith(f"content/pages/{path}")
    assert ("We are two." in about.read_text()) is touched
    is_taken = "its old URL /about/ is that of content/pages/about.md"
    assert [is_taken in d.message for d in report.diagnostics] == [True] * touched
    build(BuildOptions(root=site, now=NOW))  # two files of one URL would be an error
    again = run(site, _exported(site, ("About us", "about")))
    assert again.items[0].outcome == "unchanged"


def test_an_archive_of_the_site_itself_is_redirected(root: Path) -> None:
    rows = "Headline,Author,Date,Text,Link\n" + "".join(
        f"The bridge of {year},Ida Holm,{year}-03-02,Engineers of {year} rebuilt the bridge over"
        f" the river in nine months,https://t.example/{path}\n"
        for year, path in ((1967, "1967/bridge.html"), (1971, "?p=71"))
    )
    report = run(root, put(root, "old.csv", rows))
    texts = [(root / item.path).read_text() for item in report.items]
    assert 'aliases: ["/1967/bridge.html"]' in texts[0]
    assert not any("canonical:" in text or "source:" in text for text in texts)
    assert [d.message for d in report.diagnostics if d.level == "note"] == [
        "1 old URL of this site has a query, so that no page can redirect from it:"
        " `https://t.example/?p=71`"
    ]
    again = run(root, put(root, "old.csv", rows))
    assert [item.outcome for item in again.items] == ["unchanged"] * 2
    assert not again.diagnostics


BRIDGE = """\
The bridge moved

By Ida Holm
{}

By midnight the eastern end of the bridge had moved by {}, and the mayor closed it.

Those who live on Mill Street had heard it first, and long before the engineers did.
"""


def test_what_a_person_completed_is_not_reported_again(root: Path) -> None:
    text = BRIDGE.format("", "a hand")
    first = run(root, put(root, "bridge.txt", text))
    assert [d.message for d in first.diagnostics] == ["no date found"]
    article = root / first.items[0].path
    article.write_text(article.read_text().replace("status: draft", "date: 1967-10-21"))
    again = run(root, put(root, "bridge.txt", text))
    assert (again.items[0].outcome, again.diagnostics) == ("kept", ())
    assert again.items[0].reason == EDITED


@pytest.mark.parametrize(
    ("edit", "is_said"),
    [
        (("The bridge moved", "How the bridge moved"), True),
        (("section: news", "section: news\ntags: [bridges]"), False),  # a merge, no change
    ],
)
def test_an_edited_article_whose_input_has_changed(
    root: Path, edit: tuple[str, str], is_said: bool
) -> None:
    first = run(root, put(root, "bridge.txt", BRIDGE.format("1 May 1967", "a hand")))
    article = root / first.items[0].path
    article.write_text(article.read_text().replace(*edit, 1))
    again = run(root, put(root, "bridge.txt", BRIDGE.format("1 May 1967", "a foot and more")))
    assert again.items[0].outcome == "kept"
    assert again.items[0].reason.startswith(EDITED)
    assert ("its input has changed, too" in again.items[0].reason) is is_said
    same = run(root, put(root, "bridge.txt", BRIDGE.format("1 May 1967", "a hand")))
    assert same.items[0].reason == EDITED


def test_a_corrected_date_gives_no_article_the_url_of_another(root: Path) -> None:
    item = (
        "<item><title>The ferry sails again</title><guid>{0}</guid><pubDate>{1} Nov 2026 08:00:00"
        " +0100</pubDate><link>https://quay.example/{0}</link><description>The ferry of {0} sails"
        " again from Monday, after eleven years in which nobody knew why.</description></item>"
    )
    feed = "<rss version='2.0'><channel><title>Quay</title>{}</channel></rss>"
    first = run(root, put(root, "f.xml", feed.format(item.format("a", 19) + item.format("b", 20))))
    assert [one.outcome for one in first.items] == ["created"] * 2
    corrected = feed.format(item.format("a", 19) + item.format("b", 19))
    second = run(root, put(root, "f.xml", corrected))
    assert [one.outcome for one in second.items] == ["unchanged", "updated"]
    assert "\nslug: the-ferry-sails-again-" in (root / second.items[1].path).read_text()
    build(BuildOptions(root=str(root), now=NOW))  # two files of one URL would be an error
    third = run(root, put(root, "f.xml", corrected))
    assert [one.outcome for one in third.items] == ["unchanged"] * 2
