"""Images are read and made once, and say what is wrong with them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from sitegen.base.progress import silent
from sitegen.engine.inputs import find_inputs
from sitegen.engine.make_images import MakeImagesJob, image_facts, make_images
from sitegen.model.output import ResizeJob
from tests.conftest import Digest
from tests.engine.in_process import loaded


def png(width: int = 40) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, 20), (9, 90, 160)).save(out, "PNG")
    return out.getvalue()


def test_facts_of_images(digest: Digest) -> None:
    digest.write("content/world/a.png", png())
    digest.write("content/world/b.png", b"\x89PNG no more")
    with loaded(digest.root) as context:
        images = [f for f in find_inputs(context).sources.media if f.path.endswith("png")]
        facts = image_facts(context, images)
        assert context.store.images().keys() == facts.keys()
        image_facts(context, images[:1])
        assert list(context.store.images()) == ["content/world/a.png"]
    good, bad = facts["content/world/a.png"], facts["content/world/b.png"]
    assert (good.format, good.width, good.height, good.wrong) == ("png", 40, 20, "")
    assert bad.wrong


@pytest.mark.parametrize(
    ("data", "fine"), [(png(), True), (b"no image", False)], ids=["image", "text"]
)
def test_an_image_is_made_or_a_problem(tmp_path: Path, data: bytes, fine: bool) -> None:
    (tmp_path / "a.png").write_bytes(data)
    job = MakeImagesJob(str(tmp_path), str(tmp_path / "cache"), str(tmp_path / "out"))
    wish = ResizeJob("x/a-16.png", "a.png", "content/a.md", "mark", "png", 16, 8, 80)
    (made,) = make_images(job, [wish], 1, silent)
    if fine:
        target = tmp_path / "out/x/a-16.png"
        assert (made.problem, made.size) == (None, target.stat().st_size)
        with Image.open(target) as image:
            assert image.size == (16, 8)
        (tmp_path / "a.png").unlink()  # from now on it comes from the cache
        (again,) = make_images(job, [wish], 1, silent)
        assert again.digest == made.digest
    else:
        assert made.problem and made.problem.path == "content/a.md"
        assert "cannot be made smaller" in made.problem.message
        assert "Error" not in made.problem.message
