"""Tasks are done in processes of their own, and what goes wrong in one is raised here."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from migragraph.errors import OutputError
from migragraph.workers import Batch, can_fork, run_tasks

FORKED = pytest.mark.parametrize("processes", [1, 2, 3])


@FORKED
def test_every_task_is_done_once(processes: int) -> None:
    batches = [
        Batch(rest=range(10)),
        Batch(alone=range(10, 12), rest=range(12, 40)),
        Batch(),
        Batch(rest=range(40, 100)),
    ]
    assert sorted(run_tasks(batches, lambda number: number * number, processes)) == [n * n for n in range(100)]
    assert multiprocessing.active_children() == []


def is_done(folder: Path, name: str) -> bool:
    """Wait for a file, at most ten seconds."""
    for _ in range(1000):
        if (folder / name).exists():
            return True
        time.sleep(0.01)
    return False


@FORKED
def test_what_takes_much_memory_is_done_alone_and_begun_before_the_next_batch_is_asked_for(
    processes: int, tmp_path: Path
) -> None:
    def work(name: str) -> tuple[str, int, bool]:
        others = any(tmp_path.glob("alone*")) if name.startswith("alone") else False
        (tmp_path / name).touch()
        time.sleep(0.05)
        (tmp_path / name).rename(tmp_path / f"done {name}")
        return name, os.getpid(), others

    def list_batches() -> Iterator[Batch[str]]:
        yield Batch(alone=["alone 1"])
        yield Batch(alone=["alone 2", "alone 3"])
        assert is_done(tmp_path, "done alone 1")
        assert is_done(tmp_path, "done alone 2")
        yield Batch(rest=["one", "two", "three"])

    found = list(run_tasks(list_batches(), work, processes))
    assert sorted(name for name, _, _ in found) == ["alone 1", "alone 2", "alone 3", "one", "three", "two"]
    assert not any(others for _, _, others in found)
    if processes > 1 and can_fork():
        assert len({process for name, process, _ in found if name.startswith("alone")}) == 3


@FORKED
def test_a_batch_that_does_not_wait_is_begun_when_there_is_room_for_it(processes: int, tmp_path: Path) -> None:
    def work(name: str) -> str:
        (tmp_path / f"begun {name}").touch()
        if name == "one" and processes > 1 and can_fork():
            assert is_done(tmp_path, "go on")
        (tmp_path / f"done {name}").touch()
        return name

    told: list[str] = []

    def list_batches() -> Iterator[Batch[str]]:
        yield Batch(alone=["one"])
        yield Batch(alone=["two"], waits=False)
        if processes > 1 and can_fork():
            yield Batch()
            assert not (tmp_path / "begun two").exists()
        (tmp_path / "go on").touch()
        assert is_done(tmp_path, "done one")
        for _ in range(1000):
            if "one" in told and (tmp_path / "begun two").exists():
                break
            yield Batch()
            time.sleep(0.01)
        assert is_done(tmp_path, "done two")
        yield Batch(rest=["three"])

    results = run_tasks(list_batches(), work, processes)
    for name in results:
        told.append(name)
    assert told == ["one", "two", "three"]


@FORKED
def test_a_batch_shares_what_was_made_for_it(processes: int) -> None:
    made: list[str] = []

    def list_batches() -> Iterator[Batch[str]]:
        for name in ("one", "two", "three"):
            made.append(name)
            yield Batch(rest=[name])

    found = dict(run_tasks(list_batches(), lambda name: (name, name in made), processes))
    assert found == {"one": True, "two": True, "three": True}


def test_tasks_are_done_elsewhere() -> None:
    found = set(run_tasks([Batch(rest=range(50))], lambda _: os.getpid(), 2))
    assert (os.getpid() in found) != can_fork()
    assert os.getpid() in set(run_tasks([Batch(rest=range(3))], lambda _: os.getpid(), 1))


def test_nothing_is_forked_beside_another_thread() -> None:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert set(run_tasks([Batch(rest=range(3))], lambda _: os.getpid(), 2)) == {os.getpid()}
    finally:
        wait.set()
        thread.join()


def fail(number: int) -> int:
    if number == 3:
        raise OutputError("cannot write there.", path=Path("x"), advice="Do.")
    return number


@FORKED
def test_what_a_task_raises_is_raised_here(processes: int) -> None:
    with pytest.raises(OutputError) as raised:
        list(run_tasks([Batch(rest=range(10))], fail, processes))
    assert str(raised.value) == "x: cannot write there. Do."
    assert multiprocessing.active_children() == []


# In a process of its own: beside another thread, as a test before may leave one, tasks would be done here.
ENDING = """
import multiprocessing, os
from migragraph.errors import MigragraphError
from migragraph.workers import Batch, can_fork, run_tasks
assert can_fork()
try:
    list(run_tasks([Batch(rest=range(1, 4))], os._exit, 2))
except MigragraphError as error:
    print(error, multiprocessing.active_children())
"""


def test_a_process_that_ends_by_itself_is_told_of() -> None:
    done = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "a process ended before its work was done. Run it again. []\n"


def test_what_the_caller_raises_ends_the_processes() -> None:
    results = run_tasks([Batch(rest=range(10))], lambda number: number, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
