"""The life of a message and of a timer."""

from alongside.audit.states import Step, Transitions
from alongside.outbox.models import Message, Timer

_M, _T = Message.State, Timer.State

message = Transitions(
    name="outbox.message",
    labels=dict(_M.choices),
    table={
        (_M.QUEUED, _M.SENDING): "the worker takes it",
        (_M.SENDING, _M.SENT): "the mail server accepts it",
        (_M.SENDING, _M.QUEUED): "not sent; tried again later",
        (_M.SENDING, _M.FAILED): "refused for good",
        (_M.SENDING, _M.UNCERTAIN): "to a person, and nobody knows whether it left",
        (_M.UNCERTAIN, _M.SENT): Step("somebody found that it arrived", needs_why=True),
        (_M.UNCERTAIN, _M.QUEUED): Step("somebody decides to send it again", needs_why=True),
        (_M.UNCERTAIN, _M.FAILED): Step("somebody decides not to send it", needs_why=True),
        (_M.FAILED, _M.QUEUED): Step("somebody decides to send it again", needs_why=True),
        (_M.QUEUED, _M.HELD): "to a person, and it cannot be shown to be safe",
        (_M.SENDING, _M.HELD): "to a person, and it cannot be shown to be safe any more",
        (_M.HELD, _M.QUEUED): Step("a colleague confirmed how to reach this person", needs_why=True),
        (_M.HELD, _M.SENT): Step("somebody told them in another way", needs_why=True),
        (_M.HELD, _M.FAILED): Step("somebody decides not to send it", needs_why=True),
        (_M.QUEUED, _M.VOID): "what it rested on changed",
        (_M.HELD, _M.VOID): "what it rested on changed",
    },
)

timer = Transitions(
    name="outbox.timer",
    labels=dict(_T.choices),
    table={(_T.SET, _T.RUNG): "its moment comes", (_T.SET, _T.CANCELLED): "no longer needed"},
)
