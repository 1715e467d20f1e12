"""The life of a MARAC referral."""

from alongside.audit.states import Step, Transitions

REFERRAL = Transitions(
    name="marac.referral",
    table={("sent", "listed"): Step("the coordinator lists the case", permission="list_marac")},
    labels={"sent": "sent, not listed yet", "listed": "listed for a meeting"},
)
