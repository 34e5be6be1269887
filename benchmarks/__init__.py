"""Measures what the README claims."""
