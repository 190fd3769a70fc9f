"""Citation keys: made, patterned, renamed, mapped."""
