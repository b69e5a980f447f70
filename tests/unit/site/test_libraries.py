"""The browser libraries: what lies in the folder is what the lock file and the list of it say."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from migragraph.site.libraries import FOLDER, has_libraries, vendor_files

SITE = Path(str(files("migragraph.site")))
REPO_ROOT = Path(__file__).parents[3]
LOCKS = (SITE / "npm" / "package-lock.json", REPO_ROOT / "tests" / "browser" / "package-lock.json")
FREE = {"Apache-2.0", "MIT", "MIT OR Apache-2.0", "MPL-2.0"}


@pytest.fixture(scope="module")
def vendor() -> dict[str, bytes]:
    found = vendor_files()
    assert found is not None, "the browser libraries are missing: bin/test installs them."
    return {name.removeprefix(f"{FOLDER}/"): data for name, data in found.items()}


@pytest.fixture(scope="module")
def listed(vendor: dict[str, bytes]) -> dict[str, Any]:
    return {one["file"]: one for one in json.loads(vendor["vendor.json"])["files"]}


def test_the_list_is_of_what_is_there(vendor: dict[str, bytes], listed: dict[str, Any]) -> None:
    assert listed.keys() == vendor.keys() - {"vendor.json"}
    assert listed.keys() == {"editor.js", "licences.txt", "minisearch.js", "oxigraph.js"}
    for name, one in listed.items():
        assert (one["bytes"], one["sha256"]) == (len(vendor[name]), hashlib.sha256(vendor[name]).hexdigest())


def test_each_package_is_the_locked_one_with_a_licence(vendor: dict[str, bytes], listed: dict[str, Any]) -> None:
    lock = json.loads(LOCKS[0].read_text("utf-8"))["packages"]
    licences = vendor["licences.txt"].decode()
    packages = [package for one in listed.values() for package in one["packages"]]
    assert {"codemirror-lang-sparql", "minisearch", "oxigraph"} <= {package["name"] for package in packages}
    for package in packages:
        locked = lock[f"node_modules/{package['name']}"]
        assert (package["version"], package["integrity"]) == (locked["version"], locked["integrity"])
        assert package["licence"] in FREE
        assert f"{package['name']} {package['version']} ({package['licence']})" in licences


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(REPO_ROOT)))
def test_all_that_is_installed_is_locked_by_its_hash(lock: Path) -> None:
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    for name, package in installed.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "://" not in package.get("resolved", "https://registry.npmjs.org/").removeprefix(
            "https://registry.npmjs.org/"
        )
        assert package["license"] in FREE, name


def test_the_scripts_name_no_address_of_others(vendor: dict[str, bytes]) -> None:
    """Only the names of namespaces that a browser knows, which it never asks for."""
    own = {"http://www.w3.org/2000/svg"}
    for name in ("editor.js", "minisearch.js"):
        assert set(re.findall(r"https?://[^\"'`\s\\]+", vendor[name].decode())) <= own, name
    assert b"//# sourceMappingURL" not in b"".join(vendor.values())


def test_without_the_folder_there_are_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("migragraph.site.libraries._folder", lambda: tmp_path)
    assert not has_libraries()
    assert vendor_files() is None
