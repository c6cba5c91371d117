"""What editors ask of a language server about rule packs; `server` alone knows the protocol."""
