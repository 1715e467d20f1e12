"""What the procedures owe, forbid and still ask in each case.

Facts come from records through providers. A review evaluates the packs in force, in the transaction of the change, and settles
duties (grouped in tasks), bars and open questions. A fired duty moves nothing by itself: until a named person has sent the case
to the team that must act, the duty stands in the task of the team that can send it.
"""
