"""What may take for ever, in a process that can be stopped: queries beyond the fragment, and patterns.

``worker`` is this side of it, ``service`` the other, which imports no numpy, and rdflib only where it has to.
"""

from __future__ import annotations

from migragraph.shacl.apart.requests import SHAPES_GRAPH, Answer, Request
from migragraph.shacl.apart.worker import Worker

__all__ = ["SHAPES_GRAPH", "Answer", "Request", "Worker"]
