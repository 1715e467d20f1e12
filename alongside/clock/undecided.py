"""An answer that cannot be worked out, with the reason in words. Never a guess in its place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Undecided:
    """`reason` names what is missing; `advice` says what to do meanwhile, where the procedures leave no doubt."""

    reason: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.reason}; {self.advice}" if self.advice else self.reason

    @property
    def due_text(self) -> str:
        """The words of the contract, section 1."""
        return f"cannot be worked out: {self.reason}"
