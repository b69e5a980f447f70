"""Mutation testing of the evidence: what is wrong on purpose, and how much of it the checks find."""
