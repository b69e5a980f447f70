"""Extraction: the words of a page, told from the rest of it, by a process that cannot outlast its time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from migragraph.errors import CallError
from migragraph.fetching import extraction
from migragraph.fetching.extraction import Extract, extract_text, read_html
from migragraph.fetching.limits import Deadline

URL = "http://news.example/"
PARAGRAPHS = [
    "The guild of the town holds the fair on the first of May, as it has done each year since 1950, the mayor said.",
    "Hội chợ mở ngày 1 tháng 5, và “hơn 100 người” đã đến, theo lời của ông thị trưởng trong một cuộc phỏng vấn.",
    "About 30% to 40% of those who came were from elsewhere; US$4 billion was not spent there, nor was it asked for.",
]
PAGE = f"""<!DOCTYPE html><html><head><title>Fair - The Gazette</title><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About the paper</a></li></ul></nav>
<header><h1>The fair <em>opens</em></h1></header>
<article><p>{PARAGRAPHS[0]}</p><script>document.write("<p>Written by a script.</p>")</script>
<h2>Who came</h2><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2].replace("30%", "<b>30%</b>")}</p><!-- a note --></article>
<footer><p>Copyright 2024 The Gazette. All rights reserved.</p></footer></body></html>"""


def extract(html: str, seconds: float = 20) -> str:
    return extract_text(URL, html, Deadline.after(seconds))


def refused(html: str, seconds: float = 20) -> str:
    with pytest.raises(CallError) as caught:
        extract(html, seconds)
    return str(caught.value)


def test_the_words_of_a_page() -> None:
    lines = extract(PAGE).splitlines()
    assert lines == ["The fair opens", PARAGRAPHS[0], "Who came", *PARAGRAPHS[1:]]


def test_a_heading_inside_the_article_is_not_repeated() -> None:
    page = f"<html><body><article><h1>The fair opens</h1><p>{'</p><p>'.join(PARAGRAPHS)}</p></article></body></html>"
    assert extract(page).splitlines() == ["The fair opens", *PARAGRAPHS]


@pytest.mark.parametrize("html", ["", " \n", "<html></html>", "<!-- a -->", "<script>document.write('x')</script>"])
def test_a_page_without_words(html: str) -> None:
    assert refused(html) == (
        f"{URL}: no text was found on the page. It may be made by scripts alone, which are not run. "
        "Save the text by hand where the texts of the project lie."
    )


@pytest.mark.parametrize("depth", [300, 100_000])
def test_a_page_that_is_nested_too_deeply(depth: int) -> None:
    """The parser gives up at some depth, and what comes after is lost."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert "nested too deeply to be read to its end" in refused(f"{words}{'<div>' * depth}{words}")


def test_what_shows_nothing_is_left_out() -> None:
    html = PAGE.replace("holds", "ho\u00adlds").replace("mayor", "may\u200bor").replace("guild", "\ufeffguild")
    html = html.replace("The fair <em>opens", "The fa\u00adir <em>\u200bopens")
    assert extract(html) == extract(PAGE)
    html = PAGE.replace("guild", "gui\x1b[31mld").replace("town", "to&#27;wn&#x1B;&#7;&#xD800;")
    text = extract(html)
    assert "The gui [31mld of the to wn" in text
    assert all(letter.isprintable() for letter in text.replace("\n", ""))
    assert text.encode()


@pytest.mark.parametrize(
    "html",
    [
        f"<?xml version='1.0' encoding='utf-16'?>{PAGE}",
        f"<meta charset=koi8-r>{PAGE}",
        PAGE.replace("<!DOCTYPE html>", '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd">'),
        PAGE.replace("<title>", '<base href="http://127.0.0.1:9/"><meta http-equiv=refresh content="0;url=x"><title>'),
    ],
)
def test_what_a_page_says_of_itself_changes_nothing(html: str) -> None:
    assert extract(html) == extract(PAGE)


def test_no_entity_is_read_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    assert "a secret" not in extract(PAGE.replace("<!DOCTYPE html>", doctype).replace("guild", "guild &x;"))


def test_a_page_is_read_here_as_there() -> None:
    assert read_html(PAGE) == Extract(extract(PAGE).strip(), False)


def test_a_page_that_takes_too_long() -> None:
    start = time.monotonic()
    assert "its text was not found before the time was up" in refused(PAGE.replace("Who", "<p>a<p>" * 300_000), 0.4)
    assert time.monotonic() - start < 1.5


# Begins another process, tells its number and its own, and never ends.
HANG = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open({path!r}, "w").write(f"{{os.getpid()}} {{child.pid}}\\n")
time.sleep(60)
"""


def is_running(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_what_hangs_is_ended_with_all_that_it_began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "numbers"
    monkeypatch.setattr(extraction, "CHILD", HANG.format(path=str(path)))
    start = time.monotonic()
    assert "before the time was up" in refused(PAGE, 1)
    assert time.monotonic() - start < 3
    numbers = [int(number) for number in path.read_text().split()]
    assert len(numbers) == 2
    for _ in range(100):
        if not any(map(is_running, numbers)):
            return
        time.sleep(0.02)
    pytest.fail("a process is still running")


def test_there_is_no_time_left() -> None:
    assert "before the time was up" in refused(PAGE, -1)


@pytest.mark.parametrize(
    "child",
    [
        "import os; os.kill(os.getpid(), 11)",
        "raise SystemExit(3)",
        "print('no JSON')",
        "print('[]')",
        "print('{\"words\": 1}')",
        "a = ' ' * 10**12",
        'print(\'{"text": "a", "is_cut": false}\'); raise SystemExit(3)',
    ],
)
def test_a_process_that_breaks(monkeypatch: pytest.MonkeyPatch, child: str) -> None:
    monkeypatch.setattr(extraction, "CHILD", child)
    assert "its text cannot be told from the rest of the page. Save the text by hand" in refused(PAGE)


def test_a_python_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/none/python")
    assert "its text cannot be told" in refused(PAGE)


# Takes some bytes in place of reading the page.
GREEDY = """
from migragraph.fetching import extraction
extraction.read_html = lambda html: extraction.Extract(str(len(bytearray({size}))), False)
extraction.answer_extraction()
"""


def test_the_other_process_has_so_much_memory_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "CHILD", GREEDY.format(size=10_000_000))
    assert extract(PAGE) == "10000000\n"
    monkeypatch.setattr(extraction, "CHILD", GREEDY.format(size=extraction.MEMORY))
    assert "its text cannot be told" in refused(PAGE)


def test_the_other_process_ends_by_itself() -> None:
    """Where the one that began it is killed, nobody is left to end it."""
    start = time.monotonic()
    with subprocess.Popen([sys.executable, "-P", "-c", extraction.CHILD, "0"], stdin=subprocess.PIPE) as child:
        child.wait(timeout=5)
    assert child.returncode == -signal.SIGALRM
    assert time.monotonic() - start < 4


def test_modules_of_the_working_directory_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trafilatura.py").write_text("raise SystemExit('run')", encoding="utf-8")
    (tmp_path / "json.py").write_text("raise SystemExit('run')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert extract(PAGE)


@pytest.mark.parametrize("variables", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}, {}])
def test_the_answer_is_the_same_in_every_locale(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    expected = read_html(PAGE)
    for name in [name for name in os.environ if name.startswith(("PYTHON", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert extract(PAGE).strip() == expected.text
