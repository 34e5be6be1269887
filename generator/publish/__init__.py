"""Decides what may be seen, and for how long; the only room that does.

It hands on `PublicView` (rows without private columns, without expired, superseded or withheld
records) and `Tallies` (counts, never rows). Whatever comes after may be careless and leak nothing.
"""
