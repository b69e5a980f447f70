#!/usr/bin/env python3
"""Run the console blocks of the README and the docs, and compare or rewrite what they print.

Usage: python docs/blocks.py [--write] [PAGE]...

A block is fenced as ``console``. Its lines that begin with ``$ ``, and ``> `` after them, are run by bash, one
after the other, in one empty folder for the page; the lines after such a line are what it prints, standard error
included. A line ``...`` stands for any lines, ``<project>`` for the project's folder. A last line ``[exit N]``
tells an exit code other than 0. A block after a line that ends in a file's name, like (`town/data/a.ttl`):, is put
into that file first. ``--write`` puts in what the commands print now, save where a command already prints what the
page says.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
_FILE = re.compile(r"\(`([\w/.-]+)`\):\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Step(NamedTuple):
    """A command of a block, what the page says that it prints, and what it prints."""

    command: str
    told: str
    printed: str

    @property
    def matches(self) -> bool:
        """Tell whether the page says what is printed."""
        parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", self.told, flags=re.MULTILINE)]
        return re.fullmatch(r"(?:.*\n)*".join(parts), self.printed) is not None


def pages() -> list[Path]:
    """Give the pages that may hold blocks."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def run_page(page: Path) -> list[list[Step]]:
    """Run the blocks of a page in order; the steps of each."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in _FILE.findall(text):
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_text(content, encoding="utf-8")
        return [
            [Step(command, told, _run(command, Path(folder))) for command, told in _commands(block)]
            for block in _FENCE.findall(text)
        ]


def _commands(block: str) -> list[tuple[str, str]]:
    parts = re.split(r"^\$ (.*\n(?:> .*\n)*)", block, flags=re.MULTILINE)
    return [(told.rstrip("\n"), printed) for told, printed in zip(parts[1::2], parts[2::2], strict=True)]


def _run(command: str, folder: Path) -> str:
    """Run a command in the page's folder, in which the project's own parts seem to lie."""
    for name in ("queries", "data", "shapes", "ontology", "migragraph.toml"):
        link = folder / name
        if not link.exists():
            link.symlink_to(ROOT / name)
    paths = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    environment = {**os.environ, "PATH": os.pathsep.join(paths), "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-c", re.sub(r"^> ", "", command, flags=re.MULTILINE)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    printed = (done.stdout + done.stderr).replace(str(ROOT), "<project>").replace(str(folder), "<project>")
    if printed and not printed.endswith("\n"):
        printed += "\n"
    return printed + (f"[exit {done.returncode}]\n" if done.returncode else "")


def rewrite(page: Path) -> None:
    """Put what the commands print now into a page."""
    blocks = iter(run_page(page))

    def fresh(_: re.Match[str]) -> str:
        steps = next(blocks)
        body = "".join(f"$ {step.command}\n{step.told if step.matches else step.printed}" for step in steps)
        return f"```console\n{body}```"

    page.write_text(_FENCE.sub(fresh, page.read_text(encoding="utf-8")), encoding="utf-8")


def main() -> None:
    """Compare, or rewrite with ``--write``, the pages named, or all."""
    names = [Path(name).resolve() for name in sys.argv[1:] if name != "--write"] or pages()
    for page in names:
        if "--write" in sys.argv:
            rewrite(page)
            continue
        for step in (step for block in run_page(page) for step in block if not step.matches):
            sys.stdout.write(f"{page.name}: $ {step.command}\n{step.printed}")


if __name__ == "__main__":
    main()
