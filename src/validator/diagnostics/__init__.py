"""Results to diagnostics: what a person is told, worded from the message catalogues."""
