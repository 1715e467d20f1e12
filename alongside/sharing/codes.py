"""Words for consent, for the bases on which something is shared, and for looking at a share again."""

CONSENT = {
    "given": "given",
    "refused": "did not want this shared",
    "not-sought": "not asked",
    "not-safe-to-seek": "not safe to ask",
    "withdrawn": "given, then withdrawn",
    "": "not known",
}

# What a person's words about being referred and helped are kept under; a share on consent rests on these.
REFERRAL = "referral"

# The law behind each is a matter of the partnership's agreement: shown as "to be confirmed by your partnership".
BASES = {
    "consent": "The person agreed",
    "protect-child": "To protect a child from harm",
    "protect-adult": "To protect an adult at risk",
    "prevent-crime": "To prevent or detect a crime",
    "school-notice": "The police's arrangement to tell schools (Operation Encompass)",
}

ASKED_BECAUSE = {
    "withdrawn": "consent was withdrawn",
    "review-day": "the day to look again has come",
    "looked-again": "somebody looked at it again",
}
OUTCOMES = {"goes-on": "it goes on", "ended": "it ends", "stays-ended": "it stays ended"}
FREELY = {
    "yes": "freely, as far as can be told",
    "no": "not freely: somebody made the person",
    "not-known": "not known",
    "not-safe-to-ask": "not safe to ask",
    "": "not asked",
}
