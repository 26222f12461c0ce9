"""Which project, which item, which pages: extract + rules → ranked candidates with evidence, never a silent guess."""
