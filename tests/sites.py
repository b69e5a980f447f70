"""Whole sites for tests to look at: each built once by the command, whichever process of a run asks for it first."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from migragraph.layout import DESCRIPTION, FOLDERS, bundled_root

__all__ = ["ADDRESS", "REPORT", "Built", "build_once", "copy_bundled"]

ADDRESS = "https://example.org/graph/"
REPORT = "mailto:errors@example.org?subject={subject}&body={body}"

Write = Callable[[Path], None]


class Built(NamedTuple):
    """A site on the disk: the project that it is made of, its folder, and the address that it was given, or none."""

    project: Path
    folder: Path
    address: str = ""

    @property
    def root(self) -> str:
        """Give the address of the folder."""
        return f"{self.folder.as_uri()}/"


def build_once(factory: pytest.TempPathFactory, name: str, write: Write, address: str = "", seed: int = 0) -> Built:
    """Build the site of a project where all workers share it, if none has yet; ``write`` writes the project."""
    base = factory.getbasetemp()
    # Each worker of pytest-xdist has a folder of its own in that of the run.
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sites"
    shared.mkdir(exist_ok=True)
    built = Built(shared / f"{name} project", shared / f"a site with a space, {name}", address)
    done = shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            built.project.mkdir()
            write(built.project)
            _build(built, seed)
            done.touch()
    return built


def _build(built: Built, seed: int) -> None:
    command = [sys.executable, "-m", "migragraph", "build", "--project", str(built.project), "-o", str(built.folder)]
    cache = built.project.with_suffix(".cache")
    env = os.environ | {"PYTHONHASHSEED": str(seed), "MIGRAGRAPH_CACHE": str(cache)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def copy_bundled(root: Path, **settings: str) -> None:
    """Copy the bundled project into a folder, with some settings of its site."""
    source = bundled_root()
    for part in FOLDERS:
        shutil.copytree(source / part, root / part)
    shutil.copy(source / "CHANGELOG.md", root)
    text = (source / DESCRIPTION).read_text("utf-8")
    assert text.count("\n[site]\n") == 1
    lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    (root / DESCRIPTION).write_text(text.replace("\n[site]\n", f"\n[site]\n{lines}"), encoding="utf-8")
