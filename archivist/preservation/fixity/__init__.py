"""Fixity (固定性): whether every original, every copy and every event is still what it was, and putting things right."""
