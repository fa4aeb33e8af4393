"""JSON from strangers: bounded, and read as far as it goes."""

from __future__ import annotations

from typing import Any

import msgspec


def load_json(data: bytes) -> Any:
    """The value of a JSON text in UTF-8 or windows-1252.

    Raises ValueError where it is not JSON; nesting is bounded by the decoder.
    """
    from sitegen.importer.detect import decode_text

    try:
        return msgspec.json.decode(decode_text(data)[0])
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"broken JSON: {str(error)[:160]}") from None
