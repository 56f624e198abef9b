"""The commands of the command line, a module for each kind; `cli.py` is their door."""
