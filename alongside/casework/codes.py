"""Words for outcomes; a code never stands on a screen alone."""

SERVICES = {"childrens-social-care": "children's social care", "adult-social-care": "adult social care"}

CHILD_OUTCOMES = {
    "section-47": "Section 47 enquiry (strategy discussion first)",
    "strategy-discussion": "Strategy discussion, to decide on a section 47 enquiry",
    "child-and-family-assessment": "Child and family assessment",
    "early-help": "Early help, with a lead agency",
    "other-services": "Other services offered",
    "allocated-worker": "To the worker already allocated",
    "further-information": "More information first, by a named day",
    "information-and-advice": "Information and advice only",
}

ADULT_OUTCOMES = {
    "section-42": "Section 42 enquiry",
    "care-act-assessment": "Assessment of care and support needs",
    "other-services": "Other services offered",
    "allocated-worker": "To the worker already allocated",
    "further-information": "More information first, by a named day",
    "information-and-advice": "Information and advice only",
}

OUTCOMES = {"childrens-social-care": CHILD_OUTCOMES, "adult-social-care": ADULT_OUTCOMES}

# The act that an outcome is, so that bars, thresholds and permissions stand beside it.
OUTCOME_ACTS = {
    "information-and-advice": "treat_as_information_only",
    "section-47": "start_section_47_enquiry",
    "child-and-family-assessment": "assess_child_and_family",
}

ATTEMPTS = {
    "reached": "reached, and it was safe to talk",
    "not-safe-then": "reached, but it was not safe to talk",
    "not-reached": "not reached",
    "left-alone": "not tried: no safe way is known",
}

SUPPORT_ANSWERS = {
    "accepted": "wants support",
    "not-now": "did not want this now",
    "wants-other": "wants another kind of help",
    "not-reached-safely": "has not been reached safely",
}

EXPOSURE = {
    "exposed": "Yes: a child saw, heard or felt it",
    "not-exposed": "No child was exposed",
    "not-known": "Not known",
}
INFORMATION = {"given": "Given", "not-safe": "Not safe to leave or say", "not-given": "Not given"}
YES_NO = {"yes": "Yes", "no": "No", "not-known": "Not known"}
PREGNANT = YES_NO | {"not-safe-to-ask": "Not safe to ask"}
# How information reached the victim: each way is an act of its own, which a bar may forbid.
INFORMATION_WAYS = {
    "spoken": "Told, out of everybody's hearing",
    "leaflet": "A leaflet was left",
    "letter": "It will be posted",
    "voicemail": "A voice message was left",
}
WAY_ACTS = {"leaflet": "leave_leaflet", "letter": "send_letter", "voicemail": "leave_voicemail"}

# What a referral to children's social care says by being sent.
SAID_BY_SENDING = frozenset(
    {
        "abuse_incident",
        "child_referral_considered",
        "child_referral_made",
        "domestic_abuse_known_or_suspected",
        "dva_communication_received_by_csc",
        "information_sharing_considered",
        "local_authority",
        "share_decision_made",
    }
)
