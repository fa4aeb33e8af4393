"""What a digest says itself of an article or an edition, as its files have it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sitegen.base.diagnostics import nearest_hint
from sitegen.base.text import clean_text
from sitegen.model.article import Comment


def read_comment(
    value: Any, say: Callable[[str, str], None], key: str = "comment"
) -> Comment | None:
    """What this digest says itself, below ``key``: a text, or a mapping of `text` and `by`.

    ``say`` reports what is wrong, with what to do.
    """
    if value in (None, "", {}, []):
        return None
    fields = value if isinstance(value, dict) else {"text": value}
    hint = f"write `{key}: …`, or `{key}: {{text: …, by: Jane Roe}}`"
    if unknown := sorted(str(key) for key in fields.keys() - {"text", "by"}):
        hint = nearest_hint(unknown[0], ("text", "by"), hint)
        say(f"unknown key `{unknown[0]}` in `{key}`", hint)
        return None
    texts = [fields.get("text"), fields.get("by") or ""]
    if not all(isinstance(one, (str, int, float)) and one is not True for one in texts):
        say(f"`{key}` must be text, or a mapping of `text` and `by`", hint)
        return None
    text = paragraphs_of(str(texts[0]))
    return Comment(text, clean_text(str(texts[1]))) if text else None


def paragraphs_of(text: str) -> str:
    """Plain text with an empty line between its paragraphs, and without other breaks."""
    parts = (clean_text(part) for part in re.split(r"\n[ \t\r]*\n", text))
    return "\n\n".join(part for part in parts if part)
