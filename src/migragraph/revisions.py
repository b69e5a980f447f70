"""Revisions: files as they were at a revision of their git repository, put into a temporary folder.

Only plumbing is called that reads objects (rev-parse, ls-tree, cat-file): no hook, filter, pager or transport runs,
whatever a repository configures, and the user's own tree and index are not touched.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from migragraph.errors import CallError

__all__ = ["Checkout", "open_checkout"]

# Keep what a repository may configure from running anything, and lazy clones from fetching.
_SAFE = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.pager=cat", "protocol.allow=never")
# Set in hooks: they would lead git to another repository than that of the folder.
_LOCAL = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
_POINTER = b"version https://git-lfs.github.com/spec/"
_LINK, _SUBMODULE = "120000", "160000"
_NOWHERE = "nowhere"
"""What a link leads to that leads nowhere at the revision."""


class Entry(NamedTuple):
    """A file of a tree: its mode, the name of its object, and its path from the top."""

    mode: str
    object: str
    path: str


@dataclass(frozen=True)
class Checkout:
    """A temporary folder into which files of a commit are written, at their paths from the top of the repository."""

    top: Path
    commit: str
    revision: str
    folder: Path

    def place(self, path: Path) -> Path:
        """Give where the file or folder at a path of the user's tree is put; raise CallError where it lies outside."""
        return self.folder / self._name(path)

    def write(self, paths: Iterable[Path], wanted: Callable[[PurePosixPath], bool] = lambda _: True) -> None:
        """Write what the commit has of files and folders, given by their paths in the user's tree.

        Of a folder only those files that are ``wanted``. What the commit does not have is passed over. Raises CallError
        for a submodule, a file that only Git LFS holds, a link that leaves the repository, or an object that is not
        there.
        """
        names = sorted({self._name(path) for path in paths})
        listed = [
            entry
            for entry in self._list(names)
            if entry.mode == _SUBMODULE or entry.path in names or wanted(PurePosixPath(entry.path))
        ]
        followed = {entry.path: self._follow(entry) for entry in listed}
        found = [entry for entry in followed.values() if entry is not None]
        for entry, data in zip(found, self._read(found), strict=True):
            if data.startswith(_POINTER):
                raise self.refuse(f"{entry.path} is held by Git LFS", "Its content is not in the repository itself.")
            self._make_room(entry.path).write_bytes(data)
        for path in (path for path, entry in followed.items() if entry is None):
            self._make_room(path).symlink_to(_NOWHERE)

    def _make_room(self, path: str) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def refuse(self, what: str, advice: str) -> CallError:
        """Give the error that something is so at the revision."""
        return CallError(f"at the revision {self.revision!r} {what}.", path=self.top, advice=advice)

    def _name(self, path: Path) -> str:
        whole = Path(os.path.normpath(Path.cwd() / path))
        whole = whole.parent.resolve() / whole.name
        if not whole.is_relative_to(self.top):
            advice = "Leave out --changed-since, or keep it there."
            raise CallError(f"it lies outside of the git repository {self.top}.", path=path, advice=advice)
        return whole.relative_to(self.top).as_posix()

    def _list(self, names: Iterable[str]) -> Iterator[Entry]:
        paths = [] if "." in names else list(names)
        listed = _run_git(self.top, "ls-tree", "-r", "-z", "--full-tree", self.commit, "--", *paths)
        for line in listed.split(b"\0")[:-1]:
            head, _, name = line.partition(b"\t")
            mode, _, object_ = head.decode().split(" ")
            path = os.fsdecode(name)
            # A tree that git itself would not make may hold such names.
            if path.startswith("/") or {"", ".", "..", ".git"} & set(path.split("/")):
                raise self.refuse(f"the tree holds the name {path!r}", "No checkout has such a name.")
            yield Entry(mode, object_, path)

    def _follow(self, entry: Entry) -> Entry | None:
        """Give the file that a link leads to, None for one that leads nowhere."""
        if entry.mode == _SUBMODULE:
            raise self.refuse(f"{entry.path} is a submodule", "Only files of the repository itself can be compared.")
        if entry.mode != _LINK:
            return entry
        if "\n" in entry.path:
            raise self.refuse(f"the link {entry.path!r} has a line break in its name", "Rename it.")
        asked = os.fsencode(f"{self.commit}:{entry.path}\n")
        answer = _run_git(self.top, "cat-file", "--batch-check", "--follow-symlinks", data=asked).split()
        if answer[0] in (b"dangling", b"loop", b"notdir") or answer[-1] == b"missing":
            return None
        if answer[1] != b"blob":
            raise self.refuse(f"{entry.path} links to no file of the repository", "Put the files there themselves.")
        return entry._replace(mode="100644", object=answer[0].decode())

    def _read(self, entries: Iterable[Entry]) -> Iterator[bytes]:
        names = [entry.object for entry in entries]
        data = _run_git(self.top, "cat-file", "--batch", data="".join(f"{name}\n" for name in names).encode())
        start = 0
        for name in names:
            end = data.index(b"\n", start)
            head = data[start:end].split()
            if head[-1] == b"missing":
                advice = "The clone is partial: fetch it whole."
                raise self.refuse(f"the object {name} is not in the repository", advice)
            size = int(head[2])
            yield data[end + 1 : end + 1 + size]
            start = end + size + 2


@contextlib.contextmanager
def open_checkout(start: Path, revision: str) -> Iterator[Checkout]:
    """Give a checkout, empty at first, of a revision of the repository around a folder; it is taken away at the end.

    Raises CallError where there is no git, no repository, or no such revision.
    """
    top = Path(os.fsdecode(_run_git(start, "rev-parse", "--show-toplevel").removesuffix(b"\n"))).resolve()
    commit = _find_commit(top, revision)
    with tempfile.TemporaryDirectory(prefix="migragraph-") as folder:
        yield Checkout(top, commit, revision, Path(folder).resolve())


def _find_commit(top: Path, revision: str) -> str:
    unknown = CallError(
        f"the repository has no revision {revision!r}.",
        path=top,
        advice="Name a commit, a branch or a tag; a shallow clone lacks them (actions/checkout: fetch-depth: 0).",
    )
    if not revision.strip() or revision.startswith("-") or not revision.isprintable():
        raise unknown
    try:
        return _run_git(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except CallError as error:
        raise unknown from error


def _run_git(folder: Path, *arguments: str, data: bytes = b"") -> bytes:
    settings = [part for setting in _SAFE for part in ("-c", setting)]
    environment = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            ["git", *settings, "-C", os.fspath(folder), "--literal-pathspecs", *arguments],
            input=data,
            env=environment,
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise CallError("git is not installed, so there are no revisions.", advice="Install git.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
        advice = "--changed-since is for files in a git repository."
        raise CallError(f"git cannot read a repository here: {said}.", path=folder, advice=advice) from error
    return done.stdout
