"""Six fictional English landlords, drawn by a seeded generator, each with a story its indicators must tell."""
