"""Sealed fields: addresses, whereabouts, telephone numbers, informants — text that the database never holds in clear.

A sealed value is bound to its table, its field and its row: moved anywhere else it does not open. The keys live outside
the database. Models use `alongside.sealed.fields.SealedText`; what they hand out is a `Sealed`, which prints as
`[sealed]` everywhere and gives its text only to `.open()`. `alongside.sealed.index.blind` makes the look-up value.
"""
