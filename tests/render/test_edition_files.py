"""Editions as files of their own: e-mail and book."""

from __future__ import annotations

import email
import email.policy
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from tests.conftest import SITE, Digest

SETTINGS = (
    "editions: {kind: monthly, email: true, epub: true, sender: 'The T"
    " <news@t.example>'}\nsections: {world: {}, sport: {title: Games}}\n"
)
LIMIT = 102_000
PLACE = "edition/2026-11"
CHECKER = Path("/usr/share/java/epubcheck.jar")
RICH = """## A heading

A *first* paragraph with [a link](/world/), [another](https://post.example/?a=1&b=2), a [bad one](<mailto:a b>) and `code`.
It goes on here.[^1]

| Ship | Tons |
|:-----|-----:|
| Ann | 12 |

- one
- two
  1. three
  2. four

> A quotation
> of two lines.

![A crane](crane.png) ![Elsewhere](https://other.example/x.png)

```python
print("<&>")
```

<p>Loose <b>HTML <div>in a block</div></b><li>item<dt>term</dt><time datetime="yesterday">y</time><td>cell</td></p>
<p id="twice">a</p><p id="twice">b</p><a href="#nowhere">x</a><ol start="x"><li>y</li></ol><img src="crane.png" width="50%">

[^1]: A note.
"""  # noqa: E501


ODD = """<ul>text<p>para</p></ul>
<ul></ul>
<ol><p>x</p><li>y</li></ol>
<table></table>
<table><tr><td>1</td></tr><caption>late</caption></table>
<table><tbody><tr></tr></tbody><thead><tr><th scope="banana">x</th></tr></thead></table>
<tr><td>lone</td></tr>
<dl><dd>only dd</dd></dl>
<dl><dt>only dt</dt></dl>
<dl>text<p>x</p></dl>
<details>no summary</details>
<details>before<p>a</p><summary>late <p>block</p></summary></details>
<figure></figure>
<figure><figcaption>a</figcaption><p>x</p><figcaption>b</figcaption></figure>
<ruby>x<rp>(</rp></ruby><ruby></ruby><rt>y</rt>
<a href="https://a.example/"><a href="https://b.example/">nested</a><h2>heading</h2></a>
<em><p>block in em</p><ul><li>x</li></ul></em>
<h2><p>p in h</p></h2>
<bdo>x</bdo> <dfn><dfn>y</dfn></dfn>
<img src=""> <img> <img src="https://o.example/a b.png" alt="z"> <img src="data:image/png;base64,xx">
<a>no href</a> <a href="">empty</a> <a href="http://">host</a> <a href="https://ä.example/ö?x=ü">idn</a> <a href="../x.html">rel</a>
<a href="https://a.example/%zz?q=[1]">pct</a> <a href="mailto:">m</a> <a href="tel:+1 23">t</a> <a href="foo:bar">odd</a>
<time datetime="2026-13-45">t</time> <time>not a date</time>
<blockquote cite="nope nope">q</blockquote>
<pre><div>x</div></pre>
<table><colgroup><col></colgroup><tr><td colspan="0" rowspan="-1">a</td></tr></table>
<td>a</td><li>b</li><figcaption>c</figcaption><summary>d</summary><caption>e</caption>
<p id="a b">x</p><p id="">y</p><p lang="not a lang!" dir="sideways">z</p>
<ol start="-3"><li>x</li></ol><ol start="1.5"><li>y</li></ol>
<span><div><p>deep</p></div></span> <del><p>x</p></del> <sub><table><tr><td>y</td></tr></table></sub>
<wbr>x<br>y &nbsp;&#0;&#x1F600;&bogus;
<ul><li><ul><li>x</li></ul></li><ul><li>nested</li></ul></ul>
<dl><div><dt>a</dt><dd>b</dd></div></dl>
<a href="#self" id="self">self</a> <a href="#other">other</a>""".split("\n")  # noqa: E501


def png(width: int = 40, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, 30), 90).convert("RGB").save(out, kind)
    return out.getvalue()


def fill(digest: Digest, settings: str = SETTINGS) -> None:
    digest.write("site.yaml", SITE + settings)
    digest.write("content/world/crane.png", png())
    more = (
        "lead: true\ndek: Said in one line\nimage: {src: crane.png, alt: A crane, caption: At dusk,"
        " credit: Ruta Lind/Salm Pictures}\nsource: {name: Salm Post, url:"
        " 'https://post.example/a?b=1&c=2'}\ncredits: [{role: translation, name: Ono Ito}, {role:"
        " photo, name: Ruta Lind, org: Salm Pictures}, {role: Translation, name: Kim"
        " Li}]\ncorrections: [{date: 2026-11-03, text: It was <eleven> ships.}]\nrights: {holder:"
        " Salm Post}"
    )
    head = (
        "title: Quay <nine> & more\ndate: 2026-11-02\nauthors: [Ann Ames, {name: Bo Berg, role:"
        f" reporting}}]\n{more}"
    )
    digest.write("content/world/a.md", f"---\n{head}\n---\n{RICH}")
    digest.article("b", title="Second", body="Second text.", more="summary: Kept")
    digest.article(
        "c",
        title="Third",
        body=" ".join(f"third{n}" for n in range(90)),
        more="section: sport\nrights: {show: excerpt, words: 9}",
    )
    digest.article(
        "d",
        title="Fourth",
        body="Hushed text.",
        more="rights: {show: link}\nsource: {name: X, url: 'https://x.example/d'}",
    )
    digest.article("e", title="Arabic", body="نص", more="lang: ar")
    digest.article("f", title="Drafted", body="Drafted text.", more="status: draft")


def part(digest: Digest, name: str) -> str:
    return digest.page(f"{PLACE}/{name}")


def test_the_edition_page_leads_to_its_copies_and_no_sitemap_does(digest: Digest) -> None:
    fill(digest)
    digest.build()
    page = part(digest, "index.html")
    for name in ("email.html", "2026-11.epub"):
        assert f'href="/{PLACE}/{name}"' in page
    assert "email" not in digest.page("sitemap.xml")
    assert "noindex" in part(digest, "email.html")


def test_the_mail_needs_no_other_file(digest: Digest) -> None:
    fill(digest)
    digest.build()
    html = part(digest, "email.html")
    root = etree.HTML(html)
    assert len(html.encode()) < LIMIT
    assert not root.xpath("//script | //link[@rel='stylesheet'] | //iframe | //form")
    assert not re.search(r"\son[a-z]+=", html)
    assert root.xpath("//h1/@style")
    assert [i for i in root.xpath("//img/@src") if not i.startswith("https://t.example/")] == []
    assert root.xpath("//img/@src"), "its own pictures are shown"
    assert [
        a for a in root.xpath("//@href") if not a.startswith(("https://", "http://", "mailto:"))
    ] == []
    assert "https://other.example/x.png" in root.xpath("//a/@href"), (
        "pictures of others become links"
    )


@pytest.mark.parametrize("name", ["email.html", "email.txt"])
def test_the_mail_names_everybody_and_keeps_to_rights(digest: Digest, name: str) -> None:
    fill(digest)
    digest.build()
    text = part(digest, name)
    for words in (
        "Ann Ames",
        "Bo Berg",
        "Ono Ito",
        "Salm Post",
        "Translation: Ono Ito; Kim Li · Photo: Ruta Lind / Salm Pictures",
        "Second text.",
        "third5",
        "Fourth",
        "eleven",
        "post.example/a?b=1",
    ):
        assert words in text, words
    assert "At dusk · Ruta Lind / Salm Pictures" in part(digest, "email.html")
    for words in ("third40", "Hushed", "Drafted"):
        assert words not in text, words
    assert "https://x.example/d" in text


def test_the_plain_text_is_wrapped_and_has_no_markup(digest: Digest) -> None:
    fill(digest)
    digest.build()
    text = part(digest, "email.txt")
    assert "\n> A quotation of two lines.\n" in text
    assert "\n- one\n- two\n" in text
    assert "1. three" in text
    assert "Ship | Tons\nAnn | 12" in text
    assert '    print("<&>")' in text
    assert "another <https://post.example/?a=1&b=2>" in " ".join(text.split())
    assert not re.search(r"</?(p|div|b|li|td)\b", text)
    assert max(len(line) for line in text.split("\n") if "://" not in line) <= 74


def test_the_message_holds_both_parts_and_opens_as_a_draft(digest: Digest) -> None:
    fill(digest)
    digest.build()
    data = (digest.root / "output" / PLACE / "email.eml").read_bytes()
    mail = email.message_from_bytes(data, policy=email.policy.default)
    assert mail.get_content_type() == "multipart/alternative"
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert html.get_content().replace("\r\n", "\n").strip() == part(digest, "email.html").strip()
    assert text.get_content().replace("\r\n", "\n").strip() == part(digest, "email.txt").strip()
    assert str(mail["From"]) == "The T <news@t.example>"
    assert str(mail["Subject"]) == "T: November 2026"
    assert mail["Date"].datetime.isoformat() == "2026-11-30T00:00:00+01:00"
    assert mail["Message-ID"].endswith("@t.example>")


@pytest.mark.parametrize(("count", "words"), [(8, 1500), (60, 400), (900, 30)])
def test_a_mail_that_would_be_too_large_is_shortened_not_cut(
    digest: Digest, count: int, words: int
) -> None:
    digest.write("site.yaml", SITE + SETTINGS)
    for n in range(count):
        body = "\n\n".join(f"Paragraph {k} of {n} " + "words " * 20 for k in range(words // 20))
        digest.article(
            f"n{n:03}",
            title=f"Headline {n:03}",
            body=body,
            date=f"2026-11-02T{n // 60:02}:{n % 60:02}:00+01:00",
        )
    digest.build()
    html = part(digest, "email.html")
    assert LIMIT * 0.2 < len(html.encode()) < LIMIT
    assert html.rstrip().endswith("</html>")
    shown = set(re.findall(r"Headline \d\d\d", html))
    left = re.search(r"More articles of this edition: (\d+)", html)
    assert len(shown) + int(left[1] if left else 0) == count
    assert (left is not None) == (count == 900)
    assert "Read on" in html
    assert "Read on" in part(digest, "email.txt")


def test_without_the_library_the_message_says_what_to_install(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(digest)
    digest.write("hidden/css_inline.py", "raise ImportError\n")
    monkeypatch.setenv("PYTHONPATH", str(digest.root / "hidden"))
    done = digest.build(expect=1)
    assert "error[extra]" in done.stderr
    assert "pip install 'sitegen-digest[email]'" in done.stderr
    assert not (digest.root / "output").exists()


def book(digest: Digest) -> zipfile.ZipFile:
    return zipfile.ZipFile(digest.root / "output" / PLACE / "2026-11.epub")


def test_the_book_is_a_zip_of_the_form_that_readers_want(digest: Digest) -> None:
    fill(digest)
    digest.build()
    file = book(digest)
    names = file.namelist()
    assert names[0] == "mimetype"
    assert file.read("mimetype") == b"application/epub+zip"
    assert file.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert {i.date_time for i in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    package = file.read("EPUB/package.opf").decode()
    for words in (
        "<dc:creator>Ann Ames</dc:creator>",
        "<dc:creator>Bo Berg</dc:creator>",
        "<dc:language>en</dc:language>",
        'properties="nav"',
        "schema:accessibilitySummary",
        '<meta property="schema:accessModeSufficient">textual',
        '<meta property="schema:accessMode">visual',
    ):
        assert words in package
    chapter = file.read("EPUB/article-001.xhtml").decode()
    assert '<section epub:type="chapter" role="doc-chapter"' in chapter
    for name in names:
        if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
            etree.fromstring(file.read(name))
    contents = file.read("EPUB/contents.xhtml").decode()
    assert (
        contents.index("Quay &lt;nine&gt;")
        < contents.index("Second")
        < contents.index("<span>Games</span>")
        < contents.index("Third")
    )
    assert "Quay &lt;nine&gt;" in file.read("EPUB/contents.ncx").decode()


def test_the_book_names_everybody_embeds_pictures_and_keeps_to_rights(digest: Digest) -> None:
    fill(digest)
    digest.build()
    file = book(digest)
    pages = {n: file.read(n).decode() for n in file.namelist() if "article-" in n}
    first = pages["EPUB/article-001.xhtml"]
    for words in (
        "Ann Ames",
        "Bo Berg (reporting)",
        "Ono Ito",
        "Salm Post",
        'At dusk <span class="credit">Ruta Lind / Salm Pictures</span>',
        "© Salm Post",
        "&lt;eleven&gt;",
    ):
        assert words in first, words
    pictures = [n for n in file.namelist() if n.startswith("EPUB/pictures/")]
    assert [file.read(n) for n in pictures] == [
        (digest.root / "content/world/crane.png").read_bytes()
    ]
    assert first.count(pictures[0].removeprefix("EPUB/")) == 3
    assert 'href="https://other.example/x.png"' in first
    whole = "".join(pages.values())
    assert "third5" in whole
    for words in ("third40", "Hushed", "Drafted"):
        assert words not in whole, words
    assert 'dir="rtl"' in "".join(p for p in pages.values() if "نص" in p)


@pytest.mark.skipif(
    not CHECKER.exists() or not shutil.which("java"), reason="epubcheck is not installed"
)
def test_the_book_passes_epubcheck(digest: Digest) -> None:
    fill(digest)
    digest.write("content/world/wide.jpg", png(2400, "JPEG"))
    digest.write("content/world/some.webp", png(60, "WEBP"))
    digest.write("content/world/broken.png", b"\x89PNG no picture")
    digest.article(
        "g",
        title="Pictures",
        body=(
            "![w](wide.jpg) ![s](some.webp) ![b](broken.png)"
            " ![](wide.jpg)\n\n<ruby>漢<rt>kan</rt></ruby>"
        ),
    )
    for number, text in enumerate(ODD):
        digest.article(f"odd{number}", title=f"Odd <{number}>", body=text)
    digest.article("h", title="Old", body="A line\x0bwith signs.", more="lang: fr\ntags: [x]")
    digest.build()
    path = digest.root / "output" / PLACE / "2026-11.epub"
    done = subprocess.run(
        [
            "java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            str(CHECKER),
            "--failonwarnings",
            str(path),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    kinds = sorted(n.rpartition(".")[2] for n in book(digest).namelist() if "pictures/" in n)
    assert kinds == ["jpg", "jpg", "png"]


def test_the_same_edition_gives_the_same_bytes(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(digest)
    digest.build()
    before = {n: d for n, d in digest.tree().items() if n.startswith(PLACE)}
    for zone, seed in (("Asia/Tokyo", "1"), ("America/Lima", "2")):
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        shutil.rmtree(digest.root / "output")
        shutil.rmtree(digest.root / ".sitegen-cache")
        digest.build()
        assert {n: d for n, d in digest.tree().items() if n.startswith(PLACE)} == before


def test_a_body_or_an_image_makes_the_copies_again_and_no_list(digest: Digest) -> None:
    fill(digest)
    digest.build()
    before = digest.tree()
    digest.article("b", title="Second", body="Second text, put better.", more="summary: Kept")
    digest.build()
    after = digest.tree()
    changed = {
        n.removeprefix(PLACE + "/")
        for n in after
        if after[n] != before.get(n) and n.startswith(PLACE)
    }
    assert changed == {"email.html", "email.txt", "email.eml", "2026-11.epub"}
    digest.write("content/world/crane.png", png(50))
    digest.build()
    assert digest.tree()[f"{PLACE}/2026-11.epub"] != after[f"{PLACE}/2026-11.epub"]


@pytest.mark.parametrize(
    "more",
    [
        "rights: {show: link}",
        "rights: {show: excerpt, words: 3}",
        "status: draft",
        "publish_at: 2030-01-01",
    ],
)
def test_no_output_of_any_kind_gives_away_more_than_it_may(digest: Digest, more: str) -> None:
    every = (
        "feeds: {ninjs: true, formats: [atom, rss, json], text: [site, section, tag, author,"
        " source, edition]}\n"
    )
    digest.write("site.yaml", SITE + SETTINGS + every)
    digest.write("content/world/hushed.png", png())
    shown = "image: hushed.png\n" if more.startswith(("status", "publish")) else ""
    source = "source: {name: Salm Post, url: 'https://post.example/a'}"
    digest.article(
        "a",
        title="Guarded",
        body="One two three unspoken words.",
        more=f"{shown}{more}\ntags: [t]\n{source}\nsummary: Told",
    )
    digest.article("b", title="Open", more="summary: Told")
    digest.build()
    found: dict[str, bytes] = {}
    for name, data in digest.tree().items():
        found[name] = data
        if name.endswith(".epub"):
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                found |= {f"{name}/{n}": file.read(n) for n in file.namelist()}
        if name.endswith(".eml"):
            mail = email.message_from_bytes(data, policy=email.policy.default)
            found |= {
                f"{name}/{n}": p.get_content().encode() for n, p in enumerate(mail.iter_parts())
            }
    assert len(found) > 40
    assert [n for n, data in found.items() if b"unspoken" in data] == []
    assert ([n for n, data in found.items() if data == png()] == []) or not shown
    assert any(
        b"Guarded" in data for n, data in found.items() if ".epub/" in n or ".eml/" in n
    ) == more.startswith("rights")


def test_an_edition_that_is_empty_has_no_copies(digest: Digest) -> None:
    digest.write("site.yaml", SITE + SETTINGS)
    digest.article("a", title="Gone", more="status: withdrawn")
    digest.write(
        "content/editions/2026-11.yaml",
        "number: 1\npublished: 2026-11-30\narticles: [content/world/a.md]\n",
    )
    digest.build("--now", "2026-12-01T00:00:00Z")
    assert {n for n in digest.tree() if n.startswith(PLACE)} == {f"{PLACE}/index.html"}
    assert "email.html" not in part(digest, "index.html")


@pytest.mark.parametrize("sender", ["nobody", "a@b.example\\nBcc: c@d.example", "x <y>"])
def test_a_wrong_sender_is_named(digest: Digest, sender: str) -> None:
    digest.write("site.yaml", f'{SITE}editions: {{kind: daily, sender: "{sender}"}}\n')
    assert "editions.sender" in digest.build(expect=2).stderr


@pytest.fixture
def letter(digest: Digest) -> tuple[str, str, Digest]:
    """A letter with an image that mail programs do not know, one that is small, and a link."""
    digest.write(
        "site.yaml",
        f"{SITE}images: {{widths: [720]}}\n"
        "editions: {kind: weekly, closes: friday 12:00, email: true, address: '1 Quay Street'}\n",
    )
    for name, size, kind in (("wide.webp", (2400, 1200), "WEBP"), ("small.png", (120, 80), "PNG")):
        out = io.BytesIO()
        Image.new("RGB", size, "navy").save(out, kind)
        digest.write(f"content/world/{name}", out.getvalue())
    body = "One.\n\n![Sea](wide.webp)\n\n![Dot](small.png)\n"
    digest.article(
        "a", title="With images", body=body, more="image: {src: wide.webp}\nlead: true\n"
    )
    link = "source: {name: Post, url: 'https://post.example/a'}\nrights: {show: link}\n"
    digest.article("b", title="Only a link", more=link)
    digest.build()
    (folder,) = (digest.root / "output/edition").iterdir()
    html, text = ((folder / f"email.{kind}").read_text() for kind in ("html", "txt"))
    return html, text, digest


def test_images_of_a_letter_are_files_that_mail_programs_show(
    letter: tuple[str, str, Digest],
) -> None:
    html, _, digest = letter
    images = re.findall(r'<img[^>]*src="https://t.example/([^"]+)"[^>]*>', html)
    assert len(images) == 3
    for tag, src in zip(re.findall(r"<img[^>]*>", html), images, strict=True):
        with Image.open(digest.root / "output" / src) as image:
            assert image.format in ("JPEG", "PNG")
            ratio = image.height / image.width
        width, height = (int(re.search(rf'{key}="(\d+)"', tag)[1]) for key in ("width", "height"))  # type: ignore[index]
        assert width == (120 if "small" in src else 572)
        assert abs(height - width * ratio) <= 1


def test_outlook_gets_a_table_of_a_fixed_width(letter: tuple[str, str, Digest]) -> None:
    html, _, _ = letter
    assert '<!--[if mso]><table role="presentation" width="620"' in html
    assert "<!--[if mso]></td></tr></table><![endif]-->" in html


def test_a_link_leads_to_the_original_at_once(letter: tuple[str, str, Digest]) -> None:
    html, text, _ = letter
    assert re.search(r'<a href="https://post.example/a"[^>]*>Only a link</a>', html)
    item = text[text.index("Only a link") :]
    assert "https://post.example/a" in item
    assert "/b/" not in item


def test_a_letter_has_its_name_once_its_address_and_a_place_to_unsubscribe(
    letter: tuple[str, str, Digest],
) -> None:
    html, text, _ = letter
    body = html[html.index("<body") :]
    assert body.count(">T<") == 1
    assert "1 Quay Street" in body
    assert "<!-- unsubscribe: Unsubscribe -->" in body
    assert text.startswith("T\n")
    assert text.rstrip().endswith("1 Quay Street")


def test_a_letter_has_the_words_of_its_series(digest: Digest) -> None:
    digest.write(
        "site.yaml",
        f"{SITE}languages: {{de: {{title: Das Blatt, sections: {{world: {{title: Welt}}}}}}}}\n"
        "editions: {kind: monthly, email: true, epub: true, lead: none, language: de}\n",
    )
    digest.article("kai", more="lang: de\n")
    digest.build()
    html = part(digest, "email.html")
    for words in ('<html lang="de"', "Das Blatt", "Ausgabe im Netz lesen", "Welt", "01.11.2026"):
        assert words in html, words
    assert "<!-- unsubscribe: Abbestellen -->" in html
    assert 'href="https://t.example/de/"' in html
    assert html.count('lang="') == 1  # what is in the language of the letter is not marked
    assert "Das Blatt\n" in part(digest, "email.txt")
    mail = email.message_from_string(part(digest, "email.eml"), policy=email.policy.default)
    assert mail["Content-Language"] == "de"
    assert mail["Subject"] == "Das Blatt: November 2026"
    assert '<html lang="en"' in part(digest, "index.html")
