"""SFTP, by paramiko (the extra `sftp`).

Unknown host keys are refused.
"""

from __future__ import annotations

import contextlib
import posixpath
import stat
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from sitegen.base.diagnostics import fail, in_words
from sitegen.base.files import expanded
from sitegen.base.install import install_line
from sitegen.base.text import digest
from sitegen.config.targets import SftpTarget
from sitegen.deploy.model import LOCK, Entry, Item, Refused, Seen, Surroundings, Transient

T = TypeVar("T")


class Sftp:
    """A folder on a host.

    Each thread has a connection of its own, opened again when it is lost.
    """

    atomic = False

    def __init__(self, target: SftpTarget, around: Surroundings) -> None:
        self.target, self.env = target, around.env
        self.mark = around.mark
        self.jobs = max(1, target.jobs)
        self.base = target.path.rstrip("/") or "/"
        self.name = f"sftp://{target.host}{'' if target.path.startswith('/') else '/'}{target.path}"
        self.local = threading.local()
        self.open: list[Any] = []
        self.folders: set[str] = set()

    def begin(self, writing: bool) -> None:
        """Connect, and make the folder."""
        if writing:
            self._call(lambda: self._make(self.base))

    def _sftp(self) -> Any:
        client = getattr(self.local, "sftp", None)
        if client is None:
            ssh = connect(self.target, self.env)
            self.open.append(ssh)
            client = self.local.sftp = ssh.open_sftp()
            client.get_channel().settimeout(60)
        return client

    def _call(self, work: Callable[[], T]) -> T:
        """What ``work`` returns; a lost connection is opened again at the next try."""
        import paramiko

        try:
            return work()
        except (paramiko.AuthenticationException, paramiko.BadHostKeyException) as error:
            raise Refused(f"{error}: check user, key and known_hosts") from None
        except FileNotFoundError:
            raise
        except PermissionError:
            raise Refused("permission denied: the user may not write there") from None
        except (OSError, EOFError, paramiko.SSHException, TimeoutError, ConnectionError) as error:
            if isinstance(error, paramiko.SSHException) and "not found in known_hosts" in str(
                error
            ):
                raise Refused(
                    f"{error}: check the host's fingerprint and add it to known_hosts"
                ) from None
            if isinstance(error, OSError) and error.errno is None and str(error) == "Failure":
                raise Refused("the host cannot write the file: is its disk full?") from None
            self.local.sftp = None
            self.folders.clear()
            raise Transient(f"no connection ({in_words(error)})") from None

    def _at(self, name: str) -> str:
        return posixpath.join(self.base, name)

    def _make(self, folder: str) -> None:
        """Make a folder with its parents."""
        if folder in ("", "/", ".") or folder in self.folders:
            return
        sftp = self._sftp()
        try:
            if not stat.S_ISDIR(sftp.stat(folder).st_mode):
                raise Refused(f"`{folder}` is not a folder")
        except FileNotFoundError:
            self._make(posixpath.dirname(folder))
            with contextlib.suppress(OSError):  # another thread was first
                sftp.mkdir(folder, 0o755)
            sftp.stat(folder)
        self.folders.add(folder)

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None."""

        def work() -> bytes:
            with self._sftp().open(self._at(name), "rb") as file:
                file.prefetch()
                return bytes(file.read())

        try:
            return self._call(work)
        except FileNotFoundError:
            return None

    def listing(self, verify: bool) -> dict[str, Seen] | None:
        """All files: a question for each folder, so only where it must be."""
        if not verify:
            return None
        found: dict[str, Seen] = {}

        def walk(below: str) -> None:
            for one in self._sftp().listdir_attr(self._at(below) if below else self.base):
                if stat.S_ISDIR(one.st_mode):
                    walk(f"{below}{one.filename}/")
                elif not one.filename.startswith(".sitegen-"):
                    found[below + one.filename] = Seen(one.st_size, str(one.st_mtime))

        with contextlib.suppress(FileNotFoundError):
            self._call(lambda: walk(""))
        return found

    def same(self, item: Item) -> Entry | None:
        """Read the file and compare."""
        data = self.read(item.path)
        if data is None or digest(data) != item.digest:
            return None
        info = self._call(lambda: self._sftp().stat(self._at(item.path)))
        return Entry(
            item.digest, len(data), item.type, item.cache, item.encoding, str(info.st_mtime)
        )

    def put(self, item: Item) -> Entry:
        """Send beside, then rename over."""
        data = item.read()
        try:
            info = self._call(lambda: self._replace(item.path, data))
        except FileNotFoundError:
            raise Refused("the folder went away") from None
        return Entry(
            item.digest, len(data), item.type, item.cache, item.encoding, str(info.st_mtime)
        )

    def _replace(self, name: str, data: bytes) -> Any:
        sftp, path = self._sftp(), self._at(name)
        folder, last = posixpath.split(path)
        self._make(folder)
        beside = posixpath.join(
            folder, f".sitegen-{digest(last.encode(), self.mark.encode())[:16]}"
        )
        try:
            with sftp.open(beside, "wb") as file:
                file.set_pipelined(True)
                file.write(data)
            info = sftp.stat(beside)
            if info.st_size != len(data):
                raise Refused("the host cannot write the file: is its disk full?")
            if stat.S_IMODE(info.st_mode) != 0o644:
                sftp.chmod(beside, 0o644)
            sftp.posix_rename(beside, path)
        except (Refused, OSError):
            with contextlib.suppress(Exception):  # the first failure is the one to report
                sftp.remove(beside)
            raise
        return info

    def delete(self, names: Iterable[str]) -> None:
        """Remove files and the folders that become empty."""
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                self._call(lambda name=name: self._sftp().remove(self._at(name)))  # type: ignore[misc]
            folder = posixpath.dirname(name)
            while folder:
                try:
                    self._sftp().rmdir(self._at(folder))
                except OSError:
                    break
                self.folders.discard(self._at(folder))
                folder = posixpath.dirname(folder)

    def write(self, name: str, data: bytes) -> None:
        """Write a small file whole."""
        self._call(lambda: self._replace(name, data))

    def claim(self, data: bytes) -> bool:
        """Make the lock file, unless there is one."""

        def work() -> bool:
            try:
                with self._sftp().open(self._at(LOCK), "wxb") as file:
                    file.write(data)
            except OSError:
                if self.read(LOCK) is None:
                    raise
                return False
            return True

        return self._call(work)

    def finish(self, release: int) -> None:
        """Nothing is left to do."""

    def close(self) -> None:
        """Close connections."""
        for ssh in self.open:
            ssh.close()


def connect(target: SftpTarget, env: Any) -> Any:
    """A connection to the host, with the settings of ~/.ssh/config, by agent, key file or
    SITEGEN_SFTP_PASSWORD."""
    try:
        import paramiko
    except ImportError:
        needs = "a target of kind sftp needs paramiko"
        raise fail("deploy", needs, help=install_line("sftp"), exit_status=2) from None
    settings: dict[str, Any] = {}
    own = Path.home() / ".ssh" / "config"
    if own.is_file():
        settings = dict(paramiko.SSHConfig.from_path(str(own)).lookup(target.host))
    ssh = paramiko.SSHClient()
    ssh.load_system_host_keys()
    if target.known_hosts:
        try:
            ssh.load_host_keys(str(expanded(target.known_hosts)))
        except OSError as error:
            raise Refused(f"known_hosts cannot be read: {error.strerror}") from None
    ssh.set_missing_host_key_policy(paramiko.RejectPolicy())
    password = env.get("SITEGEN_SFTP_PASSWORD") or None
    keys: Any = [str(expanded(target.key))] if target.key else settings.get("identityfile")
    ssh.connect(
        settings.get("hostname", target.host),
        port=target.port or int(settings.get("port", 22)),
        username=target.user or settings.get("user"),
        password=password,
        passphrase=env.get("SITEGEN_SFTP_PASSPHRASE") or None,
        key_filename=keys,
        look_for_keys=not target.key and not password,
        allow_agent=not target.key,
        timeout=15,
        banner_timeout=15,
        auth_timeout=15,
    )
    return ssh
