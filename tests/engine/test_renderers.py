"""A renderer is kept for equal inputs, within its process."""

from __future__ import annotations

import pickle

import msgspec

from sitegen.engine.renderers import LastRenderer, RenderInputs
from sitegen.model.views import Answers
from tests.conftest import Digest
from tests.engine.in_process import prepared


def inputs(digest: Digest, text: str, hot: object = 1) -> RenderInputs:
    frame = prepared(digest.root).state.frames[""]
    return RenderInputs({"a.html": text}, {}, frame, {}, Answers(own={"hot": hot}), ())


def test_the_last_renderer(digest: Digest) -> None:
    last = LastRenderer()
    one = inputs(digest, "x")
    renderer = last.get(one)
    assert last.get(msgspec.structs.replace(one, templates={"a.html": "x"})) is renderer
    assert last.get(inputs(digest, "x", hot=True)) is not renderer
    assert last.get(inputs(digest, "y")) is not renderer
    assert last.get(one, "de") is not last.get(one)
    assert pickle.loads(pickle.dumps(last))._made == {}  # noqa: S301
