"""The audit chain: what was done and what was read, by whom, in an order nobody can quietly change.

Every agency has one chain. Each event carries an HMAC over the event before it, so a changed, removed or inserted
event breaks every mac after it (`alongside audit verify`). Domain code never writes events itself: it decorates its
verbs with `action(...)` and calls `record(...)` once inside; pages that show a person's record call `record_read(...)`.

Import from `alongside.audit.api`; this package itself imports nothing, so that Django can load the app first.
"""
