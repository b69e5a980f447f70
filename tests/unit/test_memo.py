from __future__ import annotations

from migragraph.memo import Memo


def test_a_memo_asks_once() -> None:
    asked: list[int] = []

    def make(key: int) -> str:
        asked.append(key)
        return str(key)

    memo = Memo(make, 2)
    assert [memo[1], memo[2], memo[1], memo[2]] == ["1", "2", "1", "2"]
    assert asked == [1, 2]


def test_a_memo_that_is_full_forgets_all() -> None:
    asked: list[int] = []
    memo: Memo[int, int] = Memo(lambda key: asked.append(key) or key, 2)  # type: ignore[func-returns-value]
    for key in (1, 2, 3, 1):
        assert memo[key] == key
    assert asked == [1, 2, 3, 1]
    assert len(memo) == 2
