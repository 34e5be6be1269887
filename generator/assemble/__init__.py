"""Puts the site together; the only room that writes it."""
