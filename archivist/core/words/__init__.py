"""Words people read that more than one room says (用语). Pure."""
