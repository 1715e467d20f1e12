"""What a lead says of an unusual look."""

from alongside.audit.states import Step, Transitions

EXPLAINED = Step("the lead found that it was for work", permission="see_looking", needs_why=True)
NOT_EXPLAINED = Step("the lead found no reason in the looker's work", permission="see_looking", needs_why=True)
PASSED_ON = Step("the lead gave it to somebody else to look into", permission="see_looking", needs_why=True)

RAISED = Transitions(
    name="looking.raised",
    table={
        ("open", "explained"): EXPLAINED,
        ("open", "not-explained"): NOT_EXPLAINED,
        ("open", "passed-on"): PASSED_ON,
        ("passed-on", "explained"): EXPLAINED,
        ("passed-on", "not-explained"): NOT_EXPLAINED,
    },
    labels={
        "open": "to be answered",
        "explained": "explained",
        "not-explained": "not explained",
        "passed-on": "passed on",
    },
)
