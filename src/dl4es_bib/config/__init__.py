"""What dl4es-bib.yaml may say."""
