"""The record model: what a kind, a field, a value, a unit and a working day are, as declared under data/."""
