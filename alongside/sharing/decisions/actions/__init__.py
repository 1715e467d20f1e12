"""What is decided about sharing, and what becomes of it."""

from alongside.sharing.decisions.actions.deciding import Weighed, disclose, keep_back
from alongside.sharing.decisions.actions.reviewing import end_share, follow_withdrawal, review_share
from alongside.sharing.decisions.actions.tool import Letter, keep_record_back, open_copy, share

__all__ = [
    "Letter",
    "Weighed",
    "disclose",
    "end_share",
    "follow_withdrawal",
    "keep_back",
    "keep_record_back",
    "open_copy",
    "review_share",
    "share",
]
