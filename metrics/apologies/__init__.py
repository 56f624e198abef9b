"""Apologies: how good they are by the Ombudsman's six criteria, how prompt; a check of a draft before it is sent."""
