"""Generator of public credit-information portals: curated records in, a static site out."""

import os

__version__ = "0.1.0"

# Where lxml is installed openpyxl writes with it, and other bytes: our workbooks have to be the same everywhere. It
# looks once, so this stands before anything that imports openpyxl.
os.environ["OPENPYXL_LXML"] = "False"
