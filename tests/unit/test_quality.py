"""The code is linted, formatted and typed as pyproject.toml says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPO_ROOT = Path(__file__).parents[2]

CHECKS = {
    "lint": ("ruff", "check", "--output-format=concise", "src", "tests"),
    "format": ("ruff", "format", "--check", "src", "tests"),
    "types": ("mypy", "--strict", "src", "tests"),
}


@pytest.mark.parametrize("check", CHECKS)
def test_code_is_clean(check: str) -> None:
    command = [sys.executable, "-m", *CHECKS[check]]
    done = subprocess.run(command, cwd=REPO_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
