"""Bulletins (通报): computed, reconciled, frozen; and what came of repairs and objections."""
