"""The life of a referral."""

from alongside.audit.states import Step, Transitions

REFERRAL = Transitions(
    name="casework.referral",
    table={("sent", "decided"): Step("the receiving service decides, with a reason", permission="decide_child_referral")},
    labels={"sent": "sent, not decided yet", "decided": "decided"},
)
