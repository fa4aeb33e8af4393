"""Where an XML document begins."""

import pytest

from sitegen.importer.prolog import MAX_JUNK, doctype_end, prolog


@pytest.mark.parametrize(
    ("text", "name", "junk"),
    [
        ("<rss>", "rss", ""),
        ("\ufeff <?xml version='1.0'?>\n<!-- <feed> --><rss>", "rss", ""),
        ("<!DOCTYPE a [<!ENTITY b ']'>]><a:feed x='y'>", "a:feed", ""),
        ("Warning: x\n<?xml version='1.0'?><feed>", "feed", "Warning: x"),
        ("HTTP/1.1 200 OK\n\n<rss>", "rss", "HTTP/1.1 200 OK"),
        ("<p>quotes <rss></p>", "rss", "<p>quotes"),
        ("<other/>", "other", ""),
    ],
)
def test_the_root(text: str, name: str, junk: str) -> None:
    found = prolog(text)
    assert found is not None
    assert (found.name, found.junk) == (name, junk)
    assert text[found.start :].startswith(f"<{name}")
    assert found.kind == name.rpartition(":")[2]


@pytest.mark.parametrize("text", ["", "a heron", "<?xml", "x" * MAX_JUNK + "<rss>"])
def test_no_root(text: str) -> None:
    assert prolog(text) is None


def test_the_end_of_a_document_type() -> None:
    for text in ("<!DOCTYPE html>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!DOCTYPE a [ ]\n>"):
        assert doctype_end(text + "<a>", 0) == len(text)
    assert doctype_end("<!DOCTYPE a [", 0) == 0
