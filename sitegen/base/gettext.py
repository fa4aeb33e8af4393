"""The words of pages in the language of a site: gettext catalogues.

Babel is loaded when there is one to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from sitegen.base.diagnostics import fail


class Messages(dict[str, str]):
    """English words to those of a language; where one is missing the English words stay."""

    def __call__(self, text: str) -> str:
        return self.get(text, text)


def catalogue_files(language: str, folders: Iterable[Path]) -> list[Path]:
    """The catalogues for ``language`` in ``folders``, those of its base language first: ``de.po``,
    then ``de-AT.po``."""
    parts = language.split("-")
    names = ["-".join(parts[:n]) + ".po" for n in range(1, len(parts) + 1)]
    return [folder / name for folder in folders for name in names if (folder / name).is_file()]


def read_messages(files: Iterable[Path]) -> Messages:
    """What the catalogues say; later ones take precedence.

    Raises SitegenError for one that cannot be read.
    """
    out = Messages()
    for path in files:
        from babel.messages.pofile import PoFileError, read_po

        try:
            catalogue = read_po(BytesIO(path.read_bytes()), abort_invalid=True)
        except (PoFileError, UnicodeDecodeError, LookupError, ValueError) as error:
            hint = 'write pairs of lines: msgid "Latest" and msgstr "Neueste", in UTF-8'
            raise fail(
                "messages", f"is not a catalogue of messages: {error}", str(path), help=hint
            ) from None
        out.update(
            {
                str(m.id): str(m.string)
                for m in catalogue
                if m.id and m.string and not m.fuzzy and isinstance(m.id, str)
            }
        )
    return out
