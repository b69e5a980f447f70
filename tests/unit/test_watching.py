"""Watching: files that are saved, made, moved or taken away are told, and `validate --watch` checks again."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from migragraph.watching import Change, watch_files

PATIENCE = 30.0


class Watch:
    """A watch in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.batches: queue.Queue[tuple[Change, ...]] = queue.Queue()
        self.stop = threading.Event()
        self.changes = watch_files(lambda: folder.rglob("*.ttl"), self.stop)
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        for batch in self.changes:
            self.batches.put(batch)

    def collect(self, count: int) -> set[tuple[str, str]]:
        """Wait for so many changes."""
        found: set[tuple[str, str]] = set()
        while len(found) < count:
            found |= {(change.path.name, change.how) for change in self.batches.get(timeout=PATIENCE)}
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.ttl").write_text("1", encoding="utf-8")
    (tmp_path / "b.ttl").write_text("1", encoding="utf-8")
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    watch = Watch(folder)
    yield watch
    watch.stop.set()
    watch.thread.join(PATIENCE)
    assert not watch.thread.is_alive()


def save_by_rename(folder: Path) -> None:
    (folder / "a.tmp").write_text("22", encoding="utf-8")
    (folder / "a.tmp").replace(folder / "a.ttl")


def make_in_new_folder(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "c.ttl").write_text("1", encoding="utf-8")


STEPS: dict[str, tuple[Callable[[Path], object], set[tuple[str, str]]]] = {
    "saved": (lambda folder: (folder / "a.ttl").write_text("22", encoding="utf-8"), {("a.ttl", "changed")}),
    "saved by renaming": (save_by_rename, {("a.ttl", "changed")}),
    "made": (lambda folder: (folder / "c.ttl").write_text("1", encoding="utf-8"), {("c.ttl", "added")}),
    "made in a new folder": (make_in_new_folder, {("c.ttl", "added")}),
    "removed": (lambda folder: (folder / "a.ttl").unlink(), {("a.ttl", "removed")}),
    "renamed": (lambda folder: (folder / "a.ttl").rename(folder / "c.ttl"), {("a.ttl", "removed"), ("c.ttl", "added")}),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_change_is_told(folder: Path, watch: Watch, step: str) -> None:
    act, told = STEPS[step]
    act(folder)
    assert watch.collect(len(told)) == told


def test_another_file_is_no_change(folder: Path, watch: Watch) -> None:
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    (folder / "a.ttl").write_text("22", encoding="utf-8")
    assert watch.collect(1) == {("a.ttl", "changed")}


def test_a_change_before_the_first_look_is_told_too(folder: Path) -> None:
    changes = watch_files(lambda: folder.rglob("*.ttl"))
    (folder / "a.ttl").write_text("22", encoding="utf-8")
    assert next(changes) == (Change(folder / "a.ttl", "changed"),)


class Session:
    """A run of `validate --watch`, what it printed so far, and its end."""

    def __init__(self, folder: Path, *words: str | Path) -> None:
        command = [sys.executable, "-m", "migragraph", "validate", "--watch", *map(str, words)]
        self.process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.lines: queue.Queue[str] = queue.Queue()
        assert self.process.stdout
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.lines.put(line)

    def wait(self) -> str:
        """Give what is printed until it waits for a change."""
        printed = ""
        end = time.monotonic() + PATIENCE
        while "waiting for a change" not in printed:
            printed += self.lines.get(timeout=max(0.1, end - time.monotonic()))
        return printed

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def session(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    session = Session(project_copy, "--only", "syntax", "--only", "shacl", "--baseline", "known.toml")
    yield session
    session.process.kill()
    session.process.wait(PATIENCE)
    assert session.process.stdout
    session.process.stdout.close()


@pytest.fixture(autouse=True)
def known(request: pytest.FixtureRequest) -> None:
    """Put an empty baseline into the project before it is watched."""
    if "session" in request.fixturenames:
        (request.getfixturevalue("project_copy") / "known.toml").write_text("", encoding="utf-8")


def test_validation_goes_on_whatever_is_saved_until_it_is_interrupted(session: Session, project_copy: Path) -> None:
    party = "@prefix mg: <https://w3id.org/migragraph/ontology#> . <https://example.org/town/event/party> a mg:Event"
    description = project_copy / "migragraph.toml"
    whole = description.read_text("utf-8")
    assert "conforms: " in session.wait()
    for path, text, said in (
        (project_copy / "data" / "party.ttl", party, "data/party.ttl added\ndata/party.ttl:1:"),
        (project_copy / "data" / "party.ttl", f"{party} .", "violation An event has a date."),
        (description, "title = ", "migragraph.toml changed\nmigragraph: "),
        (description, whole, "violation An event has a date."),
        (project_copy / "shapes" / "bad.ttl", "bad", "bad.ttl:1:1: "),
        (project_copy / "shapes" / "bad.ttl", "", "violation An event has a date."),
        (project_copy / "known.toml", "[[waiver]]\n", "known.toml:1: the waiver names no reason"),
        (project_copy / "known.toml", '[[waiver]]\nrule = "EventShape-*"\nreason = "later"\n', "1 waived finding is"),
    ):
        path.write_text(text, encoding="utf-8")
        assert said in (printed := session.wait()), printed
        assert "\x1b" not in printed
    # At once, since a part of it may be seen to be gone before the rest.
    (project_copy / "data").rename(project_copy.with_name("gone"))
    assert "no folder 'data'" in session.wait()
    assert session.interrupt() == 130


def test_the_watch_ends_when_nobody_reads_it_any_more(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    command = [sys.executable, "-m", "migragraph", "validate", "--watch", "--only", "syntax"]
    with subprocess.Popen(command, cwd=project_copy, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout
        assert run.stderr
        assert run.stdout.readline().startswith("conforms: ")
        run.stdout.close()
        end = time.monotonic() + PATIENCE
        while run.poll() is None and time.monotonic() < end:
            (project_copy / "data" / "laws.ttl").touch()
            time.sleep(0.3)
        assert (run.wait(1), "Traceback" in run.stderr.read()) == (0, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--watch", "--write-baseline", "--baseline", "k.toml"), "--write-baseline writes once"),
        (("--write-baseline",), "--write-baseline goes with --baseline FILE"),
        (("--format", "turtle", "--baseline", "k.toml"), "--format turtle writes the SHACL report whole"),
        (("--watch", "--changed-since", "nothing"), "the repository has no revision"),
    ],
)
def test_what_cannot_be_done_together_is_refused_at_once(
    call: Callable[..., tuple[int | str, str, str]], project_copy: Path, words: tuple[str, ...], said: str
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=project_copy, check=True)
    code, output, message = call("validate", "--project", project_copy, *words)
    assert (code, output) == (2, "")
    assert said in message
