"""Commands for whoever runs the tool: `audit`."""

import argparse
from dataclasses import asdict
from typing import Any

from commands.asking import offer
from commands.saying import give, say
from store import audit
from store.database import Store


def declare(commands: Any) -> None:
    """Put these commands on offer."""
    told = offer(commands, "audit", _audit, "who saw, loaded, judged or changed what, and whether the chain holds")
    told.add_argument("--last", type=int, default=100, metavar="N", help="how many of the newest entries")


def _audit(store: Store, asked: argparse.Namespace) -> int:
    found = audit.verify(store)
    entries = [asdict(each) for each in audit.entries(store, limit=asked.last)]
    give({**asdict(found), "newest": entries})
    if found.fault:
        say(f"the chain is broken: {found.fault}")
    return 1 if found.fault else 0
