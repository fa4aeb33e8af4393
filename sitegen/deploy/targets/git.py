"""A branch of a git repository, for GitHub and GitLab Pages: one commit or none.

No checkout, index or hook is touched.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sitegen.base.diagnostics import fail
from sitegen.base.files import expanded
from sitegen.base.secrets import hidden
from sitegen.config.targets import GitTarget
from sitegen.deploy.model import (
    MANIFEST,
    Entry,
    Item,
    LostRace,
    Refused,
    Seen,
    Surroundings,
    Transient,
    decode_manifest,
)

_LOST = re.compile(
    r"Could not resolve|timed out|Connection (reset|refused|closed)|unexpected disconnect|early"
    r" EOF|hung up|HTTP 5\d\d|RPC failed"
)
_SAID = re.compile(r"fatal|error|remote|ssh|.*(denied|rejected|verification)")
_RACE = re.compile(
    r"fetch first|non-fast-forward|stale info|cannot lock ref|reference already exists"
)

FAR = 50  # commits that a rollback looks at


class Git:
    """A branch.

    Its files become one commit, which is pushed at the end.
    """

    jobs, atomic = 1, True

    def __init__(self, root: Path, cache: Path, target: GitTarget, around: Surroundings) -> None:
        self.target, self.around = target, around
        self.env = dict(around.env) | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        self.env.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
        for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
            self.env.pop(name, None)
        self.root, self.cache = root, cache
        self.name = f"{target.repository} {target.branch}"
        self.ref = f"refs/heads/{target.branch}"
        self.dir, self.remote, self.tip = "", "", ""
        self.changes: dict[str, tuple[str, bytes]] = {}
        self.gone: set[str] = set()

    def _git(
        self, *arguments: str, feed: bytes | None = None, index: str = "", allow: bool = False
    ) -> str:
        command = ["git", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0", *arguments]
        env = (
            self.env
            | ({"GIT_DIR": self.dir} if self.dir else {})
            | ({"GIT_INDEX_FILE": index} if index else {})
        )
        try:
            done = subprocess.run(
                command, input=feed, capture_output=True, cwd=self.root, env=env, check=False
            )
        except FileNotFoundError:
            raise fail(
                "deploy",
                "a target of kind git needs the program git",
                help="install it",
                exit_status=2,
            ) from None
        if done.returncode == 0 or allow:
            return done.stdout.decode("utf-8", "surrogateescape")
        said = hidden(done.stderr.decode("utf-8", "replace")).strip()
        if _RACE.search(said):
            raise LostRace
        lines = [x for x in said.splitlines() if _SAID.match(x)] or said.splitlines()
        text = (
            "; ".join(dict.fromkeys(x.strip() for x in lines[:3])) or f"git {arguments[0]} failed"
        )
        raise Transient(text) if _LOST.search(said) else Refused(text)

    def begin(self, writing: bool) -> None:
        """Fetch the tip of the branch."""
        self.dir, self.changes, self.gone = "", {}, set()
        name = self.target.repository
        own = self._git("rev-parse", "--absolute-git-dir", allow=True).strip()
        url = (
            self._git("remote", "get-url", name, allow=True).strip()
            if own and re.fullmatch(r"[\w.-]+", name)
            else ""
        )
        if url:
            self.dir, self.remote = (
                own,
                url,
            )  # settings of the site's own repository hold, such as a token of CI
        else:
            if re.fullmatch(r"[\w-]+", name) and not (self.root / name).exists():
                raise Refused(
                    f"the site's repository has no remote `{name}`: write a remote or a URL below"
                    " `repository`"
                )
            local = "://" not in name and not re.match(r"[^/]+:", name)
            self.remote = str((self.root / expanded(name)).resolve()) if local else name
            folder = self.cache / "git" / hashlib.sha256(name.encode()).hexdigest()[:16]
            for left in folder.rglob(
                "*.lock"
            ):  # by a deployment that was killed; there is one at a time
                left.unlink(missing_ok=True)
            self._git("init", "-q", "--bare", str(folder))
            self.dir = str(folder)
        listed = self._git("ls-remote", "--", self.remote, self.ref).split()
        self.tip = listed[0] if listed else ""
        if self.tip:
            self._fetch(1)

    def _fetch(self, commits: int) -> None:
        """Bring the tip, with as many commits as are needed; the site's own repository is never
        made shallow."""
        depth = [f"--depth={commits}"] if Path(self.dir).is_relative_to(self.cache) else []
        self._git(
            "fetch", "-q", "--no-tags", "--no-write-fetch-head", *depth, "--", self.remote, self.ref
        )

    def read(self, name: str) -> bytes | None:
        """A file's bytes at the tip, or None."""
        if not self.tip:
            return None
        out = self._git("cat-file", "blob", f"{self.tip}:{name}", allow=True)
        return out.encode("utf-8", "surrogateescape") or None

    def listing(self, verify: bool) -> dict[str, Seen] | None:
        """All files at the tip."""
        if not self.tip:
            return {}
        found = {}
        for line in filter(
            None, self._git("ls-tree", "-r", "-l", "-z", "--full-tree", self.tip).split("\0")
        ):
            head, _, path = line.partition("\t")
            _mode, _kind, blob, size = head.split()
            found[path] = Seen(int(size) if size.isdigit() else -1, blob)
        return found

    def same(self, item: Item) -> Entry | None:
        """Compare by the name that git gives to bytes."""
        out = self._git(
            "rev-parse", "-q", "--verify", f"{self.tip}:{item.path}", allow=True
        ).strip()
        entry = _entry(item)
        return entry if out == entry.etag else None

    def put(self, item: Item) -> Entry:
        """Remember the file for the commit."""
        self.changes[item.path] = (item.source, item.data)
        return _entry(item)

    def delete(self, names: Iterable[str]) -> None:
        """Remember the file as gone."""
        self.gone |= set(names)

    def write(self, name: str, data: bytes) -> None:
        """Remember one of sitegen's own files for the commit."""
        self.changes[name] = ("", data)

    def claim(self, data: bytes) -> bool:
        """Nothing to take: a push that comes second is refused, and made again upon the first."""
        return True

    def finish(self, release: int) -> None:
        """Make the commit and push it, unless nothing has changed."""
        with tempfile.TemporaryDirectory() as folder:
            index = os.path.join(folder, "index")
            self._git("read-tree", self.tip or "--empty", index=index)
            blobs = self._blobs(Path(folder))
            rows = [f"0 {'0' * 40}\t{name}" for name in sorted(self.gone - self.changes.keys())]
            rows += [f"100644 {blob}\t{name}" for name, blob in sorted(blobs.items())]
            self._git(
                "update-index",
                "-z",
                "--index-info",
                index=index,
                feed="".join(f"{r}\0" for r in rows).encode(),
            )
            tree = self._git("write-tree", index=index).strip()
        if self.tip and tree == self._git("rev-parse", f"{self.tip}^{{tree}}").strip():
            return
        self._push(
            tree, [self.tip] if self.tip and self.target.history else [], self.target.message
        )

    def _blobs(self, folder: Path) -> dict[str, str]:
        """The files as objects of the repository, bytes as they are."""
        names, paths = sorted(self.changes), []
        for number, name in enumerate(names):
            source, data = self.changes[name]
            if not source:
                source = str(folder / str(number))
                Path(source).write_bytes(data)
            paths.append(source)
        said = self._git(
            "hash-object",
            "-w",
            "--no-filters",
            "--stdin-paths",
            feed="".join(f"{p}\n" for p in paths).encode(),
        )
        return dict(zip(names, said.split(), strict=True))

    def _push(self, tree: str, parents: list[str], message: str) -> None:
        who = {
            "name": self._git("config", "user.name", allow=True).strip(),
            "email": self._git("config", "user.email", allow=True).strip(),
        }
        for role in ("AUTHOR", "COMMITTER"):
            self.env.setdefault(f"GIT_{role}_NAME", who["name"] or "sitegen")
            self.env.setdefault(f"GIT_{role}_EMAIL", who["email"] or "sitegen@localhost")
        commit = self._git(
            "commit-tree", tree, *(x for p in parents for x in ("-p", p)), "-m", message
        ).strip()
        lease = [] if self.target.history else [f"--force-with-lease={self.ref}:{self.tip}"]
        self._git("push", "-q", *lease, "--", self.remote, f"{commit}:{self.ref}")

    def roll_back(self) -> int:
        """Push a commit with the files of the release before the one that is shown: a second
        rollback goes further back, and not to the release that was taken back."""
        self.begin(True)
        if not self.tip:
            raise Refused("has no such branch")
        self._fetch(FAR)
        commit, release = self._before_tip()
        if not commit:
            raise Refused("has no earlier release (a branch without history holds one)")
        tree = self._git("rev-parse", f"{commit}^{{tree}}").strip()
        self._push(tree, [self.tip], f"Back to the release before {self.tip[:12]}")
        return release

    def _before_tip(self) -> tuple[str, int]:
        """(commit, number) of the release before that of the tip; an empty one without any."""
        log = self._git("rev-list", "--first-parent", f"--max-count={FAR}", self.tip).split()
        shown = self._release(self.tip)
        for commit in log[1:]:
            release = self._release(commit)
            if 0 < release < shown:
                return commit, release
        return "", 0

    def _release(self, commit: str) -> int:
        """The number of the release that a commit holds; 0 if sitegen did not make it."""
        text = self._git("cat-file", "blob", f"{commit}:{MANIFEST}", allow=True)
        manifest = decode_manifest(text.encode("utf-8", "surrogateescape"))
        return manifest.release if manifest else 0

    def close(self) -> None:
        """Nothing is open."""


def _entry(item: Item) -> Entry:
    data = item.read()
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    return Entry(item.digest, len(data), item.type, item.cache, item.encoding, blob)
