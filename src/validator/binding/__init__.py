"""Binding: a Document and a pack's form → a Report, and an honest account of its reach."""
