"""Who works in the partnership: areas, agencies, their teams and what each team does where, and the people who sign in.

In the field: a domestic abuse partnership is many employers with many desks. A procedure says "the police" or "children's
social care"; somebody has to know which desk that is tonight, in this area. `TeamRole` is that table.
"""
