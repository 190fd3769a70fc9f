"""From an item to an outcome. The only package that asks anybody else."""
