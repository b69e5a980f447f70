"""Data as classic scripts: under ``file://`` a browser reads no other file, neither by ``fetch`` nor as a module."""

from __future__ import annotations

import json

__all__ = ["make_script"]


def make_script(name: str, data: object) -> bytes:
    """Make a script that sets a global to some data, in JSON."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.{name} = {text};\n".encode()
