"""What a referral must have before it may go."""

from alongside.agencies.access import Refused


def check_basis(basis: str, consent: str) -> None:
    """Raise where consent is named as the basis and was not given."""
    if basis == "consent" and consent != "given":
        raise Refused(
            "“The person agreed” is the basis only where consent was given. Choose another basis; nothing was sent."
        )
