"""Lets `python -m generator` do what the console script `portal` does."""

from generator.cli import main

main()
