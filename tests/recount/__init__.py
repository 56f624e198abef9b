"""A second, slow, obvious working-out of every figure, in plain Python, from the written definitions alone.

Nothing here reads the engine. Records are plain lists of dicts, one dict a row, as `tests.builders` makes them. Where
the definitions leave a choice, `README.md` in this folder says which one was taken and why.
"""
