"""Recovery (恢复): the index rebuilt from the log of events, backups, and restoring them."""
