"""From states to a position: the rule, its chain through time, caps, re-runs, the way up, what would change it."""
