"""Generator of public credit-information portals: curated records in, a static site out."""

__version__ = "0.1.0"
