"""Systemic signals (the Ombudsman's systemic framework): what recurs across teams, estates and years, and across
landlords."""
