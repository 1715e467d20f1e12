"""Files kept with a case: a letter, a photograph of an injury, a screenshot of messages. Evidence that can place somebody, or bring harm in.

The original is sealed and shown to nobody. A scanner looks at it first; then a copy is made anew without anything hidden in it, and only
that copy is given out: from an address of its own, once, to whoever asked for it. Strand: protect.
"""
