"""What other apps do with sharing: record what people say, decide to send, decide not to."""

from alongside.sharing.decisions.actions.consenting import record_consent, say_consent
from alongside.sharing.decisions.actions.deciding import Weighed, disclose, keep_back

__all__ = ["Weighed", "disclose", "keep_back", "record_consent", "say_consent"]
