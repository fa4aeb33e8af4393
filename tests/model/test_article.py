"""Articles are frozen values; what is not given is empty."""

from __future__ import annotations

import msgspec
import pytest

from sitegen.model.article import Document, Image, Person, Rights
from tests.samples import document


def test_an_article_without_rights_is_shown_in_full() -> None:
    one = document("tide")
    assert (one.rights.show, one.status, one.noindex) == ("full", "published", False)


def test_an_article_does_not_change() -> None:
    with pytest.raises(AttributeError):
        document("tide").title = "Ebb"  # type: ignore[misc]


def test_an_article_is_the_same_after_it_has_been_in_the_cache() -> None:
    one = document(
        "tide",
        authors=(Person("Ann Ames", role="photo"),),
        image=Image("/a.jpg", widths=(("/a-360.jpg", 360),)),
        rights=Rights("excerpt", 20),
        extra={"k": [1, "x"]},
        signature=b"\x00\xff",
    )
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Document) == one


def test_defaults_take_no_space() -> None:
    names = set(msgspec.to_builtins(document("tide")))
    assert names == {"path", "title", "slug", "section", "date", "stamp"}
