"""One file for each format that lists are written in."""
