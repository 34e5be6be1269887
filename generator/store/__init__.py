"""Writes the files that the page scripts read: the manifest, the shards of tables and search, the record pages.

All are columnar JSON, gzipped: names of fields stand once, and equal values lie side by side.
"""
