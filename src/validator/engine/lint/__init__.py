"""Lints that reason about every report there could be, with the engine's own meaning of rules."""
