"""Models of casework, one file per noun."""

from alongside.casework.models.acts import ActRecord
from alongside.casework.models.offers import OfferAttempt, SupportOffer
from alongside.casework.models.referrals import ChecklistCopy, NotReferred, Referral, ReferralDecision
from alongside.casework.models.scene import SceneRecord
from alongside.casework.models.unsent import UnsentReferral

__all__ = [
    "ActRecord",
    "ChecklistCopy",
    "NotReferred",
    "OfferAttempt",
    "Referral",
    "ReferralDecision",
    "SceneRecord",
    "SupportOffer",
    "UnsentReferral",
]
