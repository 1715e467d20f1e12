"""Looking through free text for what leads to somebody: addresses, postcodes, telephone numbers, e-mail addresses, schools and surgeries,
however they are written. It reads text and known values and nothing else: no database, no clock.
"""

from alongside.releases.scanning.finding import Found, find, shaped
from alongside.releases.scanning.known import Known, address, email, name, phone, place, postcode, wording

__all__ = ["Found", "Known", "address", "email", "find", "name", "phone", "place", "postcode", "shaped", "wording"]
