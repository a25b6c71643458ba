"""The slip people hold: whether it adds up, what was mistyped, how it compares with an estimate."""

from yibao_desktop.estimate.slip.beside import Comparison, expected_lines
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

# From ``receipt`` until the window shows ``Slip``; then ``check_identities`` comes from ``sums`` and ``compare`` from
# ``beside``.
from yibao_desktop.estimate.slip.receipt import Identity, Receipt, check_identities, compare
from yibao_desktop.estimate.slip.sums import IdentityId, IdentityResult, Variant, Verdict

__all__ = [
    "Comparison", "Contradiction", "How", "Identity", "IdentityId", "IdentityResult", "Mistyped", "Problem", "Receipt",
    "Shortage", "Slip", "Variant", "Verdict", "check_identities", "compare", "contradictions", "expected_lines",
    "likely_mistyped", "shortage", "still_needed",
]
