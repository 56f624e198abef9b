"""Commands against loss: `backup` and `restore`."""

import argparse
import hashlib
from pathlib import Path
from typing import Any

from commands.asking import offer
from commands.saying import give, say
from store.backup import Kept, backup, checked, restore
from store.database import Store


def declare(commands: Any) -> None:
    """Put these commands on offer."""
    kept = offer(commands, "backup", _backup, "write everything the store holds to one file")
    kept.add_argument("file", type=Path, metavar="FILE.zip", help="a file that is not there yet")
    back = offer(commands, "restore", _restore, "put back what a backup holds, into either database")
    back.add_argument("file", type=Path, metavar="FILE.zip")
    how = back.add_mutually_exclusive_group()
    how.add_argument("--replace", action="store_true", help="replace all that the store holds")
    how.add_argument("--check", action="store_true", help="read the file from end to end and change nothing")


def _backup(store: Store, asked: argparse.Namespace) -> int:
    _tell(backup(store, asked.file), asked.file)
    say(f"wrote and read again {asked.file}: it holds everything, so keep it as safe as the records")
    return 0


def _restore(store: Store, asked: argparse.Namespace) -> int:
    found = checked(asked.file) if asked.check else restore(store, asked.file, replace=asked.replace)
    _tell(found, asked.file)
    if fault := found.manifest.audit_fault:
        say(f"the audit was broken already when the backup was made: {fault}")
    say(
        f"{asked.file} is whole" if asked.check else "restored; every table was read again and is what the backup holds"
    )
    return 0


def _tell(found: Kept, file: Path) -> None:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    manifest = found.manifest.model_dump(mode="json", include={"made_at", "tables_version", "method_version"})
    audit = found.manifest.model_dump(include={"audit_last_hash", "audit_fault"})
    give(
        {
            "file": str(file),
            "sha256": digest,
            **manifest,
            **audit,
            "replaced_seal": found.replaced_seal,
            "rows": found.rows,
        }
    )
