"""Makes what a person then fills in: a new portal, a new kind of record."""
