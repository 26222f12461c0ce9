"""That nothing is lost (保全): custody of filed copies, searchable copies, fixity, recovery."""
