"""Remove what builds have written."""

from __future__ import annotations

import shutil
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.files import remove_own
from sitegen.engine.cache import Cache
from sitegen.engine.manifest import manifest_path
from sitegen.engine.output import known_files
from sitegen.engine.places import CACHE
from sitegen.engine.site_folder import check_folder, content_folder, in_site
from sitegen.engine.transaction import drop_staged, remove


def clean(root: Path, output: Path, dry_run: bool = False) -> tuple[int, int, list[Diagnostic]]:
    """Remove our files in ``output`` and the cache; the numbers of files removed and of foreign
    files that stay, and notes.

    Raises SitegenError (exit status 2) for a folder of sources.
    """
    check_folder(root, output, content_folder(root))

    def read(store: Cache, problems: list[Diagnostic]) -> tuple[set[str], list[Diagnostic]]:
        return set(known_files(store, output)[0]), problems

    ours, notes = in_site(root, read)
    existing = (
        {
            p.relative_to(output).as_posix()
            for p in output.rglob("*")
            if not p.is_dir() or p.is_symlink()
        }
        if output.is_dir()
        else set()
    )
    if not dry_run:
        for name in sorted(ours & existing):
            remove(output, name)
        drop_staged(output)
        remove_own(manifest_path(output))
        if output.is_dir() and not any(output.iterdir()):
            output.rmdir()
        shutil.rmtree(root / CACHE, ignore_errors=True)
    return len(ours & existing), len(existing - ours), notes
