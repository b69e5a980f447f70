"""Every console block of the README and the docs prints what the page says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs import blocks

PAGES = blocks.pages()


def test_there_is_a_page_for_each_command() -> None:
    from migragraph.cli import cli

    named = {page.stem for page in PAGES}
    assert set(cli.commands) <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_page_says(page: Path) -> None:
    wrong = [step for block in blocks.run_page(page) for step in block if not step.matches]
    assert not wrong, "\n".join(f"$ {step.command}\n{step.printed}" for step in wrong)


PYTHON = [
    pytest.param(block, id=f"{page.name}-{number}")
    for page in PAGES
    for number, block in enumerate(
        re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    )
]


@pytest.mark.parametrize("block", PYTHON)
def test_python_blocks_run(block: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_the_pages_hold_blocks() -> None:
    commands = [step.command for page in PAGES if page.name in ("query.md", "validate.md") for step in _steps(page)]
    assert len(commands) >= 6


def test_the_way_to_a_graph_of_your_own_leads_there() -> None:
    """A page that is filled in anew would tell of a failure as readily."""
    page = next(page for page in PAGES if page.name == "own-graph.md")
    told = [step.told for step in _steps(page) if step.command.startswith("migragraph ")]
    assert [text.partition(":")[0] for text in told[:2]] == ["conforms"] * 2
    assert told[2].startswith("The archive of the town, ")
    assert told[3].splitlines()[-1].startswith("migragraph.toml gives no site.url")


def _steps(page: Path) -> list[blocks.Step]:
    return [step for block in blocks.run_page(page) for step in block]


@pytest.mark.parametrize(
    ("told", "printed", "matches"),
    [
        ("a\n", "a\n", True),
        ("a\n", "b\n", False),
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("...\nc\n", "c\n", True),
        ("...\nc\n", "a\nd\n", False),
        ("a\n", "a\n[exit 2]\n", False),
    ],
)
def test_three_dots_stand_for_any_lines(told: str, printed: str, matches: bool) -> None:
    assert blocks.Step("command", told, printed).matches is matches
