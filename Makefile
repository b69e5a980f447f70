# The two commands of the README, for those who type make.
.PHONY: demo test benchmark

demo:
	bin/demo

test:
	bin/test

benchmark:
	.venv/bin/python benchmarks/commands.py
