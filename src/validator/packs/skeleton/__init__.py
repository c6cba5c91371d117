"""First versions of packs and rules, written for their author to go on from."""
