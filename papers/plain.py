"""A paper as plain values: what is stored, handed to the PDF's template, and read back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from papers.model import (
    Block,
    Cell,
    Chart,
    Figure,
    Number,
    Paper,
    Paragraph,
    Points,
    Question,
    Recommendation,
    Section,
    Series,
    Source,
    Table,
)

_BLOCKS: Mapping[str, type[Paragraph | Points | Table | Chart]] = {
    "paragraph": Paragraph,
    "points": Points,
    "table": Table,
    "chart": Chart,
}
_NAMES: Mapping[type, str] = {kind: name for name, kind in _BLOCKS.items()}


def as_plain(paper: Paper) -> dict[str, Any]:
    """The paper as dictionaries, lists, text and numbers; days as ISO text."""
    plain: dict[str, Any] = _plain(paper)
    return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kind = {"block": _NAMES[type(value)]} if type(value) in _NAMES else {}
        return kind | {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def from_plain(said: Mapping[str, Any]) -> Paper:
    """The paper back from `as_plain`. Raises KeyError or TypeError for anything else."""
    return Paper(
        **dict(said)
        | {
            "as_at": date.fromisoformat(said["as_at"]),
            "sections": tuple(_section(each) for each in said["sections"]),
            "figures": tuple(Figure(**each) for each in said["figures"]),
            "recommendations": tuple(Recommendation(**each) for each in said["recommendations"]),
            "questions": tuple(Question(**each) for each in said["questions"]),
            "sources": tuple(Source(**each) for each in said["sources"]),
        }
    )


def _section(said: Mapping[str, Any]) -> Section:
    return Section(**dict(said) | {"blocks": tuple(_block(each) for each in said["blocks"])})


def _block(said: Mapping[str, Any]) -> Block:
    values = {name: each for name, each in said.items() if name != "block"}
    kind = _BLOCKS[said["block"]]
    if kind is Table:
        values |= {"columns": tuple(values["columns"]), "rows": tuple(tuple(map(_cell, row)) for row in values["rows"])}
    elif kind is Chart:
        values |= {
            "categories": tuple(values["categories"]),
            "heights": tuple(values["heights"]),
            "marks": tuple(tuple(each) for each in values["marks"]),
            "series": tuple(
                Series(
                    name=line["name"],
                    values=tuple(line["values"]),
                    low=tuple(line["low"]),
                    high=tuple(line["high"]),
                    colour=line["colour"],
                )
                for line in values["series"]
            ),
        }
    elif kind is Points:
        values |= {"items": tuple(values["items"])}
    return kind(**values)


def _cell(said: Any) -> Cell:
    return said if isinstance(said, str) else Number(**said)
