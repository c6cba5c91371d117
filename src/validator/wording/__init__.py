"""Words at the edge: what was found, said in one language from the message catalogues."""
