"""A second process gives what one process would give: results, errors, and nothing beside them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from migragraph.forking import can_fork, do_apart
from migragraph.layout import bundled_root

# What runs in a process of a single thread; that of the tests may have several.
PREAMBLE = """
import os, signal, sys, threading, time
from migragraph import forking
forking.can_fork = lambda _can=forking.can_fork: {can}
here = os.getpid()
def tell():
    return "here" if os.getpid() == here else "apart"
def end(number):
    if os.getpid() != here:
        os.kill(os.getpid(), number)
    return "here"
def fail():
    raise ValueError("here" if os.getpid() == here else "apart")
"""
CASES = {
    "result": ("with forking.do_apart(tell) as collect: print(collect())", "apart"),
    "none": ("with forking.do_apart(lambda: None) as collect: print(collect())", "None"),
    "large": ("with forking.do_apart(lambda: 'x' * 10_000_000) as collect: print(len(collect()))", "10000000"),
    "few": ("with forking.do_apart(tell, is_worthwhile=False) as collect: print(collect())", "here"),
    "killed": ("with forking.do_apart(lambda: end(signal.SIGKILL)) as collect: print(collect())", "here"),
    "interrupted": ("with forking.do_apart(lambda: end(signal.SIGINT)) as collect: print(collect())", "here"),
    "not to be sent": ("with forking.do_apart(lambda: (lambda: 7)) as collect: print(collect()())", "7"),
    "raises": (
        "try:\n with forking.do_apart(fail) as collect: collect()\nexcept ValueError as error: print(error)",
        "here",
    ),
    "never asked for": ("with forking.do_apart(lambda: time.sleep(1000)): print('done')", "done"),
    "a process for ever ignored": (
        "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\nwith forking.do_apart(tell) as collect: print(collect())",
        "apart",
    ),
    "a second thread": (
        "stop = threading.Event(); thread = threading.Thread(target=stop.wait); thread.start()\n"
        "with forking.do_apart(tell) as collect: print(collect())\n"
        "stop.set(); thread.join()",
        "here",
    ),
}


def run(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("case", CASES)
def test_work_apart_gives_its_result_or_is_done_here(case: str) -> None:
    script, told = CASES[case]
    # Where there is one processor only, what forbids a copy is left to be seen.
    ran = run(PREAMBLE.format(can="_can()" if case == "a second thread" else "True") + script)
    assert (ran.stdout.strip(), ran.stderr, ran.returncode) == (told, "", 0)


def test_the_copy_is_gone_when_the_block_ends() -> None:
    script = (
        "with forking.do_apart(lambda: time.sleep(1000)): pass\n"
        "try: os.waitpid(-1, 0)\n"
        "except ChildProcessError: print('none')"
    )
    assert run(PREAMBLE.format(can="True") + script).stdout == "none\n"


def test_a_copy_is_made_only_where_it_can_run_beside() -> None:
    with do_apart(os.getpid) as collect:
        found = collect()
    assert (found == os.getpid()) is not can_fork()


def test_validation_gives_the_same_on_one_processor_and_on_two() -> None:
    def validate(processors: set[int]) -> bytes:
        command = ["-m", "migragraph", "validate", "--project", str(bundled_root()), "--format", "json"]
        bound = f"import os, sys; os.sched_setaffinity(0, {processors})"
        script = f"{bound}; os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
        ran = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, check=True, timeout=120)
        assert not ran.stderr
        return ran.stdout

    every = os.sched_getaffinity(0)
    assert validate({min(every)}) == validate(every)
