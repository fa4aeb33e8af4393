"""Pages are made and written with few system calls."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.engine.cache import Texts
from sitegen.engine.make_pages import RenderJob, write_new
from sitegen.engine.renderers import LastRenderer
from sitegen.model.output import Page
from sitegen.model.views import PlainView
from tests.conftest import Digest
from tests.engine.test_renderers import inputs


def test_pages_are_written_or_problems(digest: Digest) -> None:
    page = Page("x/a.html", "a.html", PlainView("T & U", "/x/a.html"), "test")
    for text, data in (("<p>{{ page.title }}", "<p>T &amp; U"), ("{{ page.qqq }}", "")):
        texts, folder = Texts("", {}), str(digest.root / "staged")
        Path(folder).mkdir(exist_ok=True)
        job = RenderJob({"": inputs(digest, text)}, LastRenderer(), texts, folder, str(digest.root))
        (made,) = job.start()([page])
        assert (made.problem is None) is bool(data)
        if data:
            assert (digest.root / "staged/x/a.html").read_text() == data
            assert made.size == len(data) and made.template == "a.html"
        else:
            assert made.problem and isinstance(SitegenError([made.problem]), Exception)
            assert "qqq" in made.problem.message


def test_a_file_that_is_written_in_part_is_an_error(tmp_path: Path) -> None:
    """As on a disk that fills up: the system writes what it has room for, and reports no error."""
    path = str(tmp_path / "page.html")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        assert write_new(path, b"x" * 1000).st_size == 1000
        with pytest.raises(OSError, match="No space"):
            write_new(path, b"x" * 1001)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
