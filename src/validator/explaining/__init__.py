"""Explanations in bulk: of a rule, of a folder, by a sheet that people fill in."""
