"""Characters that HTML forbids, shown by what stands for them: a page tells what the graph holds, and is valid."""

from __future__ import annotations

import re

__all__ = ["encode_page"]

# https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream: controls and noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
# The bytes of which some are in each of them in UTF-8: a page without any is left as it is, and hardly costs a look.
_SUSPECT = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F, 0xEF, *range(0xF0, 0xF5)])
# What begins with this one is forbidden below a bound; above it stand signs that many pages have.
_LATIN, _ALLOWED = b"\xc2", b"\xa0"
_PICTURES, _DELETE, _PICTURE_OF_DELETE = 0x2400, 0x7F, "\u2421"


def encode_page(text: str) -> bytes:
    """Encode a page in UTF-8; for a control character its picture stands, or else the sign of what cannot be shown."""
    data = text.encode()
    is_plain = len(data.translate(None, _SUSPECT)) == len(data)
    if is_plain and all(rest[:1] >= _ALLOWED for rest in data.split(_LATIN)[1:]):
        return data
    return _FORBIDDEN.sub(_show, text).encode()


def _show(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return _PICTURE_OF_DELETE if code == _DELETE else "\ufffd"
