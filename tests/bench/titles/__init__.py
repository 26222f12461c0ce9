"""Papers whose titles the rules do not list, and how the product takes them: precision, coverage, what is sent back."""
