"""The catalogue (归档目录) of a project: what its items are called, what is there and what is missing. Pure."""
