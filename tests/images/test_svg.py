"""SVG images of articles run nothing and ask nobody."""

from __future__ import annotations

import pytest
from lxml import etree

from sitegen.images.svg import cleaned
from tests.conftest import Digest

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9"'
    ' height="9">'
)
GOOD = [
    f'{HEAD}<rect width="9" height="9" fill="url(#g)"/><use xlink:href="#r"/></svg>',
    (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n{HEAD}<style>rect {{ fill:'
        " red }</style><rect/></svg>"
    ),
    (
        f'{HEAD}<image href="data:image/png;base64,AAAA"/><a'
        ' href="https://a.example/"><text>x</text></a></svg>'
    ),
    (
        f'{HEAD}<metadata xmlns:i="http://www.inkscape.org/namespaces/inkscape"><i:x'
        ' i:path="C:\\a"/></metadata><rect/></svg>'
    ),
    f'{HEAD}<circle r="3"><animate attributeName="r" from="1" to="3"/></circle></svg>',
]
BAD = [
    ("<script>go()</script>", "<script>"),
    ("<script xmlns='http://www.w3.org/1999/xhtml'>go()</script>", "<script>"),
    ("<g onload='go()'/>", "onload"),
    ("<g ONCLICK='go()'/>", "onclick"),
    ("<a xlink:href='java&#10;script:go()'><text>x</text></a>", "href"),
    ("<a href='data:text/html,x'><text>x</text></a>", "href"),
    (
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<foreignObject>",
    ),
    ("<iframe xmlns='http://www.w3.org/1999/xhtml' src='/'/>", "<iframe>"),
    ("<use href='https://a.example/x.svg#y'/>", "href"),
    ("<use href='data:image/svg+xml;base64,AAAA#x'/>", "href"),
    ("<image xlink:href='https://a.example/x.png'/>", "href"),
    ("<style>@import url(https://a.example/x.css);</style>", "<style>"),
    ("<style>rect { fill: url('https://a.example/x') }</style>", "<style>"),
    ("<style>rect { fill: u\\72l(https://a.example/x) }</style>", "<style>"),
    ("<rect style='fill:url(//a.example/x)'/>", "style"),
    ("<rect filter='url(https://a.example/x#y)'/>", "filter"),
    ("<a href='#x'><set attributeName='href' to='javascript:go()'/></a>", "<set>"),
    ("<animate attributeName='xlink:href' values='javascript:go()'/>", "<animate>"),
    ("<g xml:base='https://a.example/'/>", "base"),
    ("<handler xmlns='http://www.w3.org/2000/svg' type='x'>go()</handler>", "<handler>"),
    ("<embed src='x'/>", "<embed>"),
    ("<?xml-stylesheet href='https://a.example/x.css'?>", "<?xml-stylesheet"),
]


@pytest.mark.parametrize("text", GOOD)
def test_an_image_that_only_shows_stays_byte_for_byte(text: str) -> None:
    assert cleaned(text.encode()).data == text.encode()


@pytest.mark.parametrize(("part", "name"), BAD)
def test_what_runs_or_asks_is_taken_out_with_its_line(part: str, name: str) -> None:
    made = cleaned(f"{HEAD}\n<rect/>{part}<circle/></svg>".encode())
    assert made.removed == ((2, name),)
    for sign in (b"go()", b"a.example", b"javascript:", b"data:text"):
        assert sign not in made.data
    left = [
        etree.QName(n).localname
        for n in etree.fromstring(made.data).iter()
        if isinstance(n.tag, str)
    ]
    assert "rect" in left and "circle" in left


def test_style_sheets_and_entities_before_the_image_go() -> None:
    text = (
        '<?xml-stylesheet href="https://a.example/x.css"?><!DOCTYPE svg [<!ENTITY e'
        f' "go()">]>{HEAD}<text>&e;</text></svg>'
    )
    made = cleaned(text.encode())
    assert b"a.example" not in made.data
    assert b"ENTITY" not in made.data
    assert cleaned(b"<svg><unclosed></svg>").data == b""
    assert cleaned(b"<html xmlns='http://www.w3.org/1999/xhtml'/>").data == b""


def test_an_article_s_image_is_cleaned_and_reported_and_the_owner_s_stays(digest: Digest) -> None:
    active = f"{HEAD}\n<script>go()</script><rect/></svg>"
    digest.write("content/world/plan.svg", active)
    digest.write("content/world/torn.svg", "<svg><g></svg>")
    digest.write("static/own.svg", active)
    digest.article("a", body="![A plan](plan.svg) ![Torn](torn.svg)")
    said = digest.build().stderr
    assert "`<script>` was left out" in said and "content/world/plan.svg:2" in said
    assert "cannot be read as SVG" in said and "content/world/torn.svg" in said
    assert "static/own.svg:2" in said
    tree = digest.tree()
    assert b"script" not in tree["world/plan.svg"]
    assert tree["own.svg"] == active.encode()
    assert "world/torn.svg" not in tree
    assert digest.build().stderr == said
