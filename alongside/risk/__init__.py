"""Risk: instruments as data (`packs/checklists`), assessments, professional judgement, the supervisor's review.

*Not known*, *refused*, *not asked* and *not safe to ask* are kept apart and none of them is *no*: a result is a range. A later
assessment is a new record. A judgement can raise what an instrument says, never lower it.
"""
