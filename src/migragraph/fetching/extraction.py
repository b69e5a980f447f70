"""Extraction: the words of a page's article, without its menus, by trafilatura.

A page is hostile until it is read: some megabytes can keep the extraction busy for hours, and the parser is written in
C. So it runs in a process of its own, which is ended at the deadline, has so much memory and no more, ends by itself
where this one died, and may break without harm.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from migragraph.errors import CallError
from migragraph.fetching.decoding import clear_controls
from migragraph.fetching.limits import Deadline
from migragraph.fetching.targets import explain_fault

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["CHILD", "MEMORY", "Extract", "answer_extraction", "extract_text", "read_html"]

CHILD = "from migragraph.fetching.extraction import answer_extraction; answer_extraction()"
"""What the other process runs."""

MEMORY = 2**30
"""The bytes of memory that the other process may take."""

# Letters that show nothing: where a word may be broken, and the like. No phrase is quoted with them.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BY_HAND = "Save the text by hand where the texts of the project lie."


class Extract(NamedTuple):
    """The words of a page, one paragraph a line; ``is_cut`` where the parser gave up before the page's end."""

    text: str
    is_cut: bool


def extract_text(url: str, html: str, deadline: Deadline) -> str:
    """Give the words of a page, one paragraph a line; raise CallError where none are found in time."""
    try:
        extract = Extract(**json.loads(_ask_child(html, deadline)))
    except (TimeoutError, subprocess.TimeoutExpired) as error:
        raise explain_fault(url, "its text was not found before the time was up.", _BY_HAND) from error
    except (OSError, ValueError, TypeError, subprocess.CalledProcessError) as error:
        raise explain_fault(url, "its text cannot be told from the rest of the page.", _BY_HAND) from error
    if extract.is_cut:
        raise explain_fault(url, "the page is nested too deeply to be read to its end.", _BY_HAND)
    if not extract.text:
        raise _no_text(url)
    return f"{extract.text}\n"


def read_html(html: str) -> Extract:
    """Read the words of a page: its first-level headings, which often stand outside the article, then the article."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring
    from trafilatura import extract

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(html.encode(), parser=parser)
    except ParserError:
        return Extract("", False)
    _clear(tree)
    is_cut = any(entry.level_name == "FATAL" for entry in parser.error_log)
    headings = dict.fromkeys(" ".join(heading.text_content().split()) for heading in tree.iter("h1"))
    text = extract(tree, include_comments=False, favor_recall=True) or ""
    missing = [heading for heading in headings if heading and heading not in text]
    return Extract("\n".join([*missing, text]).strip(), is_cut)


def answer_extraction() -> None:
    """Read a page from standard input, and give its words on standard output, as JSON, within so many seconds."""
    _limit(int(sys.argv[1]))
    json.dump(read_html(sys.stdin.buffer.read().decode())._asdict(), sys.stdout)


def _ask_child(html: str, deadline: Deadline) -> bytes:
    """Have a page read by another process; end it, and all that it may have begun, where it is not done in time."""
    command = [sys.executable, "-P", "-c", CHILD, str(ceil(deadline.left()))]
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=null, start_new_session=True) as child:
        try:
            answer, _ = child.communicate(html.encode(), timeout=deadline.left())
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            raise
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return answer


def _limit(seconds: int) -> None:
    """Limit the memory of this process, and end it after some seconds, whoever still waits for it."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system limits all of this
        import resource

        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds + 1)
        for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, MEMORY)):
            _, hard = resource.getrlimit(kind)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (allowed, allowed))


def _clear(tree: HtmlElement) -> None:
    """Clear the words of a page of what shows nothing; a control character would keep them from being extracted."""
    for element in tree.iter():
        for part in ("text", "tail"):
            if words := getattr(element, part):
                setattr(element, part, clear_controls(words).translate(_UNSEEN))


def _no_text(url: str) -> CallError:
    advice = "It may be made by scripts alone, which are not run. " + _BY_HAND
    return explain_fault(url, "no text was found on the page.", advice)
