"""A table as rows and columns: which cell stands where, what a row is called, which rows only head it."""
