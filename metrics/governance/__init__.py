"""What the governing body received on complaints, what it did with it, and how long a theme took to reach it."""
