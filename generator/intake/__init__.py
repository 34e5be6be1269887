"""Reads data files, the only room that does: files in, frames of text out."""
