"""Words for consent and for the bases on which something is shared."""

CONSENT = {
    "given": "given",
    "refused": "did not want this shared",
    "not-sought": "not asked",
    "not-safe-to-seek": "not safe to ask",
    "withdrawn": "given, then withdrawn",
    "": "not known",
}

# The law behind each is a matter of the partnership's agreement: shown as "to be confirmed by your partnership".
BASES = {
    "consent": "The person agreed",
    "protect-child": "To protect a child from harm",
    "protect-adult": "To protect an adult at risk",
    "prevent-crime": "To prevent or detect a crime",
    "school-notice": "The police's arrangement to tell schools (Operation Encompass)",
}
