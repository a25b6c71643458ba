"""The content pack: strict reading, typed records, dated look-up, checks. Knows nothing of Qt."""
