"""The indicators, one chapter per level of the pyramid and one of descriptive figures."""
