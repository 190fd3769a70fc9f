"""What is wrong with .bib files: rules with names, what each says, and how to mend it."""
