"""Rule packs: YAML folders to checked rules, found by name or form, kept compiled."""
