"""Run results to text: one file a format, one for places."""
