"""Results to findings: what is to be said, as codes and values, in no language yet."""
