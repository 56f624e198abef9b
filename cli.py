"""The command line: the same store and the same rules as the app.

JSON goes to standard output, messages to standard error. Exit code 0: done; 1: wrong input; 2: wrong usage.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace

from commands import administration, keeping, loading, paper, reading
from commands.saying import say
from metrics.access import LOCAL, Reader
from store.database import open_store, upgrade
from store.history import account
from store.settings import settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.command is None:
            return reading.spc_of_standard_input()
        store = open_store(asked.db).opened_for(_reader())
        if asked.upgrades:
            upgrade(store)
        done: int = asked.command(store, asked)
    except (ValueError, OSError) as error:
        say(str(error))
        return 1
    return done


def _reader() -> Reader:
    """Whoever sits at the machine, by the name of the account; held to the roles and landlords of the settings, where
    those name some."""
    wanted = settings()
    name = f"{account()} at the command line"
    return replace(LOCAL, name=name, roles=wanted.command_line_roles, landlords=wanted.command_line_landlords)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cli.py", description="Learning Pyramid on the command line.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for group in (loading, reading, paper, administration, keeping):
        group.declare(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
