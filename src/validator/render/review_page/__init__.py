"""What the page for the reviewer is made of: templates, style, script, and the data they show."""
