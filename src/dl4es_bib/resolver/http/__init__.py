"""How services are asked: pace, deadlines, retries and kept answers."""
