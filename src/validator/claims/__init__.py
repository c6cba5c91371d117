"""Arithmetic, dates and citations that the prose of a document states by itself."""
