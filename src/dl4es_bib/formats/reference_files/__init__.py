"""Files of other reference managers and databases: one file for each format, all of them to and from works."""
