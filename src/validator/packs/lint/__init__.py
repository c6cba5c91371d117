"""Rules that check the rules: one file a lint, none of which needs the engine."""
