"""From the text of a condition to a tree checked against the vocabulary.

condition  = term { AND term } | term { OR term }        both together need brackets
term       = NOT term | "(" condition ")" | comparison | fact
comparison = operand (= | <> | < | <= | > | >=) operand | operand BETWEEN operand AND operand | operand IN "(" operand, … ")"
operand    = fact | :parameter | number | 'word'
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from alongside.policy.tokens import ConditionError, Token, tokens
from alongside.policy.tree import All, Any, Between, Compare, Flag, In, Name, Node, Not, Operand, Parameter

_MOST_NESTED = 50
_OPS = frozenset({"=", "<>", "<", "<=", ">", ">="})


def _too_deep() -> ConditionError:
    told = f"more than {_MOST_NESTED} brackets or NOTs inside one another"
    return ConditionError(told, "give parts of it as derived facts")


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._at = 0
        self._depth = 0

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _take(self, *texts: str) -> bool:
        if self._now.kind in ("sign", "keyword") and self._now.text in texts:
            self._at += 1
            return True
        return False

    def _need(self, text: str) -> None:
        if not self._take(text):
            raise ConditionError(f"expected {text} {self._where()}")

    def _where(self) -> str:
        now = self._now
        return "at the end" if now.kind == "end" else f"before {now.text!r} (character {now.at + 1})"

    def whole(self) -> Node:
        node = self._condition()
        if self._now.kind != "end":
            raise ConditionError(
                f"expected AND, OR or the end {self._where()}", "AND, OR and NOT are written in capitals"
            )
        return node

    def _condition(self) -> Node:
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise _too_deep()
        parts, joined = [self._term()], ""
        while self._take("AND", "OR"):
            word = self._tokens[self._at - 1].text
            if joined and word != joined:
                raise ConditionError(f"AND and OR stand side by side {self._where()}", "put brackets round one of them")
            joined = word
            parts.append(self._term())
        self._depth -= 1
        if not joined:
            return parts[0]
        return All(tuple(parts)) if joined == "AND" else Any(tuple(parts))

    def _term(self) -> Node:
        if self._take("NOT"):
            self._depth += 1
            if self._depth > _MOST_NESTED:
                raise _too_deep()
            node: Node = Not(self._term())
            self._depth -= 1
            return node
        if self._take("("):
            node = self._condition()
            self._need(")")
            return node
        return self._comparison()

    def _comparison(self) -> Node:
        left = self._operand()
        if self._take(*_OPS):
            op = self._tokens[self._at - 1].text
            return Compare(left, op, self._operand())
        if self._take("BETWEEN"):
            low = self._operand()
            self._need("AND")
            return Between(left, low, self._operand())
        if self._take("IN"):
            self._need("(")
            values = [self._operand()]
            while self._take(","):
                values.append(self._operand())
            self._need(")")
            return In(left, tuple(values))
        return Flag(left)

    def _operand(self) -> Operand:
        token = self._now
        self._at += 1
        match token.kind:
            case "name":
                return Name(token.text)
            case "parameter":
                return Parameter(token.text[1:])
            case "number":
                return Decimal(token.text) if "." in token.text else int(token.text)
            case "word":
                return token.text[1:-1].replace("''", "'")
        self._at -= 1
        raise ConditionError(f"expected a fact, :parameter, number or 'word' {self._where()}")


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """Read a condition. Raises ConditionError, with a remedy where there is one."""
    return _Parser(text).whole()
