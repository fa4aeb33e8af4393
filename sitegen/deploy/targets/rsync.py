"""rsync over ssh: one run for each group of files, so that pages follow their assets.

All runs share one connection. Unknown host keys are refused.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sitegen.base.diagnostics import fail
from sitegen.base.files import expanded
from sitegen.config.targets import RsyncTarget
from sitegen.deploy.model import LOCK, Entry, Item, Refused, Seen, Surroundings, Transient

_LINE = re.compile(r"^([-dlps])\S{9,10}\s+([\d,.]+) (\d{4}/\d\d/\d\d) (\d\d:\d\d:\d\d) (.*)$")
_FINAL = re.compile(r"denied|verification failed|No space|not resolve|Read-only")
_LOST = {10, 12, 30, 35, 255}  # statuses of rsync and ssh that a lost connection has
_IDLE = 10  # seconds after which a connection that nobody closed closes itself


class Rsync:
    """A folder on a host, or without a host one of this machine."""

    jobs, atomic = 1, False

    def __init__(self, target: RsyncTarget, around: Surroundings) -> None:
        self.env = dict(around.env) | {"TZ": "UTC", "LC_ALL": "C"}
        self.mark = around.mark
        user = f"{target.user}@" if target.user else ""
        self.host = f"{user}{target.host}"
        self.place = f"{self.host}:{target.path.rstrip('/')}/"
        self.name = f"rsync://{self.place}"
        self.ssh = _ssh(target)
        self.shared = ""  # the folder of the socket by which runs share a connection

    @property
    def shell(self) -> str:
        """The command by which rsync reaches the host."""
        share = ["-o", f"ControlPath={self.shared}/ssh"] if self.shared else []
        return shlex.join([*self.ssh, *share])

    def _connect(self) -> None:
        """Log in once for all runs. If ssh cannot do that, each run logs in and says why not."""
        self.shared = tempfile.mkdtemp(prefix="sitegen-")
        keep = ["-o", f"ControlPersist={_IDLE}", "-o", "ServerAliveInterval=15"]
        if not self._control(*keep, "-f", "-N", "-M"):
            self._disconnect()

    def _disconnect(self) -> None:
        """Remove the socket; later runs log in on their own."""
        shutil.rmtree(self.shared, ignore_errors=True)
        self.shared = ""

    def _control(self, *arguments: str) -> bool:
        """Run ssh for the shared connection; whether it succeeded."""
        command = [*shlex.split(self.shell), *arguments, self.host]
        silent = subprocess.DEVNULL
        try:
            done = subprocess.run(
                command, stdin=silent, stdout=silent, stderr=silent, env=self.env, check=False
            )
        except FileNotFoundError:
            return False
        return done.returncode == 0

    def _rsync(self, *arguments: str, feed: Sequence[str] = ()) -> str:
        command = ["rsync", "--protect-args", "--timeout=60", "-e", self.shell, *arguments]
        data = b"".join(name.encode() + b"\0" for name in feed)
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, env=self.env, check=False
            )
        except FileNotFoundError:
            raise fail(
                "deploy",
                "a target of kind rsync needs the programs rsync and ssh",
                help="install them",
                exit_status=2,
            ) from None
        if done.returncode == 0:
            return done.stdout.decode("utf-8", "replace")
        said = [
            line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()
        ]
        said.sort(key=lambda line: not _FINAL.search(line))
        reason = said[0] if said else f"rsync ended with {done.returncode}"
        if done.returncode in _LOST and not _FINAL.search(reason):
            raise Transient(f"no connection ({reason})")
        raise Refused(reason)

    def begin(self, writing: bool) -> None:
        """Make the folder."""
        if not self.shared:
            self._connect()
        if writing:
            with tempfile.TemporaryDirectory() as empty:
                self._rsync("--dirs", "--mkpath", "--chmod=D755", f"{empty}/", self.place)

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None."""
        with tempfile.TemporaryDirectory() as folder:
            try:
                self._rsync(self.place + name, f"{folder}/file")
            except Refused as error:
                if "No such file" in str(error):
                    return None
                raise
            path = Path(folder, "file")
            return path.read_bytes() if path.is_file() else None

    def listing(self, verify: bool) -> dict[str, Seen] | None:
        """All files, in one run."""
        found = {}
        try:
            said = self._rsync("--recursive", "--times", "--list-only", "-8", self.place)
        except Refused as error:
            if "No such file" in str(error):
                return {}
            raise
        for line in said.splitlines():
            match = _LINE.match(line)
            if (
                match
                and match[1] != "d"
                and not match[5].rsplit("/", 1)[-1].startswith(".sitegen-")
            ):
                found[match[5]] = Seen(int(re.sub(r"\D", "", match[2])), f"{match[3]}-{match[4]}")
        return found

    def same(self, item: Item) -> Entry | None:
        """Nothing is known without the manifest; rsync itself finds out what must travel."""
        return None

    def put(self, item: Item) -> Entry:
        """Send one file."""
        return self.put_all([item])[item.path]

    def put_all(self, items: Sequence[Item]) -> Mapping[str, Entry]:
        """Send files by one run for each folder that they lie in; all appear at its end."""
        out = {}
        roots = defaultdict(list)
        for item in items:
            roots[item.source.removesuffix(item.path)].append(item)
        for root, some in roots.items():
            send = (
                "--times",
                "--checksum",
                "--delay-updates",
                "--chmod=D755,F644",
                "--from0",
                "--files-from=-",
            )
            self._rsync(*send, root, self.place, feed=[i.path for i in some])
            for item in some:
                info = os.stat(item.source)
                when = time.strftime("%Y/%m/%d-%H:%M:%S", time.gmtime(info.st_mtime))
                out[item.path] = Entry(
                    item.digest, info.st_size, item.type, item.cache, item.encoding, when
                )
        return out

    def delete(self, names: Iterable[str]) -> None:
        """Remove files, by names that are missing in folders without files.

        Folders that become empty stay.
        """
        wanted = list(names)
        with tempfile.TemporaryDirectory() as empty:
            for name in wanted:
                Path(empty, name).parent.mkdir(parents=True, exist_ok=True)
            self._rsync(
                "--dirs",
                "--delete-missing-args",
                "--from0",
                "--files-from=-",
                f"{empty}/",
                self.place,
                feed=wanted,
            )

    def write(self, name: str, data: bytes) -> None:
        """Write a small file whole."""
        self._write(name, data)

    def _write(self, name: str, data: bytes, *more: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, name).write_bytes(data)
            self._rsync("--checksum", "--chmod=F644", *more, f"{folder}/{name}", self.place)

    def claim(self, data: bytes) -> bool:
        """Make the lock file, unless there is one; whose it is, is then read."""
        self._write(LOCK, data, "--ignore-existing")
        return self.read(LOCK) == data

    def finish(self, release: int) -> None:
        """Nothing is left to do."""

    def close(self) -> None:
        """Close the connection."""
        if self.shared:
            self._control("-O", "exit")
            self._disconnect()


def _ssh(target: RsyncTarget) -> list[str]:
    """The ssh command: no questions, known hosts only."""
    out = [
        "ssh",
        "-o",
        "BatchMode=yes",
        "-o",
        "StrictHostKeyChecking=yes",
        "-o",
        "ConnectTimeout=15",
    ]
    out += ["-p", str(target.port)] if target.port else []
    out += ["-i", str(expanded(target.key))] if target.key else []
    out += (
        ["-o", f"UserKnownHostsFile={expanded(target.known_hosts)}"] if target.known_hosts else []
    )
    return out
