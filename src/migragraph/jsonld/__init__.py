"""JSON-LD 1.1: a context made from the ontology, and one tree for each thing with its evidence nested."""

from migragraph.jsonld.context import Context, Term, make_context
from migragraph.jsonld.resources import Resources
from migragraph.jsonld.trees import arrange_trees, make_document, make_tree
from migragraph.jsonld.usage import Usage, survey_dataset, survey_triples

__all__ = [
    "Context",
    "Resources",
    "Term",
    "Usage",
    "arrange_trees",
    "make_context",
    "make_document",
    "make_tree",
    "survey_dataset",
    "survey_triples",
]
