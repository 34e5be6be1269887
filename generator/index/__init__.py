"""The search index: exact search over names, codes and document numbers of millions of records, from plain files.

What a record says is laid in blocks of subjects; lists of grams lead to them. A subject's place (its slot) is a hash
and never moves, and scripts check every candidate in its block: so files of two nights may be mixed without a wrong
answer.
"""
