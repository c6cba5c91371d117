"""Checks that the numbers of a submitted report agree with each other."""
