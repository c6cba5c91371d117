"""The rule language: text to a typed tree, with every fault at its place."""
