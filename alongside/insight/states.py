"""The life of a set of cases."""

from alongside.audit.states import Transitions
from alongside.insight.models import CaseSet

_S = CaseSet.State

case_set = Transitions(
    name="insight.caseset",
    labels=dict(_S.choices),
    table={
        (_S.ASKED, _S.READY): "its file is written and checked",
        (_S.ASKED, _S.FAILED): "it could not be finished; nothing was kept",
        (_S.READY, _S.GONE): "the next one is ready, or somebody deletes it: the file goes",
    },
)
