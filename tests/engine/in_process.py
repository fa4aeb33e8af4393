"""One build in process, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sitegen.base.progress import silent
from sitegen.engine.build import prepare
from sitegen.engine.cache import Cache
from sitegen.engine.context import BuildContext, load
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import Work
from tests.conftest import NOW


@contextmanager
def loaded(root: Path, **options: Any) -> Iterator[BuildContext]:
    """The context of a build of the site at ``root``, by one process."""
    options = {"root": str(root), "now": NOW, "jobs": 1} | options
    store = Cache(root / ".sitegen-cache/store.db")
    try:
        yield load(BuildOptions(**options), store, silent)
    finally:
        store.commit()
        store.close()


def prepared(root: Path, **options: Any) -> Work:
    """All that a build of the site at ``root`` knows before it writes anything."""
    with loaded(root, **options) as context:
        return prepare(context, [])
