"""The administrator's pages: people, settings, audit."""
