"""From the wizard's answers to a slip: which kind it is, which lines it has, and what on it cannot be right."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from yibao_desktop.errors import Finding, PackError
from yibao_desktop.estimate.slip.faults import Contradiction, contradictions, shortage
from yibao_desktop.estimate.slip.lines import Slip
from yibao_desktop.estimate.slip.naming import LineNames
from yibao_desktop.pack.schema import AmountField, Option
from yibao_desktop.pack.slip_forms import SlipForm, SlipLine, nearest_first
from yibao_desktop.pack.store import Pack, Place, Words

Answers = Mapping[str, Any]

FORM, AMOUNTS = "form", "slip"
"""The wizard's questions."""
UNSURE = "unsure"


class SlipQuestions:
    """What the slip wizard asks in a place.

    It gives the flow what ``options_from`` and ``fields_from`` refer to, and turns the answers into a slip.
    """

    def __init__(self, place: Place, pack: Pack) -> None:
        """Order the pack's forms for ``place``.

        Raises:
            PackError: the pack knows no kind of slip.
        """
        self._words = pack.words
        self._forms = nearest_first(pack.slip_forms, (place.region.code, place.region.province))
        if not self._forms:
            raise PackError([Finding("national/slips.yaml", 1, "slips-missing", "内容包里没有写票据有哪几种。")])
        self._pointed_out: Mapping[str, Any] | None = None

    def forget(self) -> None:
        """Forget what has been pointed out."""
        self._pointed_out = None

    # --- what the flow asks for -------------------------------------------------------------------------

    def options(self, name: str, _answers: Answers) -> tuple[Option, ...]:
        """Give the options of a question by the name in its ``options_from``: ``forms``, nearest first."""
        makers = {"forms": self._forms}
        return tuple(Option(id=form.id, label=form.label, help=form.help) for form in makers[name])

    def fields(self, name: str, answers: Answers) -> tuple[AmountField, ...]:
        """Give the amounts of a question by the name in its ``fields_from``: ``slip-lines`` of the chosen form."""
        makers = {"slip-lines": self.form}
        return tuple(AmountField(id=field.line, label=field.label, help=field.help)
                     for field in makers[name](answers).fields)

    # --- what the answers come to -----------------------------------------------------------------------

    def form(self, answers: Answers) -> SlipForm:
        """Return the form chosen; who is not sure gets the first that occurs everywhere."""
        chosen = next((form for form in self._forms if form.id == answers[FORM]), None)
        return chosen or next((form for form in self._forms if not form.regions), self._forms[0])

    def slip(self, answers: Answers) -> Slip:
        """Return the lines that were filled in; what another form left behind is not among them."""
        form, amounts = self.form(answers), answers.get(AMOUNTS, {})
        lines: dict[SlipLine, Decimal] = {field.line: amounts[field.line] for field in form.fields
                                          if amounts.get(field.line) is not None}
        return Slip(form.family, lines)

    def refusal(self, answers: Answers) -> str | Mapping[str, str]:
        """Say why the amounts cannot be right: a sentence, or one for each field at fault; empty when they can.

        What contradicts itself is pointed out once: if the same amounts are given again, the slip says so.
        """
        if AMOUNTS not in answers:
            return ""
        slip, names = self.slip(answers), LineNames(self.form(answers), self._words)
        if shortage(slip) == "nothing-entered":
            return self._words("slip.nothing-entered")
        found = contradictions(slip)
        if not found or answers[AMOUNTS] == self._pointed_out:
            return ""
        self._pointed_out = answers[AMOUNTS]
        sentences: dict[str, str] = {}
        for one in found:
            at = _at_fault(one)
            so_far = sentences.get(at, "")
            sentences[at] = f"{so_far}{said_of(one, names, self._words)}"
        insist = self._words("slip.as-printed")
        return {at: f"{sentence}{insist}" for at, sentence in sentences.items()}


def said_of(contradiction: Contradiction, names: LineNames, words: Words) -> str:
    """Put a contradiction into a sentence with the slip's own names."""
    key, lines = f"slip.{contradiction.problem}", contradiction.lines
    if contradiction.problem == "negative":
        return words(key, line=names(lines[0]))
    if contradiction.problem == "part-over-whole":
        return words(key, part=names(lines[0]), whole=names(lines[1]))
    if contradiction.problem == "parts-over-total":
        return words(key, parts=names.quoted(lines))
    return words(key)


def _at_fault(contradiction: Contradiction) -> SlipLine:
    """Name the field at which a contradiction is told."""
    return "medfee_sumamt" if contradiction.problem == "parts-over-total" else contradiction.lines[0]
