"""The command line as an interface."""
