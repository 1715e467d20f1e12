"""The life of a duty."""

from alongside.audit.states import Step, Transitions

DUTY = Transitions(
    name="duties.duty",
    table={
        ("open", "done"): Step("a record discharges it"),
        ("open", "decided-otherwise"): Step(
            "a named person decides otherwise", permission="decide_otherwise", needs_why=True
        ),
        ("open", "lapsed"): Step("what made it owed is no longer so", needs_why=True),
    },
    labels={"open": "open", "done": "done", "decided-otherwise": "decided otherwise", "lapsed": "lapsed"},
)
