"""A project small enough to know by heart, the bundled graph, and projects that a test writes itself."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest

from migragraph.dataset import Dataset, build
from migragraph.layout import Layout, bundled_root, load_layout

PROJECT = Path(__file__).parent / "project"


class ProjectWriter(Protocol):
    def __call__(self, data: Mapping[str, str | bytes], ontology: str = "") -> Layout: ...


@pytest.fixture(autouse=True)
def cache_apart(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests out of the user's own cache."""
    monkeypatch.setenv("MIGRAGRAPH_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int | str, str, str]]:
    """Give a function that runs the command line in this process: its exit code, its output, its messages."""
    from migragraph.cli import run as run_command

    def run(*arguments: str | Path, stdin: bytes = b"") -> tuple[int | str, str, str]:
        monkeypatch.setattr(sys, "argv", ["migragraph", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        with ExitStack() as until_end:
            code = run_command(until_end)
        return (code, *capfd.readouterr())

    return run


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """Give a copy of the small project that a test may change."""
    return Path(shutil.copytree(PROJECT, tmp_path / "project"))


@pytest.fixture
def write_project(tmp_path: Path) -> ProjectWriter:
    """Give a function that writes a project of some data files, with the small project's description."""

    def write(data: Mapping[str, str | bytes], ontology: str = "") -> Layout:
        root = tmp_path / "written"
        for folder in ("ontology", "data", "shapes", "queries"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / "migragraph.toml", root)
        (root / "ontology" / "terms.ttl").write_text(ontology, encoding="utf-8")
        for name, text in data.items():
            (root / "data" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_layout(root)

    return write


@pytest.fixture(scope="session")
def layout() -> Layout:
    return load_layout(PROJECT)


@pytest.fixture(scope="session")
def dataset(layout: Layout) -> Dataset:
    return build(layout)


@pytest.fixture(scope="session")
def stated(layout: Layout) -> Dataset:
    return build(layout, stated_only=True)


@pytest.fixture(scope="session")
def bundled() -> Dataset:
    return build(load_layout(bundled_root()))
