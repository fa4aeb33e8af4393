"""The people that a letter is sent to: addresses in a file, or what a command prints."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, problem
from sitegen.base.files import is_inside, read_bytes, utf8
from sitegen.base.text import digest
from sitegen.send.model import Parcel

MAX_LIST = 64 * 1024 * 1024
PATIENCE = 120  # seconds for the command
PUBLISHED = ("content", "static", "output", "data", "theme", "themes")
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]+@[^\s@<>,;:\"()\[\]]+\.[^\s@<>,;:\"()\[\]]+")


def read_recipients(root: Path, file: str, command: Sequence[str], edition: str) -> list[Parcel]:
    """Everybody on the list, once.

    Raises SitegenError for a list that cannot be read, with each line that is not an address.
    """
    text, shown = _output(root, command) if command else (_text(root, file), file)
    return list(parcels_of(text, shown, edition))


def _text(root: Path, file: str) -> str:
    folder = Path(file).parts[0] if Path(file).parts else ""
    if not is_inside(file) and not Path(file).is_absolute():
        raise fail("send", "lies outside of the site", file, help="name a file of the site")
    if folder in PUBLISHED:
        hint = "move it to a folder of its own, such as lists/"
        raise fail("send", "would be published with the site", file, help=hint)
    if not (root / file).is_file():
        raise fail("send", "does not exist", file, help="write one address in each line")
    return utf8(read_bytes(root / file, file, MAX_LIST), file, "send")


def _output(root: Path, command: Sequence[str]) -> tuple[str, str]:
    """What the command prints, and its name."""
    shown = " ".join(command)
    try:
        done = subprocess.run(
            list(command), cwd=root, capture_output=True, timeout=PATIENCE, check=False
        )
    except OSError as error:
        message = f"`{shown}` cannot be run: {error.strerror or error}"
        raise fail("send", message, "site.yaml", help="correct `command`") from None
    except subprocess.TimeoutExpired:
        message = f"`{shown}` took longer than {PATIENCE} seconds"
        raise fail("send", message, "site.yaml", help="nothing was sent") from None
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        message = f"`{shown}` failed ({done.returncode}): {last}"
        raise fail("send", message, "site.yaml", help="nothing was sent")
    return done.stdout.decode("utf-8", "replace"), shown


def parcels_of(text: str, shown: str, edition: str) -> Iterator[Parcel]:
    """The addresses in ``text``, one a line, as `ann@post.example` or `Ann Ames <ann@…>`; what is
    behind a `#` is a comment. ``shown`` names the list in messages."""
    problems: list[Diagnostic] = []
    found: dict[str, Parcel] = {}
    for number, line in enumerate(text.splitlines(), 1):
        bare = re.sub(r"(^|\s)#.*", "", line).strip()
        if not bare:
            continue
        _, address = parseaddr(bare)
        if not _ADDRESS.fullmatch(address) or not _is_all(bare, address):
            hint = "write one address a line: ann@post.example"
            message = f"is not an e-mail address: `{bare[:60]}`"
            problems.append(problem("send", message, shown, number, help=hint))
            continue
        found.setdefault(address.casefold(), _parcel(address, edition))
    if problems:
        raise SitegenError(problems)
    yield from found.values()


def _is_all(line: str, address: str) -> bool:
    """Whether a line holds nothing but one address and a name."""
    return line == address or line.endswith(f"<{address}>")


def _parcel(address: str, edition: str) -> Parcel:
    """A mail to ``address``; its mark is another one in each edition."""
    mark = digest(edition.encode(), address.casefold().encode())
    return Parcel(mark, address, address)
