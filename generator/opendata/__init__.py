"""Puts together what is offered for download: tables by kind and month, what they mean, and feeds of what changed.

Only records that `publish` marks as downloadable are in the tables and are told as new or corrected.
"""
