"""The life of a paper, and of a request for one's own data."""

from alongside.audit.states import Step, Transitions
from alongside.releases.codes import REQUEST_STATES, STATES

PAPER = Transitions(
    name="releases.paper",
    table={
        ("draft", "waiting"): Step("whoever prepared it asks a colleague", permission="draft_papers"),
        ("draft", "released"): Step("released by one, where nobody is protected", permission="release_papers"),
        ("draft", "dropped"): Step("not used", permission="draft_papers"),
        ("waiting", "released"): Step("a second person releases it", permission="release_papers"),
        ("waiting", "draft"): Step("sent back, with what to change", permission="release_papers", needs_why=True),
        ("waiting", "dropped"): Step("not used", permission="draft_papers"),
        ("released", "recalled"): Step("called back, with the reason", permission="release_papers", needs_why=True),
    },
    labels=STATES,
)

REQUEST = Transitions(
    name="releases.accessrequest",
    table={
        ("identity", "clearing"): Step("identity checked; a cleared reviewer is asked", permission="answer_access"),
        ("identity", "building"): Step("identity checked", permission="answer_access"),
        ("identity", "refused"): Step("refused", permission="answer_access", needs_why=True),
        ("clearing", "building"): Step("a cleared reviewer says what may be built", permission="release_papers"),
        ("clearing", "refused"): Step("refused", permission="release_papers", needs_why=True),
        ("building", "reviewing"): Step("built; somebody else is asked", permission="answer_access"),
        ("reviewing", "building"): Step("sent back, with what to change", permission="release_papers", needs_why=True),
        ("reviewing", "releasing"): Step("agreed by somebody else", permission="release_papers"),
        ("releasing", "building"): Step("sent back, with what to change", permission="release_papers", needs_why=True),
        ("releasing", "answered"): Step("released", permission="release_papers"),
    },
    labels=REQUEST_STATES,
)
