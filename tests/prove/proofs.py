"""The proofs: what each promises, how often it is tried in full and briefly, and the mutant it must catch."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

from tests.prove.databases import ROOT, environment, fresh
from tests.prove.ledger import Found


@dataclass(frozen=True, slots=True)
class Proof:
    """A module of this package run in batches; `mutant` makes the program wrong in the way the proof must notice. `brief` 0: too slow
    for `make test`, which has a smaller one of its own."""

    module: str
    promise: str
    counted: str
    full: int
    batch: int
    brief: int
    mutant: str
    mutant_says: str
    mutant_tries: int
    engines: tuple[str, ...] = ("sqlite", "postgresql")
    # SQLite lets one writer in at a time, so a lock forgotten by us is noticed on PostgreSQL only.
    mutant_on: tuple[str, ...] = ("sqlite", "postgresql")

    def has_mutant_on(self, engine: str) -> bool:
        return bool(self.mutant) and engine in self.mutant_on

    def run(self, server: str, count: int, seed: int, mutant: str = "") -> Found:
        """One batch on a new database of the server ("" for SQLite)."""
        with fresh(server) as url:
            command = [sys.executable, "-m", f"tests.prove.{self.module}", str(count), str(seed)]
            done = subprocess.run(
                command, env=environment(url, PROVE_MUTANT=mutant), cwd=ROOT, capture_output=True, text=True
            )
        if done.returncode:
            raise RuntimeError(f"{self.module} did not run:\n{done.stderr}")
        return Found.from_json(done.stdout.strip().splitlines()[-1])


PROOFS = (
    Proof(
        module="tampers",
        promise="Every tamper with the audit trail is found, and in the chain where it was done",
        counted="tampers",
        full=10_000,
        batch=1_000,
        brief=30,
        mutant="detail-not-chained",
        mutant_says="the mac leaves out the detail of an event",
        mutant_tries=15,
    ),
    Proof(
        module="kills",
        promise="A web process killed at any moment loses nothing it acknowledged; a retry stores nothing twice",
        counted="kills",
        full=10000,
        batch=500,
        brief=15,
        mutant="answer-first",
        mutant_says="the answer leaves before the commit",
        mutant_tries=5,
    ),
    Proof(
        module="reads",
        promise="Nothing is shown without its row in the audit, whenever the web process is killed and however a page fails",
        counted="requests",
        full=10_000,
        batch=2_500,
        brief=100,
        mutant="answer-first",
        mutant_says="the answer leaves before the commit",
        mutant_tries=10,
    ),
    Proof(
        module="worker_kills",
        promise="A worker killed at any moment loses no message; no mailbox gets one twice; to a person it is held",
        counted="kills",
        full=10000,
        batch=500,
        brief=12,
        mutant="new-message-id",
        mutant_says="a retry carries a new Message-ID",
        mutant_tries=6,
    ),
    Proof(
        module="at_once",
        promise="Four processes at once: every chain stays whole, one key is one message, and nobody fails",
        counted="units of work",
        full=2500,
        batch=250,
        brief=10,
        mutant="no-lock",
        mutant_says="the head of a chain is read without a lock",
        mutant_tries=25,
        mutant_on=("postgresql",),
    ),
    Proof(
        module="disk",
        promise="On a full disk nothing acknowledged is lost and nothing is half kept",
        counted="requests",
        full=40,
        batch=10,
        brief=1,
        mutant="",
        mutant_says="",
        mutant_tries=0,
        engines=("sqlite",),
    ),
    Proof(
        module="replays",
        promise="Replaying the rules in force reproduces what was decided, exactly",
        counted="cases",
        full=100_000,
        batch=10_000,
        brief=3_000,
        mutant="range-as-its-least",
        mutant_says="a number known as a range is read as its least",
        mutant_tries=300,
        engines=("sqlite",),
    ),
    Proof(
        module="row_by_row",
        promise="Spark decides every rule for every case as Polars does, row by row",
        counted="cases",
        full=1_000_000,
        batch=250_000,
        brief=10_000,
        mutant="not-known-is-no",
        mutant_says="NOT of what is not known is taken for yes",
        mutant_tries=1000,
        engines=("spark",),
        mutant_on=("spark",),
    ),
    Proof(
        module="weights",
        promise="The score of two records is Splink's own match weight to a millionth of a bit",
        counted="pairs",
        full=100_000,
        batch=25_000,
        brief=2_000,
        mutant="families-counted-in-full",
        mutant_says="what a household shares is counted in full",
        mutant_tries=500,
        engines=("splink",),
        mutant_on=("splink",),
    ),
    Proof(
        module="contact_policies",
        promise="Nobody is reached outside what they said: way, hours, who answers, words, age, area",
        counted="policies and moments",
        full=10_000,
        batch=2_500,
        brief=300,
        mutant="summer-is-winter",
        mutant_says="London's hours are read as UTC",
        mutant_tries=300,
        engines=("sqlite",),
    ),
    Proof(
        module="shields",
        promise="No address, school or doctor of whoever lives behind a shielded door reaches the other parent",
        counted="families of several homes",
        full=20_000,
        batch=5_000,
        brief=1_000,
        mutant="nobody-lives-together",
        mutant_says="a shield stays with whom it was set for",
        mutant_tries=100,
        engines=("sqlite",),
    ),
    Proof(
        module="rewraps",
        promise="Changing the key around all others, killed at any moment, leaves every key able to open what it sealed",
        counted="kills",
        full=100,
        batch=100,
        brief=4,
        mutant="blank-first",
        mutant_says="a key is blanked before it is written",
        mutant_tries=6,
    ),
    Proof(
        module="copies",
        promise="Nothing that hides in a photograph, a picture or a document is in its clean copy",
        counted="files",
        full=200,
        batch=100,
        brief=6,
        mutant="the-original",
        mutant_says="the original is given out",
        mutant_tries=3,
    ),
    Proof(
        module="hidden_places",
        promise="What leads to somebody is found in the free text of a paper, spelled, spaced or shortened: 99 of 100 at least",
        counted="documents",
        full=10_000,
        batch=2_500,
        brief=100,
        mutant="numbers-stay-words",
        mutant_says="numbers that are said in words are not read",
        mutant_tries=100,
        engines=("sqlite",),
    ),
    Proof(
        module="overlaps",
        promise="Whoever on the staff is close to somebody in a case finds no trace of it: no row, no look-up, no page, no count",
        counted="overlaps",
        full=1_000,
        batch=100,
        brief=0,  # fifty in tests/apps/sharing/test_overlaps.py
        mutant="administrators-pass",
        mutant_says="a block does not hold for those who manage staff",
        mutant_tries=20,
    ),
    Proof(
        module="pairs",
        promise="What is hidden answers as what is not there, byte for byte and in the same time",
        counted="pairs",
        full=2_000,
        batch=2_000,
        brief=0,  # a time is no test: bodies are held equal in tests/apps
        mutant="hidden-takes-longer",
        mutant_says="what is hidden is looked for a moment longer",
        mutant_tries=1_000,
    ),
)
