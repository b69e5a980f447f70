"""Limits: what a fetch may cost, and the moment at which it is cut."""

from __future__ import annotations

import pytest

from migragraph.fetching import limits
from migragraph.fetching.limits import LIMITS, Deadline


def test_a_fetch_is_limited_unless_told_otherwise() -> None:
    assert LIMITS.seconds <= 60
    assert LIMITS.connect_seconds < LIMITS.seconds
    assert LIMITS.wire_bytes <= LIMITS.text_bytes <= 10_000_000
    assert LIMITS.redirects <= 10
    assert LIMITS.ports == {80, 443}


def test_what_is_left_grows_less(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(limits, "monotonic", lambda: now)
    deadline = Deadline.after(2)
    assert deadline.left() == 2
    now = 101.5
    assert deadline.left() == 0.5
    now = 102.0
    with pytest.raises(TimeoutError):
        deadline.left()
