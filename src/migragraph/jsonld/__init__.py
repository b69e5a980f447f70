"""JSON-LD 1.1: a context made from the ontology, and one tree for each thing with its evidence nested."""

from migragraph.jsonld.context import Context, Term, make_context
from migragraph.jsonld.resources import Resources
from migragraph.jsonld.trees import make_document, make_tree

__all__ = ["Context", "Resources", "Term", "make_context", "make_document", "make_tree"]
