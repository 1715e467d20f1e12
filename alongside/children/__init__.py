"""Children and their schools: the register of schools with key adult and deputy, term dates, and the notice sent before school.

A notice says only what the key adult needs to support the child that day. Opening it shows that notice and nothing else.
"""
