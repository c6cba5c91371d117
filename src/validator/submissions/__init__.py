"""Files that were handed in → reports: which files are one, whose, of when, which version counts."""
