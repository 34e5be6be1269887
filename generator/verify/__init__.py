"""Proves from the finished site that everything public is in it and nothing private is."""
