"""Put staged files into output/ so that a kill at any moment can be rolled forward."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import fail
from sitegen.base.files import write_whole
from sitegen.model import Struct


class Journal(Struct):
    """A publish under way: staged files in the order of renaming, then files to delete."""

    output: str
    staging: str
    puts: tuple[str, ...]
    deletes: tuple[str, ...]


def staging_folder(output: Path) -> Path:
    """Where files wait: beside output/, so that a rename never crosses file systems."""
    return output.parent / f".{output.name}.sitegen-staging"


def publish(journal: Journal, journal_path: Path) -> None:
    """Write the journal, rename every staged file into place, delete, remove the journal."""
    write_whole(journal_path, msgspec.json.encode(journal))
    roll_forward(journal_path)


def roll_forward(journal_path: Path) -> bool:
    """Finish the publish that a journal tells of. Returns whether there was one."""
    try:
        journal = msgspec.json.decode(journal_path.read_bytes(), type=Journal)
    except FileNotFoundError:
        return False
    except msgspec.MsgspecError:
        journal_path.unlink()
        return False
    output, staging = Path(journal.output), Path(journal.staging)
    made: set[Path] = set()
    for name in journal.puts:
        target = output / name
        if target.parent not in made:
            _make_folder(target.parent, output)
            made.add(target.parent)
        with contextlib.suppress(FileNotFoundError):  # already moved, before a kill
            os.replace(staging / name, target)
    for name in journal.deletes:
        _delete(output, name)
    shutil.rmtree(staging, ignore_errors=True)
    journal_path.unlink(missing_ok=True)
    return True


def _make_folder(folder: Path, output: Path) -> None:
    here = folder
    while here != output and here != here.parent:
        if here.is_symlink() or here.is_file():
            raise fail("output", "a file or link stands where a folder is needed", str(here), help="remove it")
        here = here.parent
    folder.mkdir(parents=True, exist_ok=True)


def _delete(output: Path, name: str) -> None:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        (output / name).unlink()
    for parent in Path(name).parents:
        if str(parent) == ".":
            break
        try:
            (output / parent).rmdir()
        except OSError:
            break
