"""Training data for the model that reads reference strings: rendered ones and labelled sets."""
