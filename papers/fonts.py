"""The faces papers are set in: the same as the screens', from packages, so that no machine needs fonts of its own."""

from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro

SANS = "Source Sans Pro"
FOLDERS = tuple(Path(each.__file__).parent / "files" for each in (font_source_sans_pro, font_source_serif_pro))
