"""Checks records against their declarations; collects issues, never raises for data."""
