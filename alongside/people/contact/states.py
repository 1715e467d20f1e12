"""The life of a letter, and of what waits for a colleague."""

from alongside.audit.states import Step, Transitions
from alongside.people.models import ContactTask, PlannedLetter

_L, _T = PlannedLetter.State, ContactTask.State

LETTER = Transitions(
    name="people.plannedletter",
    labels=dict(_L.choices),
    table={
        (_L.TO_READ, _L.READ): Step("somebody else reads it", permission="answer"),
        (_L.READ, _L.POSTED): Step("it is posted, and cleared at that moment", permission="answer"),
        (_L.TO_READ, _L.VOID): "what it rested on changed",
        (_L.READ, _L.VOID): "what it rested on changed",
    },
)

TASK = Transitions(
    name="people.contacttask",
    labels=dict(_T.choices),
    table={(_T.OPEN, _T.DONE): Step("a colleague decides, with the reason", permission="answer", needs_why=True)},
)
