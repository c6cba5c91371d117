"""Truths and numbers that are not quite known, and how to reckon with them."""
