"""Decoding: the text that the bytes of a page stand for, or an error where they are not all letters.

The encoding is that of the byte order mark, else the server's, else the page's own, else UTF-8: the order of
https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding, without its guesses.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from migragraph.errors import CallError
from migragraph.fetching.client import Page
from migragraph.fetching.targets import explain_fault

__all__ = ["check_marks", "clear_controls", "decode_page"]

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_HEAD = 1024
_FIRST_MARK, _MOST_MARKS = "\u0300", 30
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# The encodings of https://encoding.spec.whatwg.org/#names-and-labels that Python has, by Python's names.
_KNOWN = frozenset(
    (
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "cp866", "mac-roman", "gb18030"),
        *("big5", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949", "cp874"),
        *(f"cp125{number}" for number in range(9)),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    )
)
# What a label means on the web, where that is more than it says.
_WIDER = {
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_BY_HAND = "Save its text by hand, as UTF-8."


def decode_page(page: Page) -> str:
    """Give the text of a page, lines ended by ``\\n``, a space for each other control character but the tab.

    Raise CallError where bytes of it stand for no letter, or for NUL, which no text holds.
    """
    name = _find_encoding(page)
    try:
        text = page.data.decode(name)
    except UnicodeDecodeError as error:
        message = f"byte {error.start} of the page is no letter of {name.removesuffix('-sig')}."
        raise explain_fault(page.url, message, _BY_HAND) from error
    if "\0" in text:
        raise explain_fault(page.url, "what lies there is no text: it holds NUL characters.", _BY_HAND)
    return clear_controls(text.replace("\r\n", "\n").replace("\r", "\n"))


def clear_controls(text: str) -> str:
    """Put a space for each character that a terminal could obey, and that no phrase holds."""
    return _CONTROLS.sub(" ", text)


def check_marks(url: str, text: str) -> None:
    """Raise CallError for a text in which so many marks stand on one letter that no language has them.

    To put n of them in order (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format) takes n * n steps, each time
    that the text is read again.
    """
    count = 0
    for letter in () if text.isascii() else text:
        count = count + 1 if letter >= _FIRST_MARK and unicodedata.combining(letter) else 0
        if count > _MOST_MARKS:
            raise explain_fault(url, f"more than {_MOST_MARKS} marks stand on one letter of it.", _BY_HAND)


def _find_encoding(page: Page) -> str:
    for mark, name in _MARKS.items():
        if page.data.startswith(mark):
            return name
    if page.charset:
        return _name_encoding(page, page.charset)
    if page.media_type == "text/plain":
        return "utf-8"
    declared = _declared(page.data[:_HEAD].decode("latin-1"))
    # A page that says in ASCII that it is in UTF-16 cannot be.
    return "utf-8" if not declared or declared.lower().startswith("utf-16") else _name_encoding(page, declared)


def _name_encoding(page: Page, label: str) -> str:
    """Give Python's name of an encoding of the web; Python knows others, which are no encodings of pages."""
    fault: CallError = explain_fault(page.url, f"the encoding {label[:100]!a} is not known.", _BY_HAND)
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError) as error:
        raise fault from error
    name = _WIDER.get(name, name)
    if name not in _KNOWN:
        raise fault
    return name


def _declared(head: str) -> str | None:
    """Find the encoding that the head of a page declares: in an XML declaration, or in a ``meta`` element."""
    from html.parser import HTMLParser

    declared: list[str] = []

    class Head(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            values = {name: value or "" for name, value in attrs}
            content = re.search(r"charset\s*=\s*[\"']?([^\s\"';]+)", values.get("content", ""), re.IGNORECASE)
            if tag == "meta" and values.get("charset"):
                declared.append(values["charset"])
            elif tag == "meta" and values.get("http-equiv", "").lower() == "content-type" and content:
                declared.append(content[1])

    if found := re.match(r"<\?xml[^>]*\sencoding\s*=\s*[\"']([^\"']+)", head):
        return found[1]
    Head().feed(head)
    return declared[0] if declared else None
