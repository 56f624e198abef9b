"""From populations to readings: formulas, tallies, cases, coverage, the judgement of a share."""
