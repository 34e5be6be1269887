"""Monthly bulletins (通报): figures computed from tallies."""
