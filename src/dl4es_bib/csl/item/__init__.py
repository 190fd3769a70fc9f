"""Items as the processor sees them: names, dates, notes, variables."""
