"""Reading a reference by rules: forms, people, numbers, venues."""
