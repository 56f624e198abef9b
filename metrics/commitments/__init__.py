"""Commitments: what was promised or ordered, whether it was done, whether the work was real (design §8)."""
