"""Watching: which of some files were added, changed or removed since they were last looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeAlias

__all__ = ["Change", "watch_files"]

# Milliseconds. A batch ends once nothing has happened for a step; now and then it is looked for what no event told.
STEP, LONGEST_BATCH, LOOK_AGAIN = 25, 400, 200

State: TypeAlias = Mapping[Path, tuple[int, int, int]]


class Change(NamedTuple):
    """A file, and whether it was "added", "changed" or "removed"."""

    path: Path
    how: str


def watch_files(
    list_files: Callable[[], Iterable[Path]], stop: threading.Event | None = None
) -> Iterator[tuple[Change, ...]]:
    """Give the changes of files, a batch at a time, from now on, until ``stop`` is set.

    ``list_files`` gives the files there are; it is asked again after each event in their folders. An interrupt from the
    keyboard is raised as KeyboardInterrupt.
    """
    return _follow(list_files, _look(list_files()), stop)


def _follow(
    list_files: Callable[[], Iterable[Path]], seen: State, stop: threading.Event | None
) -> Iterator[tuple[Change, ...]]:
    from watchfiles import watch

    while True:
        folders = _list_folders(seen)
        events = watch(
            *folders,
            watch_filter=None,
            step=STEP,
            debounce=LONGEST_BATCH,
            rust_timeout=LOOK_AGAIN,
            yield_on_timeout=True,
            recursive=False,
            stop_event=stop,
        )
        try:
            for _ in events:
                now = _look(list_files())
                changes, seen = _compare(seen, now), now
                if changes or _list_folders(seen) != folders:
                    # Nothing is watched until the changes are dealt with, so that no thread is in the way of a second
                    # process; what happens meanwhile is seen by the next look.
                    events.close()
                    if changes:
                        yield changes
                    break
            else:
                return
        except FileNotFoundError:
            # A folder went away before it could be watched: which ones there are is asked again.
            pass
        else:
            continue
        now = _look(list_files())
        changes, seen = _compare(seen, now), now
        if changes:
            yield changes


def _look(paths: Iterable[Path]) -> State:
    """Give what tells a saved file from the one before; of a file that is not there nothing."""
    state = {}
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        state[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return state


def _list_folders(state: State) -> list[Path]:
    return sorted({path.parent for path in state if path.parent.is_dir()})


def _compare(before: State, now: State) -> tuple[Change, ...]:
    hows = dict.fromkeys(now.keys() - before.keys(), "added")
    hows |= dict.fromkeys(before.keys() - now.keys(), "removed")
    hows |= {path: "changed" for path in now.keys() & before.keys() if now[path] != before[path]}
    return tuple(Change(path, how) for path, how in sorted(hows.items()))
