"""Searchable archival copies (可检索副本) of scans: the page as it is, the recognised text under it."""
