"""Everything that leaves Alongside, once and neutrally; and alarms that must ring even if nobody looks.

An act posts its message in its own transaction; a worker (`alongside outbox run`) sends it afterwards. A message says
only that there is something new. Messages to people living with abuse need a clearance that their safe-contact record
gives, asked when posted and again when sent; when their sending is uncertain a person decides, never the machine.
"""
