"""Sealed fields: addresses, whereabouts, telephone numbers, informants — text that the database never holds in clear.

A sealed value is bound to its table, its field and its row: moved anywhere else it does not open. Each person has a key of
their own, wrapped by a key that lives outside the database; to destroy it is to erase what it sealed (`envelope`). Models use
`alongside.sealed.fields.SealedText` and say with whose key; what they hand out is a `Sealed`, which prints as `[sealed]`
everywhere and gives its text only to `.open()`. `alongside.sealed.index.blind` makes the look-up value.
"""
