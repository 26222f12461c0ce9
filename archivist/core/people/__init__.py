"""Who works with the archive (人员名册): a table's rows as people, and what an import changes. Pure."""
