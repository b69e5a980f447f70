"""The wheel: it carries the graph and no text, is built the same each time, and works where nothing else is."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from pyoxigraph import Literal, RdfFormat, parse

from migragraph.layout import DESCRIPTION, FOLDERS, bundled_root, load_layout
from migragraph.namespaces import MG, RDF
from migragraph.reading import read_quads
from migragraph.site.modelling import CHANGELOG

# One worker builds and installs; the tests share what it made.
pytestmark = pytest.mark.xdist_group("wheel")

REPO_ROOT = Path(__file__).parents[2]
BUNDLED = "migragraph/bundled/"
# A moment in 2023; the format of the archive knows no time before 1980.
EPOCH = "1700000000"


def build(folder: Path, **variables: str) -> Path:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **variables}
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPO_ROOT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def members(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an environment with the wheel in it, which sees what it depends on and not the checkout."""
    root = tmp_path_factory.mktemp("environment")
    venv.create(root, with_pip=False, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(root / "bin" / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    # A folder named in a .pth file is searched, and the .pth files in it, by which the checkout is found here, are not.
    elsewhere = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site,) = root.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text("".join(f"{path}\n" for path in sorted(elsewhere)), encoding="utf-8")
    return root


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Give a folder with no project in it or above it."""
    assert not any((folder / DESCRIPTION).exists() for folder in (tmp_path, *tmp_path.parents))
    return tmp_path


def run(installed: Path, folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(installed / "bin" / "migragraph"), *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_wheel_carries_the_graph(members: dict[str, bytes]) -> None:
    root = bundled_root()
    kept = [path for part in FOLDERS for path in (root / part).rglob("*") if path.is_file()]
    expected = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in [root / DESCRIPTION, root / CHANGELOG, *kept]
    }
    carried = {
        name.removeprefix(BUNDLED): data
        for name, data in members.items()
        if name.startswith(BUNDLED) and not name.endswith("/")
    }
    assert carried == expected
    for part in FOLDERS:
        assert any(PurePosixPath(name).parts[0] == part for name in carried), part


def test_the_wheel_carries_the_package(members: dict[str, bytes]) -> None:
    source = REPO_ROOT / "src"
    modules = {path.relative_to(source).as_posix() for path in source.rglob("*.py")}
    assert {name for name in members if name.endswith(".py")} == modules
    assert "migragraph/py.typed" in members
    (entry_points,) = [data for name, data in members.items() if name.endswith(".dist-info/entry_points.txt")]
    assert b"migragraph = migragraph.cli:main" in entry_points


def test_the_wheel_carries_the_browser_libraries(members: dict[str, bytes]) -> None:
    site = "migragraph/site/"
    folder = REPO_ROOT / "src" / site / "vendor"
    expected = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}
    carried = {PurePosixPath(name).name: data for name, data in members.items() if name.startswith(f"{site}vendor/")}
    assert carried == expected
    assert {"editor.js", "licences.txt", "minisearch.js", "oxigraph.js", "vendor.json"} == carried.keys()
    assert f"{site}static/search.js" in members
    assert not [name for name in members if "node_modules" in name or name.startswith(f"{site}npm/")]


def test_the_wheel_carries_no_text_of_a_source(members: dict[str, bytes]) -> None:
    layout = load_layout(bundled_root())
    names = {PurePosixPath(name).name for name in members}
    assert layout.texts
    assert names.isdisjoint(PurePosixPath(text).name for text in layout.texts.values())
    carried = [PurePosixPath(name) for name in members if name.startswith(BUNDLED) and not name.endswith("/")]
    assert {path.suffix for path in carried} <= {".md", ".ttl", ".trig", ".rq", ".toml"}
    quads = [quad for path in layout.files("data") for quad in read_quads(path).quads]
    hashes = {quad.object.value for quad in quads if isinstance(quad.object, Literal)}
    hashes = {value for value in hashes if re.fullmatch("[0-9a-f]{64}", value)}
    assert len(hashes) >= len(layout.texts)
    assert hashes.isdisjoint(hashlib.sha256(data).hexdigest() for data in members.values())


def test_the_wheel_is_built_the_same_each_time(wheel: Path, tmp_path: Path) -> None:
    again = build(tmp_path, PYTHONHASHSEED="4711", TZ="Asia/Ho_Chi_Minh")
    assert again.name == wheel.name == f"migragraph-{importlib.metadata.version('migragraph')}-py3-none-any.whl"
    assert again.read_bytes() == wheel.read_bytes()


def test_the_package_is_the_installed_one(installed: Path, empty: Path) -> None:
    script = "import migragraph.layout, sys; print(migragraph.layout.bundled_root()); print(*sys.path, sep='\\n')"
    command = [str(installed / "bin" / "python"), "-I", "-c", script]
    done = subprocess.run(command, cwd=empty, capture_output=True, text=True, check=True)
    root, *path = done.stdout.splitlines()
    assert Path(root).is_relative_to(installed)
    assert root.endswith("/site-packages/migragraph/bundled")
    assert not {str(REPO_ROOT), str(REPO_ROOT / "src")} & set(path)


def test_the_installed_tool_answers(installed: Path, empty: Path) -> None:
    out = run(installed, empty, "query", "instruments")
    head, line, *rows = out.splitlines()
    assert head.startswith("instrument ")
    assert set(line) == {"-", " "}
    assert len(rows) >= 10
    assert any(row.startswith("instrument:gcm ") for row in rows)


def test_the_installed_tool_counts(installed: Path, empty: Path) -> None:
    title, root, *_ = run(installed, empty, "info").splitlines()
    assert title == load_layout(bundled_root()).title
    assert Path(root).is_relative_to(installed)


def test_the_installed_tool_exports(installed: Path, empty: Path) -> None:
    quads = set(parse(run(installed, empty, "export", "turtle"), format=RdfFormat.TURTLE))
    assert sum(quad.predicate == RDF.type and quad.object == MG.Instrument for quad in quads) >= 10
    assert run(installed, empty, "query").count("\n    ") >= 40
    assert list(empty.iterdir()) == []


def test_the_installed_tool_builds_the_site(installed: Path, empty: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(installed / "bin" / "migragraph"), "build", "-o", "site"]
    done = subprocess.run(command, cwd=empty, env=environment, capture_output=True, text=True, check=True)
    assert re.match(r"[0-9]+ files in site: ", done.stderr)
    site = empty / "site"
    assert (site / "viet-nam" / "instrument" / "gcm.vi.html").is_file()
    assert "migragraph build" in (site / "model" / "changelog.html").read_text("utf-8")
    assert (site / "assets" / "vendor" / "oxigraph.js").is_file()


def test_the_installed_tool_reads_a_page(installed: Path, empty: Path) -> None:
    """By another process, which has to find the package and all that it needs again."""
    page = f"<html><h1>The fair</h1><article><p>{'The guild holds the fair. ' * 4}</p></article></html>"
    script = (
        "from migragraph.fetching.extraction import extract_text; from migragraph.fetching.limits import Deadline\n"
        f"print(extract_text('http://news.example/', {page!r}, Deadline.after(20)))"
    )
    command = [str(installed / "bin" / "python"), "-I", "-c", script]
    done = subprocess.run(command, cwd=empty, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("The fair\nThe guild holds the fair.")
