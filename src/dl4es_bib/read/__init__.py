"""From files to documents; nothing here reaches a network."""
