"""One reading of a document: passages, and the figures in them with the words around."""
