"""The written procedure, run: packs of rules, decided for one case with its reasons. No Django inside."""
