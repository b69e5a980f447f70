"""Tasks are done in processes of their own, and what goes wrong in one is raised here."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from migragraph.errors import OutputError
from migragraph.workers import can_fork, run_tasks

FORKED = pytest.mark.parametrize("processes", [1, 2, 3])


@FORKED
def test_every_task_is_done_once(processes: int) -> None:
    assert sorted(run_tasks(range(100), lambda number: number * number, processes)) == [n * n for n in range(100)]
    assert multiprocessing.active_children() == []


def test_tasks_are_done_elsewhere() -> None:
    found = set(run_tasks(range(50), lambda _: os.getpid(), 2))
    assert (os.getpid() in found) != can_fork()
    assert os.getpid() in set(run_tasks(range(3), lambda _: os.getpid(), 1))


def test_nothing_is_forked_beside_another_thread() -> None:
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait)
    thread.start()
    try:
        assert set(run_tasks(range(3), lambda _: os.getpid(), 2)) == {os.getpid()}
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
        list(run_tasks(range(10), fail, processes))
    assert str(raised.value) == "x: cannot write there. Do."
    assert multiprocessing.active_children() == []


# In a process of its own: beside another thread, as a test before may leave one, tasks would be done here.
ENDING = """
import multiprocessing, os
from migragraph.errors import MigragraphError
from migragraph.workers import can_fork, run_tasks
assert can_fork()
try:
    list(run_tasks(range(1, 4), os._exit, 2))
except MigragraphError as error:
    print(error, multiprocessing.active_children())
"""


def test_a_process_that_ends_by_itself_is_told_of() -> None:
    done = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "a process ended before its work was done. Run it again. []\n"


def test_what_the_caller_raises_ends_the_processes() -> None:
    results = run_tasks(range(10), lambda number: number, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
