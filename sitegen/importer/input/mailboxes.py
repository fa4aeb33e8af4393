"""Mail as a source: the new letters of a Maildir folder or of an IMAP mailbox.

Nothing is changed in a mailbox: it is opened read-only, and no letter is marked as read. What was
read is remembered in the cache; without that, letters of the last month are read again and turn out
to be in the site already, by their Message-ID.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, in_words, problem
from sitegen.base.files import expanded, read_bytes, read_head, write_whole
from sitegen.base.text import counted
from sitegen.config.schema import SourceConfig
from sitegen.importer.formats.mail import MAX_MAIL, sender_of
from sitegen.model.base import Struct

FOLDER = ".sitegen-cache/mail"
MOST = 500  # letters of a run
DAYS = 31  # of letters that a mailbox without a state is asked for
WEEKS = 4  # by whose letters it is known how many come in one
HEAD = 64 * 1024  # bytes of a letter in which its sender is looked for
PATIENCE = 60.0  # seconds for each answer of a server
HOSTS = 8  # mailboxes asked at once
MAILDIR = ("new", "cur")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailState(Struct, frozen=True):
    """What has been read of a mailbox: for IMAP its UIDVALIDITY as ``mark`` and the highest UID,
    for a Maildir the names of files."""

    mark: str = ""
    highest: int = 0
    names: frozenset[str] = frozenset()


@dataclass
class Letters:
    """The new letters of a mailbox, each with the name that messages give it; or why there are
    none. ``state`` is to be kept once they are in the site. ``week`` is how many letters the
    mailbox gets a week."""

    mails: list[tuple[str, bytes]] = field(default_factory=list)
    state: MailState = MailState()  # noqa: RUF009
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    week: float = 0.0


class Mailboxes:
    """The mailboxes of ``sources`` in one run; ``passwords`` are by the key of the source. They are
    asked at once, while the feeds are."""

    def __init__(
        self,
        root: Path,
        sources: Mapping[str, SourceConfig],
        passwords: Mapping[str, str],
        now: float,
        fresh: bool,
    ) -> None:
        self.root, self.now, self.fresh = root, now, fresh
        self.sources, self.passwords = sources, passwords
        self.read: dict[str, Letters] = {}
        self.answers: dict[str, Future[Letters]] = {}
        if self.sources:
            pool = ThreadPoolExecutor(HOSTS)
            self.answers = {key: pool.submit(self._letters, key) for key in self.sources}
            pool.shutdown(wait=False)

    def each(self) -> Iterator[tuple[str, Letters]]:
        """Each mailbox by the key of its source, with what is new in it."""
        for key, answer in self.answers.items():
            self.read[key] = answer.result()
            yield key, self.read[key]

    def _letters(self, key: str) -> Letters:
        source = self.sources[key]
        state = MailState() if self.fresh else self._state(key)
        if is_server(source.mail):
            return imap_letters(source, self.passwords.get(key, ""), state, self.now)
        folder = self.root / expanded(source.mail)
        letters = maildir_letters(folder, state)
        if not letters.reason:
            letters.week = maildir_week(folder, source.senders, self.now)
        return letters

    def remember(self) -> list[Diagnostic]:
        """Keep what was read; what could not be kept."""
        out = []
        for key, letters in self.read.items():
            if letters.reason:
                continue
            try:
                write_whole(self._file(key), msgspec.json.encode(letters.state))
            except OSError as error:
                said = f"cannot be written: {error.strerror}"
                out.append(problem("import", said, f"{FOLDER}/{key}.json", level="warning"))
        return out

    def _file(self, key: str) -> Path:
        return self.root / FOLDER / f"{key}.json"

    def _state(self, key: str) -> MailState:
        try:
            return msgspec.json.decode(self._file(key).read_bytes(), type=MailState)
        except (OSError, msgspec.MsgspecError):
            return MailState()


def is_server(mail: str) -> bool:
    """Whether ``mail:`` of a source is the URL of an IMAP mailbox."""
    return mail.startswith(("imap://", "imaps://"))


# Maildir --------------------------------------------------------------------------------------
def maildir_letters(folder: Path, state: MailState) -> Letters:
    """The letters of a Maildir (https://cr.yp.to/proto/maildir.html) that are not in ``state``,
    the oldest first; their flags, which follow a colon, do not matter."""
    if not any((folder / name).is_dir() for name in MAILDIR):
        return Letters(reason="is not a Maildir: it has neither `new` nor `cur`")
    out = Letters()
    try:
        found = {_unique(path): path for path in _files(folder)}
    except OSError as error:
        return Letters(reason=in_words(error))
    fresh = sorted(set(found) - state.names, key=_age)
    for name in fresh[:MOST]:
        try:
            out.mails.append((name, read_bytes(found[name], name, MAX_MAIL)))
        except SitegenError as error:  # tried again in the next run
            out.notes.extend(f"letter {name} {d.message}" for d in error.diagnostics)
    if len(fresh) > MOST:
        out.notes.append(f"{counted(len(fresh) - MOST, 'letter')} left for the next run")
    # Names of letters that were deleted are forgotten, so that the state does not grow.
    names = (state.names & set(found)) | {name for name, _ in out.mails}
    out.state = MailState(names=frozenset(names))
    return out


def maildir_week(folder: Path, senders: Collection[str], now: float) -> float:
    """How many letters a week a Maildir got in the last weeks, of ``senders`` if there are any; a
    letter that cannot be read counts for none of them."""
    since = now - timedelta(weeks=WEEKS).total_seconds()
    recent = [path for path in _files(folder) if _age(path.name)[0] >= since]
    if senders:
        wanted = {sender.casefold() for sender in senders}
        recent = [path for path in recent if _sender(path) in wanted]
    return len(recent) / WEEKS


def _sender(path: Path) -> str:
    try:
        return sender_of(read_head(path, path.name, HEAD))
    except SitegenError:
        return ""


def _files(folder: Path) -> Iterator[Path]:
    for name in MAILDIR:
        if (folder / name).is_dir():
            yield from (p for p in (folder / name).iterdir() if p.is_file() and p.name[0] != ".")


def _unique(path: Path) -> str:
    return path.name.partition(":")[0]


def _age(name: str) -> tuple[int, str]:
    """Names begin with the second of their delivery."""
    start = name.partition(".")[0]
    return (int(start) if start.isdecimal() else 0), name


# IMAP -----------------------------------------------------------------------------------------
def imap_letters(source: SourceConfig, password: str, state: MailState, now: float) -> Letters:
    """The letters of an IMAP mailbox (RFC 3501) that have come since ``state``."""
    if not password:
        return Letters(reason=f"needs its password in {variable_of(source)}, which is not set")
    try:
        server = _connected(source.mail)
    except (OSError, imaplib.IMAP4.error) as error:
        return Letters(reason=in_words(error))
    try:
        server.login(source.user, password)
        return _new_letters(server, source, state, now)
    except imaplib.IMAP4.error as error:
        return Letters(reason=_without(str(error), password))
    except OSError as error:
        return Letters(reason=in_words(error))
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def variable_of(source: SourceConfig) -> str:
    """The variable of the environment that holds the password of a mailbox."""
    return source.env or "IMAP_PASSWORD"


def _without(text: str, password: str) -> str:
    return text.replace(password, "…")[:200]


def _connected(url: str) -> imaplib.IMAP4:
    """A connection with TLS; without it only to this machine."""
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=PATIENCE)
    server = imaplib.IMAP4(host, parts.port or 143, timeout=PATIENCE)
    if host not in ("localhost", "127.0.0.1"):
        server.starttls(context)
    return server


def _new_letters(
    server: imaplib.IMAP4, source: SourceConfig, state: MailState, now: float
) -> Letters:
    name = unquote(urlsplit(source.mail).path.strip("/")) or "INBOX"
    _said(server.select(f'"{name}"', readonly=True), f"has no mailbox `{name}`")
    _, validity = server.response("UIDVALIDITY")
    mark = validity[0].decode() if validity and validity[0] else ""
    known = state if state.mark == mark else MailState(mark)
    out = Letters(state=known)
    out.week = _imap_week(server, source.senders, now)
    uids = _uids(server, known, now)
    for uid in uids[:MOST]:
        if mail := _fetched(server, uid):
            out.mails.append((f"letter {uid}", mail))
        else:
            out.notes.append(f"letter {uid} is larger than {MAX_MAIL // 1048576} MiB")
        out.state = MailState(mark, uid)
    if len(uids) > MOST:
        out.notes.append(f"{counted(len(uids) - MOST, 'letter')} left for the next run")
    return out


def _uids(server: imaplib.IMAP4, known: MailState, now: float) -> list[int]:
    """The letters to read, the oldest first."""
    wanted = f"UID {known.highest + 1}:*" if known.highest else _since(now, DAYS)
    # `7:*` also names the last letter where none is newer (RFC 3501, section 6.4.8).
    return [uid for uid in _search(server, wanted) if uid > known.highest]


def _imap_week(server: imaplib.IMAP4, senders: Collection[str], now: float) -> float:
    """How many letters a week a mailbox got in the last weeks, of ``senders`` if there are any."""
    since = _since(now, 7 * WEEKS)
    quoted = [re.sub(r'["\\\s]', "", sender) for sender in senders if sender.isascii()]
    searches = [f'{since} FROM "{sender}"' for sender in quoted] if senders else [since]
    return sum(len(_search(server, wanted)) for wanted in searches) / WEEKS


def _since(now: float, days: int) -> str:
    """The words of a search for the letters of the last ``days``; for all without a moment."""
    day = datetime.fromtimestamp(now, UTC) - timedelta(days) if now else datetime(1970, 1, 1)
    return f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def _search(server: imaplib.IMAP4, wanted: str) -> list[int]:
    """The UIDs of the letters that a search finds, in their order."""
    data = _said(server.uid("SEARCH", wanted), "does not search")
    return sorted(int(uid) for uid in (data[0] or b"").split() if uid.isdigit())


def _fetched(server: imaplib.IMAP4, uid: int) -> bytes:
    """A letter, not marked as read; empty for one that is too large."""
    if _size(server, uid) > MAX_MAIL:
        return b""
    data = _said(server.uid("FETCH", str(uid), "(BODY.PEEK[])"), "does not answer")
    return next((part[1] for part in data if isinstance(part, tuple)), b"")


def _size(server: imaplib.IMAP4, uid: int) -> int:
    """The bytes of a letter, as the server says; 0 where it does not."""
    data = _said(server.uid("FETCH", str(uid), "(RFC822.SIZE)"), "does not answer")
    size = _SIZE.search(b" ".join(part for part in data if isinstance(part, bytes)))
    return int(size[1]) if size else 0


def _said(answer: tuple[str, list], what: str) -> list:  # type: ignore[type-arg]
    """What a server answers to a command. Raises imaplib's error where it refuses it."""
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(what)
    return data
