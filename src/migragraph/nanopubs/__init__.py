"""Nanopublications: what each passage states of each thing, citable by its own, under a trusty URI."""

from migragraph.nanopubs.files import NANOPUBS_FILE, render_nanopubs
from migragraph.nanopubs.publication import Nanopub, list_nanopubs
from migragraph.nanopubs.trusty import BLANK_CODE, compute_code

__all__ = ["BLANK_CODE", "NANOPUBS_FILE", "Nanopub", "compute_code", "list_nanopubs", "render_nanopubs"]
