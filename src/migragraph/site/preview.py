"""The preview: a site served to this machine alone while it is worked on; its pages load again after each build."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from migragraph.errors import CallError
from migragraph.site.media import MEDIA_TYPES

__all__ = ["Preview"]

HOST = "127.0.0.1"
RELOAD, CHANGES = "/.migragraph/reload.js", "/.migragraph/changes"
_SCRIPT = f"new EventSource('{CHANGES}').onmessage = () => location.reload();\n".encode()
_CALL = f'<script src="{RELOAD}"></script></body>'.encode()
_HEARTBEAT = 10
"""Seconds after which a page that waits is spoken to, so that one that is gone is noticed."""


class Preview:
    """Serve a folder on a port of this machine, until it is closed; ``announce`` makes every open page load again."""

    def __init__(self, folder: Path, port: int) -> None:
        """Open the port, 0 for any that is free; raise CallError where it cannot be had."""
        self.closed = False
        self._builds = 0
        self._change = threading.Condition()
        try:
            self._server = ThreadingHTTPServer((HOST, port), partial(_Handler, self, directory=str(folder)))
        except OSError as error:
            advice = "Give another by --port; 0 takes any that is free."
            raise CallError(f"port {port} cannot be opened: {error.strerror}.", advice=advice) from error
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Give the address of the first page."""
        return f"http://{HOST}:{self._server.server_address[1]}/"

    def announce(self) -> None:
        """Make every open page load again."""
        with self._change:
            self._builds += 1
            self._change.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait for a build, or until it is closed, no longer than some seconds; tell whether there was a build."""
        with self._change:
            seen = self._builds
            self._change.wait_for(lambda: self.closed or self._builds != seen, seconds)
            return self._builds != seen

    def close(self) -> None:
        """Close the port."""
        with self._change:
            self.closed = True
            self._change.notify_all()
        self._server.shutdown()
        self._server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    """Answer with the files of the folder; a page is given the script that makes it load again."""

    def __init__(self, preview: Preview, *arguments: object, directory: str) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == CHANGES:
            self._stream_changes()
        elif path == RELOAD:
            self._send(_SCRIPT, "text/javascript")
        else:
            super().do_GET()

    def send_head(self) -> BytesIO | IO[bytes] | None:  # type: ignore[override]
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and urlsplit(self.path).path.endswith("/") else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        data = page.read_bytes().replace(b"</body>", _CALL, 1)
        self._begin(len(data), "text/html; charset=utf-8")
        return BytesIO(data)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return MEDIA_TYPES.get(Path(path).suffix.removeprefix("."), "application/octet-stream")

    def _begin(self, length: int, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()

    def _send(self, data: bytes, kind: str) -> None:
        self._begin(len(data), kind)
        shutil.copyfileobj(BytesIO(data), self.wfile)

    def _stream_changes(self) -> None:
        """Say so after each build, as server-sent events (https://html.spec.whatwg.org/#server-sent-events)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with contextlib.suppress(OSError):
            while not self.preview.closed:
                self.wfile.write(b"data: built\n\n" if self.preview.wait(_HEARTBEAT) else b": still here\n\n")
                self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request: the terminal is for what the build tells."""
