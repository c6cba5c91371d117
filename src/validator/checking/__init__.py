"""Files to what is told about them: which packs, which rules, one file or many at once."""
