"""Links from one text of an import to another."""

from __future__ import annotations

import pytest

from sitegen.importer.markdown.crossrefs import (
    Index,
    has_references,
    linked,
    names_of,
    with_files,
    with_images,
)


@pytest.fixture
def index() -> Index:
    index = Index("content")
    index.add("content/posts/2026-11-20-eels.md", "eels", "/news/eels/")
    index.add("content/posts/weir/index.md", "weir", "/news/weir/")
    index.add("content/posts/a calm weir.md", "calm", "/news/calm/")
    index.add("content/posts/100% (eels).md", "all", "/news/all/")
    return index


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ('[a]({{< ref "posts/2026-11-20-eels.md" >}})', "[a](/news/eels/)"),
        ('[a]({{% relref "weir" %}})', "[a](/news/weir/)"),
        ("[a]({% post_url 2026-11-20-eels %})", "[a](/news/eels/)"),
        ("{% post_link eels 'All eels' %}", "[All eels](/news/eels/)"),
        ("[a]({filename}2026-11-20-eels.md)", "[a](/news/eels/)"),
        ("[a](|filename|2026-11-20-eels.md)", "[a](/news/eels/)"),
        ("[a]({filename}2026-11-20-eels.md#the weir)", "[a](/news/eels/#the%20weir)"),
        ('[a]({filename}/posts/2026-11-20-eels.md "Eels")', '[a](/news/eels/ "Eels")'),
        ('<a href="{filename}2026-11-20-eels.md">', '<a href="/news/eels/">'),
        ("[a]: {filename}2026-11-20-eels.md", "[a]: /news/eels/"),
        ("[a]({filename}a calm weir.md)", "[a](/news/calm/)"),
        ("[a]({filename}a%20calm%20weir.md)", "[a](/news/calm/)"),
        ("[a](<{filename}a calm weir.md>)", "[a](/news/calm/)"),
        ("[a]({filename}100% (eels).md)", "[a](/news/all/)"),
        ("[a](@/posts/weir/index.md#top)", "[a](/news/weir/#top)"),
        ("[a](link://slug/eels)", "[a](/news/eels/)"),
        ("[a](2026-11-20-eels.md)", "[a](/news/eels/)"),
    ],
)
def test_a_link_in_the_notation_of_a_generator(index: Index, body: str, url: str) -> None:
    assert has_references(body)
    assert linked(body, "content/posts/other.md", index) == (url, ())


@pytest.mark.parametrize(
    "body", ["`{% post_url eels %}`", "```\n[a](eels.md)\n```", "[a](https://x.example/a.md)"]
)
def test_code_and_urls_stay(index: Index, body: str) -> None:
    assert not has_references(body)
    assert linked(body, "content/posts/other.md", index) == (body, ())


@pytest.mark.parametrize(
    ("body", "named"),
    [("[a]({filename}gone.md)", "`gone.md`"), ("[a]({tag}eels)", "`{tag}eels`")],
)
def test_a_link_that_leads_nowhere_is_named(index: Index, body: str, named: str) -> None:
    found, left = linked(body, "content/posts/other.md", index)
    assert (found, names_of(left)) == (body, named)


@pytest.mark.parametrize(
    ("body", "result", "left"),
    [
        ("See [[keel]].", "See [keel](/yard/keel/).", ()),
        ("See [[Keel|the keel]].", "See [the keel](/yard/keel/).", ()),
        ("See [[keel#Part Two]].", "See [keel](/yard/keel/#part-two).", ()),
        ("See [[yard/keel]].", "See [yard/keel](/yard/keel/).", ()),
        ("See [[gone|what]].", "See what.", ("[[gone]]",)),
        ("`[[keel]]`", "`[[keel]]`", ()),
        ("[it](my%20keel.md)", "[it](/yard/my-keel/)", ()),
    ],
)
def test_links_of_wikis(body: str, result: str, left: tuple[str, ...]) -> None:
    index = Index("")
    index.add("yard/keel.md", "keel", "/yard/keel/")
    index.add("yard/my keel.md", "my-keel", "/yard/my-keel/")
    assert linked(body, "yard/rudder.md", index) == (result, left)


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        ("![a]({static}/images/a b.png)", "![a](/images/a%20b.png)"),
        ("![a]({attach}a.png 'A')", "![a](a.png 'A')"),
        ("![a](|filename|a.png)", "![a](a.png)"),
        ("[a]: {static}/a.pdf", "[a]: /a.pdf"),
        ('<img src="{static}a b.png">', '<img src="a%20b.png">'),
        ("![a]({static}100%25.png)", "![a](100%25.png)"),
        ("[a]({filename}a.md)", "[a]({filename}a.md)"),
        ("`[a]({static}a.png)`", "`[a]({static}a.png)`"),
    ],
)
def test_links_of_pelican_to_files(body: str, plain: str) -> None:
    assert with_files(body) == plain


def test_embedded_images_of_wikis() -> None:
    assert with_images("![[a b.png|300]] ![[note]]") == "![](a%20b.png) ![[note]]"
