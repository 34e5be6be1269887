"""Statistics: delivered figures and tallies, added up, compared with what sources state, and scored."""
