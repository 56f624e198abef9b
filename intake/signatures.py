"""What a file holds, by its first bytes, and what its name promises."""

import io
import zipfile
from pathlib import PurePosixPath

CONTENT_WORDS = {
    "empty": "an empty file",
    "text": "plain text",
    "zip": "a zip file",
    "workbook": "an Excel workbook",
    "parquet": "a Parquet file",
    "gzip": "a gzip file",
    "old workbook": "an old Excel file (.xls) or a workbook with a password",
    "binary workbook": "a binary Excel workbook (.xlsb)",
    "open document": "an OpenDocument file",
    "document": "a Word or PowerPoint document",
    "pdf": "a PDF document",
    "image": "a picture",
    "web page": "a web page (HTML or XML)",
    "database": "a SQLite database",
    "program": "a program",
}
FORMATS_READ = "CSV, Excel (.xlsx) or Parquet, or a zip of them"
PROMISES = {
    ".csv": "text",
    ".txt": "text",
    ".tsv": "text",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".parquet": "parquet",
    ".zip": "zip",
    ".gz": "gzip",
}
SIGNATURES = (
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "old workbook"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"SQLite format 3", "database"),
    (b"MZ\x90", "program"),
    (b"\x7fELF", "program"),
)
BLANK = b"\x00 \t\r\n\xef\xbb\xbf"
WEB = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<head", b"<body")


def content_of(content: bytes) -> str:
    """What the bytes are: a key of `CONTENT_WORDS`."""
    if not (content[:4096].strip(BLANK) or content.strip(BLANK)):
        return "empty"
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(content)
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "web page" if start.startswith(WEB) else "text"


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return "zip"
    if "xl/workbook.xml" in names:
        return "workbook"
    if "xl/workbook.bin" in names:
        return "binary workbook"
    if "[Content_Types].xml" in names:
        return "document"
    return "open document" if "mimetype" in names and "content.xml" in names else "zip"


def expected_content(name: str) -> str | None:
    """What the ending of a name promises; None where it promises nothing."""
    return PROMISES.get(PurePosixPath(name).suffix.lower())


def is_ours(name: str) -> bool:
    """Does the ending say it may hold records? (Others in a folder or zip are passed over, with a word.)"""
    refused_with_a_reason = (".xls", ".xlsb", ".ods")
    return expected_content(name) is not None or PurePosixPath(name).suffix.lower() in refused_with_a_reason
