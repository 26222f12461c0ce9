"""What one paper (件) says and shows: dates, facts, seals, signatures, copy or original, versions. Pure."""
