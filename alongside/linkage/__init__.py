"""Who is this? Finding the people already known, with reasons, for a person to decide.

A few keyed hashes per record find candidates; match weights in bits score them; a field not known adds nothing. It says
*link*, never *merge*, and links nothing by itself. No Django: the platform keeps the keys in a table of its own and
hands in how to fetch them.
"""

from alongside.linkage.candidates import select_candidates
from alongside.linkage.index import LookupIndex, MemoryIndex
from alongside.linkage.keys import Key, keys
from alongside.linkage.lookup import Hit, look_up
from alongside.linkage.model import Model, default_model, read_model
from alongside.linkage.normalise import normalise
from alongside.linkage.reasons import reasons
from alongside.linkage.record import Known, Record
from alongside.linkage.score import Match, probability, score

__all__ = [
    "Hit",
    "Key",
    "Known",
    "LookupIndex",
    "Match",
    "MemoryIndex",
    "Model",
    "Record",
    "default_model",
    "keys",
    "look_up",
    "normalise",
    "probability",
    "read_model",
    "reasons",
    "score",
    "select_candidates",
]
