"""The life of a referral."""

from alongside.audit.states import Step, Transitions

DECIDES = "the receiving service decides, with a reason"
ASKS = "the receiving service asks for more information, by a day"

REFERRAL = Transitions(
    name="casework.referral",
    table={
        ("sent", "decided"): Step(DECIDES, permission="decide_child_referral"),
        ("sent", "waiting"): Step(ASKS, permission="decide_child_referral"),
        ("waiting", "waiting"): Step(ASKS, permission="decide_child_referral"),
        ("waiting", "decided"): Step(DECIDES, permission="decide_child_referral"),
    },
    labels={"sent": "sent, not decided yet", "waiting": "more information asked for", "decided": "decided"},
)
