"""One pass over what waits, and for ever (收件): receive, read, identify, plan, place, tell."""
