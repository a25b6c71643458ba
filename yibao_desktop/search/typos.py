"""How far apart two spellings are, counted in slips of the finger."""

from __future__ import annotations


def slips_to_beginning(typed: str, meant: str, most: int) -> int | None:
    """Return the slips between ``typed`` and the nearest beginning of ``meant``; nothing if there are over ``most``.

    A slip is a letter too many, one missing, a wrong one, or two that changed places (Damerau–Levenshtein, each
    letter moved at most once).
    """
    before_last: list[int] = []
    last = list(range(len(meant) + 1))
    for row, letter in enumerate(typed, 1):
        now = [row]
        for column, other in enumerate(meant, 1):
            cost = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == meant[column - 2] and typed[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return None
        before_last, last = last, now
    nearest = min(last)
    return nearest if nearest <= most else None
