"""A sample district: invented projects with the papers of a whole archive, drawn and scanned, and what can be wrong with
them. `stories` invents the projects, `papers` draws their papers, `anomalies` breaks one thing at a time; what is to be
found of each is data (tests/stories/district.toml).
"""
