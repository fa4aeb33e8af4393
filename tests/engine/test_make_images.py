"""Images are read and made once, and say what is wrong with them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from sitegen.base.progress import silent
from sitegen.engine.inputs import find_inputs
from sitegen.engine.make_images import MakeImagesJob, image_facts, make_images
from sitegen.engine.workers import Processes
from sitegen.images.share_cards import look
from sitegen.model.output import ImageJob, ResizeJob, ShareCardJob
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
    (made,) = make_images(job, [wish], Processes(1), silent)
    if fine:
        target = tmp_path / "out/x/a-16.png"
        assert (made.problem, made.size) == (None, target.stat().st_size)
        with Image.open(target) as image:
            assert image.size == (16, 8)
        (tmp_path / "a.png").unlink()  # from now on it comes from the cache
        (again,) = make_images(job, [wish], Processes(1), silent)
        assert again.digest == made.digest
    else:
        assert made.problem and made.problem.path == "content/a.md"
        assert "cannot be made smaller" in made.problem.message
        assert "Error" not in made.problem.message


def test_any_number_of_processes_makes_the_same_bytes(tmp_path: Path) -> None:
    """Letters, decoded images and sizes are remembered in each process, whatever it makes."""
    wishes: list[ImageJob] = [
        ShareCardJob(
            f"card-{n}.png", "a.md", "The Letter", f"Quay {n} closes {'early ' * n}", look({})
        )
        for n in range(9)
    ]
    for name in ("a", "b"):
        (tmp_path / f"{name}.png").write_bytes(png(40 if name == "a" else 60))
        wishes += [
            ResizeJob(f"{name}-{width}.{kind}", f"{name}.png", "x", name, kind, width, 8, 80)
            for width in (16, 24, 32)
            for kind in ("png", "webp")
        ]
    made = []
    for jobs in (1, 3):
        folder = tmp_path / f"out-{jobs}"
        job = MakeImagesJob(str(tmp_path), str(tmp_path / f"cache-{jobs}"), str(folder))
        assert not any(one.problem for one in make_images(job, wishes, Processes(jobs), silent))
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(made[0]) == len(wishes)
    assert made[0] == made[1]
