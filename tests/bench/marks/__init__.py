"""A bench for what is pressed and written on paper (印章、签字): pages drawn for it, read, and judged against the truth."""
