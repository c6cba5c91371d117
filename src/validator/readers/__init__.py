"""Files to documents and reports, every value with its text and its place."""
