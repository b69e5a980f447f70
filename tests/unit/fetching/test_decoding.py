"""Decoding: the letters of a page, by the encoding that it or its server tells, and no guess."""

from __future__ import annotations

import codecs

import pytest

from migragraph.errors import CallError
from migragraph.fetching.client import Page
from migragraph.fetching.decoding import check_marks, clear_controls, decode_page

URL = "http://news.example/"
WORDS = "Hội chợ mở ngày 1 tháng 5 – “vui”."


def page(data: bytes, charset: str | None = None, media_type: str = "text/html") -> Page:
    return Page(URL, media_type, charset, data)


def declaring(encoding: str, words: str = WORDS) -> bytes:
    return f'<html><head><meta charset="{encoding}"></head>{words}</html>'.encode(codecs.lookup(encoding).name)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (WORDS.encode(), None),
        (WORDS.encode(), "UTF-8"),
        (WORDS.encode(), " utf8 "),
        (codecs.BOM_UTF8 + WORDS.encode(), None),
        (codecs.BOM_UTF8 + WORDS.encode(), "iso-8859-1"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-8"),
        (WORDS.encode("utf-16-le"), "utf-16le"),
        (WORDS.encode("gb18030"), "gb2312"),
    ],
)
def test_a_page_is_decoded(data: bytes, charset: str | None) -> None:
    assert decode_page(page(data, charset)) == WORDS


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("windows-1258", "ân"),
        ("windows-1252", "“fair” – 5 €"),
        ("windows-1251", "Ярмарка"),
        ("koi8-r", "Ярмарка"),
        ("iso-8859-2", "žluťoučký"),
        ("big5", "市集"),
        ("gbk", "市集"),
        ("euc-kr", "시장"),
        ("shift_jis", "市場"),
        ("euc-jp", "市場"),
        ("tis-620", "ตลาด"),
    ],
)
def test_a_page_tells_its_encoding(encoding: str, words: str) -> None:
    assert words in decode_page(page(declaring(encoding, words)))
    assert decode_page(page(words.encode(codecs.lookup(encoding).name), encoding)) == words


@pytest.mark.parametrize(
    "head",
    [
        "<META CHARSET=windows-1252>",
        '<meta http-equiv="content-type" content="text/html; charset=windows-1252">',
        "<meta http-equiv=Content-Type content='text/html;CHARSET = \"windows-1252\"'>",
        '<?xml version="1.0" encoding="windows-1252"?>',
        "<!-- <meta charset=koi8-r> --><meta charset=windows-1252>",
        "<meta charset=windows-1252><meta charset=koi8-r>",
    ],
)
def test_how_a_page_tells_its_encoding(head: str) -> None:
    assert decode_page(page(f"{head}é".encode("cp1252"))).endswith("é")


@pytest.mark.parametrize(
    ("data", "charset", "media_type"),
    [
        (declaring("windows-1252", "é"), "utf-8", "text/html"),
        (declaring("windows-1252", "é"), None, "text/plain"),
        (b" " * 1024 + declaring("windows-1252", "é"), None, "text/html"),
        (b'<meta name="description" content="charset=windows-1252">\xe9', None, "text/html"),
    ],
)
def test_what_does_not_tell_an_encoding(data: bytes, charset: str | None, media_type: str) -> None:
    """The server's word goes before the page's; a plain text has no head; a head has 1024 bytes."""
    with pytest.raises(CallError, match="is no letter of utf-8"):
        decode_page(page(data, charset, media_type))


def test_a_page_in_ascii_that_says_utf_16() -> None:
    assert decode_page(page(b'<meta charset="utf-16">' + WORDS.encode())).endswith(WORDS)


@pytest.mark.parametrize("charset", ["iso-8859-1", "latin1", "ASCII", "us-ascii"])
def test_latin_1_means_more_on_the_web(charset: str) -> None:
    assert decode_page(page("“é”".encode("cp1252"), charset)) == "“é”"


@pytest.mark.parametrize(
    ("data", "charset", "said"),
    [
        (b"abc\xff", None, "byte 3 of the page is no letter of utf-8. Save its text by hand, as UTF-8."),
        (codecs.BOM_UTF8 + b"\xff", None, "is no letter of utf-8."),
        (b"\xed\xa0\x80", None, "is no letter of utf-8"),
        (b"\x81", "windows-1252", "byte 0 of the page is no letter of cp1252"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", None, "is no letter of utf-16"),
        (b"a\0b", None, "it holds NUL characters"),
        ("ab".encode("utf-16-le"), None, "it holds NUL characters"),
        (codecs.BOM_UTF32_LE + "ab".encode("utf-32-le"), None, "it holds NUL characters"),
        (b"a", "utf-7", "the encoding 'utf-7' is not known"),
        (b"a", "utf-32", "the encoding 'utf-32' is not known"),
        (b"a", "rot13", "the encoding 'rot13' is not known"),
        (b"a", "zip", "the encoding 'zip' is not known"),
        (b"a", "unicode_escape", "the encoding 'unicode_escape' is not known"),
        (b"a", "undefined", "the encoding 'undefined' is not known"),
        (b"a", "../os", "is not known"),
        (b"a", "\0", r"the encoding '\x00' is not known"),
        (b"a", "\x1b[31m", r"the encoding '\x1b[31m' is not known"),
        (b"a", "đ", r"the encoding '\u0111' is not known"),
        (b"a", "x" * 5000, "is not known"),
        (b"<meta charset=none>", None, "the encoding 'none' is not known"),
    ],
)
def test_bytes_that_are_no_letters(data: bytes, charset: str | None, said: str) -> None:
    with pytest.raises(CallError) as caught:
        decode_page(page(data, charset))
    told = str(caught.value)
    assert said in told
    assert told.startswith(f"{URL}: ")
    assert told.isprintable()
    assert len(told) < 400


def test_lines_end_in_one_way() -> None:
    assert decode_page(page(b"a\r\nb\rc\n\r\nd")) == "a\nb\nc\n\nd"


def test_nothing_is_left_that_a_terminal_obeys() -> None:
    assert decode_page(page("a\x1b[31mb\x07\x9bc\x7fd\x85e\fg\th\n".encode())) == "a [31mb  c d e g\th\n"
    every = "".join(map(chr, range(0x100)))
    assert len(clear_controls(every)) == len(every)
    assert not any(not letter.isprintable() and letter not in "\t\n\xa0\xad" for letter in clear_controls(every))


@pytest.mark.parametrize("text", ["", "abc", "a" + "\u0301\u0323" * 15, WORDS * 1000, ("e\u0302\u0301" * 50)])
def test_marks_as_languages_have_them(text: str) -> None:
    check_marks(URL, text)


def test_marks_without_end() -> None:
    with pytest.raises(CallError, match="more than 30 marks stand on one letter of it"):
        check_marks(URL, "đa" + "\u0301\u0323" * 15 + "\u0301")
