"""Commands for whoever runs the tool: audit, health, settings, thresholds, and what is masked, erased or removed."""

import argparse
from dataclasses import asdict
from typing import Any

from commands.asking import InputError, offer
from commands.saying import give, say
from intake.protecting import masked_words
from store import audit
from store.audit_seals import Seal
from store.database import Store
from store.erasing import erase, preview
from store.health import health
from store.people import OFFERED, SETTING_NAMES, landlord_settings
from store.protecting import change, mask_held
from store.retention import Removal, remove_what_is_over, what_is_over
from store.rewriting import leave_no_trace
from store.thresholds import METHOD, change_threshold, thresholds


def declare(commands: Any) -> None:
    """Put these commands on offer."""
    told = offer(commands, "audit", _audit, "who saw, loaded, judged or changed what, and whether the chain holds")
    told.add_argument("--last", type=int, default=100, metavar="N", help="how many of the newest entries")
    told.add_argument(
        "--seal",
        dest="seals",
        action="append",
        default=[],
        metavar="N:HASH",
        help="a seal noted earlier, to compare with; may be given several times",
    )
    sound = offer(commands, "health", _health, "whether the store answers, with the tables of this version")
    sound.set_defaults(upgrades=False)
    setting = offer(commands, "setting", _setting, "a landlord's settings, or the change of one")
    setting.add_argument("--landlord", required=True, metavar="CODE")
    setting.add_argument("--set", nargs=2, metavar=("NAME", "VALUE"), help=f"one of {', '.join(SETTING_NAMES)}")
    setting.add_argument("--reason", default="", help="why, for the record")
    line = offer(commands, "threshold", _threshold, "a landlord's own thresholds, or the change of one")
    line.add_argument("--landlord", required=True, metavar="CODE")
    line.add_argument(
        "--set", nargs=2, metavar=("INDICATOR", "SHARE"), help="such as 0.9, or `method` for the method's"
    )
    line.add_argument("--reason", default="", help="why, for the record")
    mask = offer(commands, "mask-held", _mask_held, "mask free text that was stored before it was masked on loading")
    mask.add_argument("--landlord", required=True, metavar="CODE")
    erase = offer(commands, "erase", _erase, "what is held under a household's or case's reference, or its erasure")
    erase.add_argument("--landlord", required=True, metavar="CODE")
    erase.add_argument("--reference", required=True, metavar="REF")
    erase.add_argument("--do", action="store_true", help="erase it; without this, only say what is held")
    erase.add_argument("--reason", default="", help="why, for the record")
    retain = offer(commands, "retain", _retain, "what is over by the landlord's retention rule, or its removal")
    retain.add_argument("--landlord", required=True, metavar="CODE")
    retain.add_argument("--do", action="store_true", help="remove it; without this, only say what is over")
    retain.add_argument("--reason", default="", help="why now, for the record")
    offer(commands, "vacuum", _vacuum, "leave nothing of removed rows in the store's files")


def _setting(store: Store, asked: argparse.Namespace) -> int:
    if asked.set:
        change(store, asked.landlord, *asked.set, reason=asked.reason)
    kept = landlord_settings(store, asked.landlord)
    give({name: asdict(kept[name]) if name in kept else {"value": OFFERED[name][0]} for name in SETTING_NAMES})
    return 0


def _threshold(store: Store, asked: argparse.Namespace) -> int:
    if asked.set:
        key, said = asked.set
        try:
            value = None if said == METHOD else float(said)
        except ValueError as error:
            raise InputError(f"--set: found {said!r}; wanted a share such as 0.9, or {METHOD}") from error
        change_threshold(store, asked.landlord, key, value, reason=asked.reason)
    give({key: asdict(kept) for key, kept in thresholds(store, asked.landlord).items()})
    return 0


def _mask_held(store: Store, asked: argparse.Namespace) -> int:
    found = mask_held(store, asked.landlord)
    for each in found.iter_rows(named=True):
        say(masked_words(each))
    give(found.to_dicts())
    return 0


def _erase(store: Store, asked: argparse.Namespace) -> int:
    found = preview(store, asked.landlord, asked.reference)
    if found is None:
        raise InputError("--reference: nothing is held under it; wanted that of a household or a case")
    if asked.do:
        found = erase(store, asked.landlord, asked.reference, reason=asked.reason)
    give({"erased": asked.do, **found.as_json()})
    for line in found.words(done=asked.do):
        say(line)
    return 0


def _retain(store: Store, asked: argparse.Namespace) -> int:
    if asked.do:
        found: Removal | None = remove_what_is_over(store, asked.landlord, reason=asked.reason)
    else:
        found = what_is_over(store, asked.landlord)
    if found is None:
        raise InputError("retention_years: the landlord has no rule; `cli.py setting --set retention_years 6` sets one")
    give({"removed": asked.do, **found.as_json()})
    return 0


def _vacuum(store: Store, _asked: argparse.Namespace) -> int:
    store.reader.require("people and settings")
    leave_no_trace(store)
    return 0


def _health(store: Store, _asked: argparse.Namespace) -> int:
    found = health(store)
    give(asdict(found))
    return 0 if found.is_ready else 1


def _audit(store: Store, asked: argparse.Namespace) -> int:
    found = audit.verify(store, seals=tuple(Seal.read(each) for each in asked.seals))
    entries = [asdict(each) for each in audit.entries(store, limit=asked.last)]
    give({**asdict(found), "newest": entries})
    if found.fault:
        say(f"the chain is broken: {found.fault}")
    return 1 if found.fault else 0
