"""From text and addresses to identifiers; nothing here reaches a network."""
