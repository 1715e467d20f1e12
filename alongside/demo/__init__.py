"""An invented partnership to try everything on: no real person, place of work, telephone number or address."""
