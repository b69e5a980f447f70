"""Run the command line by ``python -m migragraph``."""

from migragraph.cli import main

main()
