"""The life of a file: nobody opens it before it is ready, and what was refused never becomes so."""

from alongside.audit.states import Transitions
from alongside.uploads.models import Upload

_S = Upload.State

upload = Transitions(
    name="uploads.upload",
    labels=dict(_S.choices),
    table={
        (_S.WAITING, _S.READY): "the scanner found nothing, and a clean copy was made",
        (_S.WAITING, _S.REFUSED): "the scanner found something, or no clean copy can be made",
    },
)
