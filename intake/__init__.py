"""Files in, clean frames and refusals out. Knows nothing of the database."""
