"""A paper of a kind: the one place that knows which composer makes which."""

from collections.abc import Callable, Mapping

from papers.annual import annual_report
from papers.board import NOTHING_BESIDE, Beside, board_paper
from papers.material import Material
from papers.model import Kind, Paper
from papers.quarterly import quarterly_review
from papers.self_check import self_check

COMPOSERS: Mapping[Kind, Callable[[Material, Beside], Paper]] = {
    "board": board_paper,
    "quarterly": quarterly_review,
    "self-check": self_check,
    "annual": annual_report,
}


def composed(of: Material, kind: Kind, beside: Beside = NOTHING_BESIDE) -> Paper:
    """The paper of that kind."""
    return COMPOSERS[kind](of, beside)
