"""`make bench`: how fast it is, measured on this machine, written to docs/reference/benchmarks.md."""
