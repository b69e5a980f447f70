"""The shapes for readers: what they ask stands in an order that does not change from one build to the next."""

from __future__ import annotations

from pathlib import Path

from migragraph.project import Project
from migragraph.site import Site
from migragraph.site.rules import list_shapes

ORDERS = ("", 'sh:order "NaN"^^xsd:double ;', "sh:order 2 ;", 'sh:order "second" ;', "sh:order 1 ;", "", "sh:order 1 ;")
SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/shapes#Ordered> a sh:NodeShape ; sh:targetClass <https://example.org/Ordered> ; sh:property {} .
"""


def test_properties_stand_by_their_order_and_else_as_they_stand_in_the_file(project_copy: Path) -> None:
    demands = (f"[ {order} sh:path <https://example.org/p{number}> ]" for number, order in enumerate(ORDERS))
    (project_copy / "shapes" / "ordered.ttl").write_text(SHAPE.format(" , ".join(demands)), encoding="utf-8")
    site = Site(Project.load(project_copy).dataset())
    ordered = next(shape for shape in list_shapes(site) if shape.iri.endswith("#Ordered"))
    assert [demand.path.rpartition("/p")[2] for demand in ordered.properties] == ["4", "6", "2", "0", "1", "3", "5"]
