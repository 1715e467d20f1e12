"""Consulting: the moment somebody is named, the records of every agency are looked in. What comes back is *held*, *not held* or
*cannot tell*, with a team to ask; nothing of what is held crosses, and an empty answer is no nil return.

An agency keeps its records here, in a system of its own that answers through an agent, or in one that nothing asks yet: a row of
`ConsultSource` says which (`sources`). Whoever brings agents registers with `hooks.on_asked`, and answers with `actions.answer_later`.
"""
