"""The life of a change of who works here, and of an agency that joins."""

from alongside.audit.states import Step, Transitions

CHANGE = Transitions(
    name="staffing.staffchange",
    table={
        ("proposed", "confirmed"): Step("a second person confirms", permission="manage_staff", needs_why=True),
        ("proposed", "refused"): Step("a second person does not", permission="manage_staff", needs_why=True),
        ("proposed", "taken-back"): Step("who proposed somebody new takes it back", permission="manage_staff"),
    },
    labels={"proposed": "waiting for a second person", "taken-back": "taken back"},
)

NEW_AGENCY = Transitions(
    name="staffing.newagency",
    table={
        ("proposed", "confirmed"): Step("a second person rang them too", permission="bring_agencies", needs_why=True),
        ("proposed", "refused"): Step(
            "a second person could not make sure", permission="bring_agencies", needs_why=True
        ),
    },
    labels={"proposed": "waiting for a second person"},
)
