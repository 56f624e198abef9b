"""The sections papers are put together from: material in, a section out. Each is written once for all papers."""
