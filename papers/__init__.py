"""Documents for the governing body, executives and the complaints team: one model, four papers, four formats."""
