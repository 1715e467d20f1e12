"""The register of information-sharing agreements: between whom, about what, signed when, to be looked at again when.

An agreement in force lets one agency read a case of another as it grows. A missing or lapsed one stops that, and never a referral:
what is sent without one goes, with its reason, and stands on the information governance lead's page.
"""
