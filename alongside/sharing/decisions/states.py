"""The life of a decision about sharing."""

from alongside.audit.states import Step, Transitions

LABELS = {"live": "shared, and open to them", "ended": "shared once, and ended", "kept-back": "not shared"}
SHARE = Transitions(
    name="sharing.disclosure",
    table={
        ("live", "ended"): Step(
            "consent is taken back, or somebody ends it, with a reason", permission="decide_sharing", needs_why=True
        )
    },
    labels=LABELS,
)
