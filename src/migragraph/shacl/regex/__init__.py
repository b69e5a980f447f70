"""Regular expressions as XPath writes them: read, put into the form that the engine runs, and judged.

https://www.w3.org/TR/xpath-functions-31/#regex-syntax, on top of https://www.w3.org/TR/xmlschema11-2/#regexs.
"""

from __future__ import annotations

from migragraph.shacl.regex.python import compile_pattern
from migragraph.shacl.regex.simplicity import compile_simple
from migragraph.shacl.regex.translation import translate_pattern
from migragraph.shacl.regex.universality import is_universal

__all__ = ["compile_pattern", "compile_simple", "is_universal", "translate_pattern"]
