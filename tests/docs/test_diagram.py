"""The diagram of the data model is the one that the ontology gives."""

from __future__ import annotations

from docs import diagram
from migragraph.layout import load_layout


def test_the_page_holds_the_diagram_of_the_ontology() -> None:
    layout = load_layout(diagram.PAGE.parent.parent)
    page = diagram.PAGE.read_text(encoding="utf-8")
    assert diagram.replace_diagram(page, diagram.draw(layout)) == page


def test_every_link_of_the_diagram_joins_two_of_our_classes() -> None:
    drawn = diagram.draw(load_layout(diagram.PAGE.parent.parent))
    assert "Statement <|-- Claim" in drawn
    assert "Plan --> Instrument : implements" in drawn
