"""How much a file may hold. All bounds of the intake stand here, each with its reason."""

# A year of contacts of the largest landlord is below 300 MB as CSV.
MAX_FILE_BYTES = 1_000_000_000
# What a zip, a gzip or a workbook may unfold to, all its parts together.
MAX_UNFOLDED_BYTES = 2_000_000_000
# Exports compress 5 to 40 times; a bomb a thousand times. Small archives are not worth judging by ratio.
MAX_RATIO = 200
RATIO_JUDGED_FROM_BYTES = 20_000_000
MAX_ARCHIVE_FILES = 500
# Excel's own limit of characters in a cell; more than this is a broken quote or not a record.
MAX_CELL_CHARACTERS = 32_767
# Excel's own limit of columns is 16,384; a table of ours has at most 40.
MAX_COLUMNS = 1_000
# Rows at the top of a sheet in which the header is looked for.
HEADER_SEARCH_ROWS = 40
# How much of a text file is looked at to find delimiter and header.
SAMPLE_BYTES = 262_144
# No complaint record is older than 1990; no plan runs past 2100.
EARLIEST_YEAR = 1990
LATEST_YEAR = 2100
# Characters of a refused cell that are repeated in the reason.
FOUND_CHARACTERS = 200
