"""Requests to the interfaces of services: JSON there and back.

What went wrong is told apart by what it means for sending: nothing went out for good (NotSent),
nothing went out yet (NotSentYet), or nobody knows (MaybeSent).
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from sitegen import __version__
from sitegen.base.diagnostics import in_words
from sitegen.send.model import MaybeSent, NotSent, NotSentYet

TIMEOUT = 60.0
MAX_ANSWER = 4 * 1024 * 1024
MAX_SAID = 300  # letters of a service's message
BUSY = (408, 425, 429, 503)
_KEYS = ("context", "message", "detail", "error", "title", "code")  # of what services say is wrong


class _Unmoved(urllib.request.HTTPRedirectHandler):
    """A key is not sent to wherever an answer leads."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Unmoved)


def ask(method: str, url: str, headers: Mapping[str, str], values: Any = None) -> Any:
    """The answer of a service, decoded; an empty one is None.

    Raises SendFailure; as a GET changes nothing, its lost answer leaves no doubt.
    """
    asking = method == "GET"
    data = None if values is None else json.dumps(values, ensure_ascii=False).encode()
    sent = {"User-Agent": f"sitegen/{__version__}", "Accept": "application/json", **headers}
    if data is not None:
        sent["Content-Type"] = "application/json"
    try:
        request = urllib.request.Request(url, data, sent, method=method)
        with _OPENER.open(request, timeout=TIMEOUT) as answer:
            return _decoded(answer.read(MAX_ANSWER))
    except urllib.error.HTTPError as error:
        raise _answered(error, asking) from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise _lost(error, asking) from None


def _decoded(data: bytes) -> Any:
    try:
        return json.loads(data) if data.strip() else None
    except ValueError:
        return None


def _answered(error: urllib.error.HTTPError, asking: bool) -> Exception:
    """What an answer that is not a success means."""
    with error:
        said = _said(error.read(MAX_ANSWER))
    message = f"answered {error.code}{f': {said}' if said else ''}"
    if error.code in BUSY:
        return NotSentYet(message)
    if error.code >= 500 and not asking:
        return MaybeSent(message)
    return NotSent(message)


def _said(data: bytes) -> str:
    """The service's own words, in one line."""
    answer = _decoded(data)
    if not isinstance(answer, dict):
        return ""
    text = _words_in(_first_error(answer)) or _words_in(answer)
    return " ".join(text.split())[:MAX_SAID]


def _first_error(answer: dict[str, Any]) -> Any:
    """The first of the `errors` of an answer, if it has any."""
    errors = answer.get("errors")
    return errors[0] if isinstance(errors, list) and errors else None


def _words_in(values: Any) -> str:
    """The first text that ``values`` have at one of the keys for it; empty where there is none."""
    if not isinstance(values, dict):
        return ""
    return next((str(values[key]) for key in _KEYS if values.get(key)), "")


def _lost(error: Exception, asking: bool) -> Exception:
    """What a connection that failed means: before the request had left, nothing has happened."""
    cause = getattr(error, "reason", error)
    cause = cause if isinstance(cause, Exception) else error
    early = (ConnectionRefusedError, socket.gaierror, ssl.SSLError)
    unsent = isinstance(cause, early) or isinstance(error, ValueError)
    message = in_words(cause)
    return NotSentYet(message) if unsent or asking else MaybeSent(message)
