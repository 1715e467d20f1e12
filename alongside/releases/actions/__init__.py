"""Every write of papers and of requests for one's own data."""

from alongside.releases.actions.copying import make_copy, read_here, tell_holder
from alongside.releases.actions.preparing import ask_release, begin_paper, drop_paper, write_paper
from alongside.releases.actions.releasing import recall_paper, release_paper, send_back

__all__ = [
    "ask_release",
    "begin_paper",
    "drop_paper",
    "make_copy",
    "read_here",
    "recall_paper",
    "release_paper",
    "send_back",
    "tell_holder",
    "write_paper",
]
