"""The programs from Debian's packages that some tests run; bin/test installs them for root, from bin/packages."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

__all__ = ["find_program", "give_up"]


def find_program(name: str) -> str:
    """Give the path of a program; without it the test is skipped, or in CI fails."""
    # Servers lie where the path of a plain user does not look.
    path = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))
    if path is None:
        give_up(f"{name} is not installed: as root, `apt-get install {name}`")
    return path


def give_up(message: str) -> NoReturn:
    """Skip a test for what is missing, and say it; in CI fail it."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
