"""The page that readers see: one file without outside resources, in which references can be searched and copied."""
