"""Files of lines in content/ that two people may write at once: Git merges them by keeping the
lines of both (gitattributes(5), `merge=union`)."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.files import write_whole

ATTRIBUTES = ".gitattributes"


def write_lines(folder: Path, name: str, text: str) -> None:
    """Write ``text`` to the file ``name`` of ``folder``, and let Git know how to merge it."""
    write_whole(folder / name, text.encode())
    attributes = folder / ATTRIBUTES
    written = attributes.read_text("utf-8", "replace") if attributes.is_file() else ""
    if name not in written:
        end = "" if written.endswith("\n") or not written else "\n"
        write_whole(attributes, f"{written}{end}{name} merge=union\n".encode())
