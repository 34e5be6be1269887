"""Blank tables for clerks, from the declaration of a kind alone."""
