"""What stands where (归档): plans carried out, notes beside what waits, parts of scans, photos, versions."""
