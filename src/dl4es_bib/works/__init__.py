"""Rules on works that several stages follow: which are the same, how text is compared and spelled."""
