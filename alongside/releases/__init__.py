"""Papers for one named recipient, and answers to people who ask what is held about them: built from typed fields, looked through for
what leads to somebody's door, released by two where somebody is protected, each copy with a mark of its own.
"""
