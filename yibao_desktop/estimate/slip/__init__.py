"""The slip people hold: whether it adds up, what was mistyped, how it compares with an estimate."""

from yibao_desktop.estimate.slip.beside import Comparison, compare, expected_lines
from yibao_desktop.estimate.slip.faults import (
    Contradiction,
    Problem,
    Shortage,
    contradictions,
    shortage,
    still_needed,
)
from yibao_desktop.estimate.slip.lines import Slip
from yibao_desktop.estimate.slip.mistyped import How, Mistyped, likely_mistyped
from yibao_desktop.estimate.slip.sums import IdentityId, IdentityResult, Variant, Verdict, check_identities

__all__ = [
    "Comparison", "Contradiction", "How", "IdentityId", "IdentityResult", "Mistyped", "Problem", "Shortage", "Slip",
    "Variant", "Verdict", "check_identities", "compare", "contradictions", "expected_lines", "likely_mistyped",
    "shortage", "still_needed",
]
