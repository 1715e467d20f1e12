"""The mark of a copy: eleven letters and figures that nobody reads wrong, the last of which follows from the others."""

from __future__ import annotations

import secrets
from itertools import pairwise

# No letter or figure that is read as another on a print (0/O, 1/I/L, 2/Z, 5/S, 8/B).
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH = 11
WEIGHTS = (
    1,
    2,
    3,
    4,
    6,
    7,
    8,
    9,
    11,
    12,
)  # none shares a divisor with 25, nor do two neighbours differ by one that does
MOST_APART = 6  # signs that may stand between two of a mark


def new_mark() -> str:
    """A mark that nobody can guess: 10 letters of 25, and one that follows."""
    first = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return first + _last(first)


def _last(first: str) -> str:
    """Places count differently, so that one letter read wrong, or two changed about, give another."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in zip(WEIGHTS, first, strict=True))
    return ALPHABET[total % len(ALPHABET)]


def shown(mark: str) -> str:
    """As it stands on a paper: in groups."""
    return f"{mark[:4]}-{mark[4:8]}-{mark[8:]}"


def marks_in(text: str) -> set[str]:
    """Every mark that stands in a text, whatever stands between its letters: a line typed off, or all the words of a print."""
    signs = [(place, sign) for place, sign in enumerate(text.upper()) if sign.isalnum()]
    ends = {at for at, (one, later) in enumerate(pairwise(signs)) if later[0] - one[0] > 1} | {-1, len(signs) - 1}
    found = set()
    for at in range(len(signs) - LENGTH + 1):
        window = signs[at : at + LENGTH]
        mark = "".join(sign for _, sign in window)
        whole = at - 1 in ends and at + LENGTH - 1 in ends
        near = all(later[0] - one[0] <= MOST_APART for one, later in pairwise(window))
        if whole and near and set(mark) <= set(ALPHABET) and _last(mark[:-1]) == mark[-1]:
            found.add(mark)
    return found
