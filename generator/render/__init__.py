"""Turns views and tallies into text: Markdown for the printer, HTML rows for the archive."""
