"""What the tests of all drawings look at: the elements, the texts, and the places of a drawing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

SVG = "{http://www.w3.org/2000/svg}"
PERCENT = re.compile(r"-?[0-9.]+%")


class Picture:
    """A drawing that was parsed as XML."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.root = ElementTree.fromstring(markup)

    def find(self, tag: str) -> list[Element]:
        return list(self.root.iter(SVG + tag))

    def texts(self) -> list[str]:
        return ["".join(element.itertext()) for element in self.find("text")]

    def told(self) -> str:
        (description, *_) = self.find("desc")
        return description.text or ""

    def shares(self) -> Iterator[float]:
        """Give every share of the width that the drawing names."""
        for element in self.root.iter():
            for name in ("x", "x1", "x2", "width"):
                if PERCENT.fullmatch(element.get(name, "")):
                    yield float(element.attrib[name].removesuffix("%"))


@pytest.fixture
def parse() -> Callable[[str], Picture]:
    return Picture
