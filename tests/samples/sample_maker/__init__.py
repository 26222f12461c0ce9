"""Draws the sample files: texts of invented projects, put on paper and then through a scanner."""
