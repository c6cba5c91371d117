"""Files that leave the program on purpose: reports for the archive, what goes back to units and reviewer."""
