"""A site of files that say their own names, served by each server from its generated configuration."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from tests.debian import find_program

from migragraph.dataset import assemble
from migragraph.layout import load_layout
from migragraph.reading import ParsedFile
from migragraph.site import Site
from migragraph.site.catalog.sitemap import list_pages
from migragraph.site.servers import render_servers as render

PROJECT = Path(__file__).parents[2] / "project"

NAMES = [
    "town/a", "town/a/b", "town/plain-name_1", "town/A", "town/a.b", "town/a%2Fb", "town/a%20b", "town/Hà-Nội",
    "town/con", "town/x/index", "town/end/", "town/a?b=c", "town/a?b=/c", "town/%E1%BB%A3", "town/$1(+)*'",
    "town/" + "n" * 120, "/".join(["abcdefghij"] * 20), "index",
]  # fmt: skip


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def location(self) -> str:
        """Give the address to which the client is sent, without a host that is the server's own."""
        return re.sub(r"^http://(?:127\.0\.0\.1|localhost)(?::[0-9]+)?", "", self.headers["location"])


class Served(NamedTuple):
    """A server at work: its name, its port, and the site that it serves."""

    name: str
    port: int
    site: Site

    def ask(self, path: str, accept: str | None = None, language: str | None = None, method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        given = {"Accept": accept, "Accept-Language": language}
        # As it is: http.client would refuse letters that some clients send.
        connection._validate_path = lambda path: None  # type: ignore[attr-defined]
        connection._encode_request = str.encode  # type: ignore[attr-defined]
        connection.request(method, path, headers={name: value for name, value in given.items() if value is not None})
        response = connection.getresponse()
        body = response.read().decode()
        headers = {name.lower(): value for name, value in response.getheaders()}
        connection.close()
        return Answer(response.status, headers, body)


def make_site(url: str = "https://example.com/", base: str = "https://example.org/") -> Site:
    """Make a site of documents with such names; its files are written apart."""
    layout = replace(load_layout(PROJECT), base=base, site={"url": url})
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    quads = [Quad(NamedNode(base + name), label, Literal(name)) for name in NAMES]
    return Site(assemble(layout, [], [ParsedFile(Path("names.nt"), tuple(quads), {})]))


def render_servers(site: Site) -> dict[str, bytes]:
    return dict(render(site, list_pages(list_files(site), site.languages)))


def list_files(site: Site) -> list[str]:
    """List the files of a site."""
    all_of_them = ("html", "vi.html", "ttl", "jsonld", "nt")
    paths: dict[str, tuple[str, ...]] = {document.path: all_of_them for document in site.documents.values()}
    paths |= {view.path: ("html", "vi.html") for view in site.views}
    paths |= {"english": ("html",), "shelf/index": ("html", "vi.html"), "assets/site": ("css", "svg", "js")}
    paths |= {"dump/migragraph": ("nq", "trig"), "404": ("html",)}
    names = [f"{path}.{suffix}" for path, suffixes in paths.items() for suffix in suffixes]
    return [*names, ".well-known/void"]


def write_files(site: Site, root: Path) -> None:
    """Write each file of a site with its own name in it."""
    for name in list_files(site):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Place(NamedTuple):
    """Where a server works: its own folder, the folder that it serves, the site's folder there, and its port."""

    folder: Path
    root: Path
    site: Path
    port: int


def start_nginx(place: Place, configuration: str) -> list[str]:
    folder = place.folder
    text = configuration.replace("listen 80;", f"listen 127.0.0.1:{place.port};")
    (folder / "site.conf").write_text(text.replace('"/var/www/site"', f'"{place.root}"'))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/log;\n"
        f"events {{}} http {{ access_log off; {temporary} include {folder}/site.conf; }}"
    )
    return [find_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


MODULES = ("mpm_event", "authz_core", "dir", "headers", "mime", "rewrite")


def start_apache(place: Place, configuration: str) -> list[str]:
    folder = place.folder
    (place.site / ".htaccess").write_text(configuration)
    lines = [
        f"Listen 127.0.0.1:{place.port}", "ServerName localhost", f"ServerRoot {folder}", f"PidFile {folder}/pid",
        f"DefaultRuntimeDir {folder}", f"ErrorLog {folder}/log", "TypesConfig /dev/null",
        *(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES),
        f"DocumentRoot {place.root}", "AllowEncodedSlashes NoDecode",
        f"<Directory {place.root}>", "AllowOverride All", "Require all granted", "</Directory>",
        *(["User www-data", "Group www-data"] if os.getuid() == 0 else []),
    ]  # fmt: skip
    (folder / "httpd.conf").write_text("\n".join(lines) + "\n")
    return [find_program("apache2"), "-f", str(folder / "httpd.conf"), "-DFOREGROUND"]


def start_caddy(place: Place, configuration: str) -> list[str]:
    text = re.sub("^`example[.](?:com|org)`", f"http://127.0.0.1:{place.port}", configuration, flags=re.MULTILINE)
    text = text.replace('"/var/www/site"', f'"{place.root}"')
    (place.folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text)
    return [find_program("caddy"), "run", "--config", str(place.folder / "Caddyfile"), "--adapter", "caddyfile"]


SERVERS: Mapping[str, tuple[str, Callable[[Place, str], list[str]]]] = {
    "nginx": ("nginx.conf", start_nginx),
    "apache": ("apache.htaccess", start_apache),
    "caddy": ("Caddyfile", start_caddy),
    "w3id": ("w3id.htaccess", start_apache),
}


@contextlib.contextmanager
def serve(name: str, site: Site, prefix: str = "", *, files: Path | None = None) -> Iterator[Served]:
    """Serve a site, in the folder of such a name, until the caller is done; ``files`` are its own, if it has any."""
    file, start = SERVERS[name]
    # Servers give up their rights: what they serve must be open to everybody.
    folder = Path(tempfile.mkdtemp(prefix="migragraph-"))
    folder.chmod(0o755)
    place = Place(folder, folder / "root", folder / "root" / prefix, free_port())
    place.site.mkdir(parents=True)
    if files is not None:
        shutil.copytree(files, place.site, dirs_exist_ok=True)
        place.site.chmod(0o755)
    elif name != "w3id":
        write_files(site, place.site)
    command = start(place, render_servers(site)[f"servers/{file}"].decode())
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, "HOME": str(folder)})
    try:
        wait_for(process, place)
        yield Served(name, place.port, site)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def wait_for(process: subprocess.Popen[bytes], place: Place) -> None:
    for _ in range(200):
        if process.poll() is not None:
            told = (place.folder / "output", place.folder / "log")
            pytest.fail("".join(path.read_text() for path in told if path.exists()))
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", place.port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server does not answer")


@pytest.fixture(scope="module", params=["nginx", "apache", "caddy"])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    with serve(request.param, make_site()) as server:
        yield server
