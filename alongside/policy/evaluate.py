"""The meaning of a condition, written to be read: three values, ranges, not applicable.

The generated code (`alongside.policy.generate`) must agree with this on every tree and every facts; it calls `compare`,
`between` and `contains` where a value is not plainly known.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any as Anything
from typing import Final

from alongside.policy.tree import All, Any, Between, Compare, Derived, Flag, In, Name, Node, Not, Operand, Parameter
from alongside.policy.values import NOT_APPLICABLE, Number, Range, Truth, Value

_KNOWN: Final[dict[str, Callable[[Anything, Anything], bool]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRROR: Final = {">": "<", ">=": "<="}


def negate(truth: Truth) -> Truth:
    """NOT: what is not known stays not known."""
    return None if truth is None else not truth


def conjunction(truths: Iterable[Truth]) -> Truth:
    """AND: false if any is false, else not known if any is not known."""
    held = list(truths)
    return False if False in held else None if None in held else True


def disjunction(truths: Iterable[Truth]) -> Truth:
    """OR: true if any is true, else not known if any is not known."""
    held = list(truths)
    return True if True in held else None if None in held else False


def compare(left: Value, op: str, right: Value) -> Truth:
    """One comparison: not applicable makes it false; it is decided when every value possible agrees."""
    if left is NOT_APPLICABLE or right is NOT_APPLICABLE:
        return False
    if left is None or right is None:
        return None
    if isinstance(left, Range) or isinstance(right, Range):
        return _compare_ranges(_as_range(left), op, _as_range(right))
    return _KNOWN[op](left, right)


def between(value: Value, low: Value, high: Value) -> Truth:
    """`value BETWEEN low AND high`, both ends included."""
    return conjunction((compare(value, ">=", low), compare(value, "<=", high)))


def contains(value: Value, members: Iterable[Value]) -> Truth:
    """`value IN (members)`; a range of whole numbers is inside when each of them is a member.

    Its ends say what it is a range of: between two decimals lies more than can be listed.
    """
    listed = list(members)
    if (
        isinstance(value, Range)
        and isinstance(value.min, int)
        and isinstance(value.max, int)
        and value.max - value.min < len(listed)
    ):
        inside = all(number in listed for number in range(value.min, value.max + 1))
        return True if inside else disjunction(compare(value, "=", member) for member in listed)
    return disjunction(compare(value, "=", member) for member in listed)


def evaluate(node: Node, facts: Mapping[str, Value]) -> Truth:
    """The value of a tree. Every name is looked up in `facts`; what is missing there is not known."""
    match node:
        case Flag(operand):
            value = _value(operand, facts)
            return False if value is NOT_APPLICABLE else None if value is None else bool(value)
        case Compare(left, op, right):
            return compare(_value(left, facts), op, _value(right, facts))
        case Between(operand, low, high):
            return between(_value(operand, facts), _value(low, facts), _value(high, facts))
        case In(operand, values):
            return contains(_value(operand, facts), [_value(value, facts) for value in values])
        case Not(child):
            return negate(evaluate(child, facts))
        case All(parts):
            return conjunction(evaluate(part, facts) for part in parts)
        case Any(parts):
            return disjunction(evaluate(part, facts) for part in parts)
        case Derived(name, tree):
            given = facts.get(name)
            return evaluate(tree, facts) if given is None else given is True


def _value(operand: Operand, facts: Mapping[str, Value]) -> Value:
    return facts.get(operand.name) if isinstance(operand, Name | Parameter) else operand


def _as_range(value: Value) -> Range:
    if isinstance(value, Range):
        return value
    if isinstance(value, bool) or not isinstance(value, Number):
        raise TypeError(f"only numbers are compared with ranges, and {value!r} is none")
    return Range(value, value)


def _compare_ranges(left: Range, op: str, right: Range) -> Truth:
    if op in _MIRROR:
        return _compare_ranges(right, _MIRROR[op], left)
    if op in ("<", "<="):
        sure, never = (_KNOWN["<"], _KNOWN[">="]) if op == "<" else (_KNOWN["<="], _KNOWN[">"])
        if left.max is not None and right.min is not None and sure(left.max, right.min):
            return True
        return False if left.min is not None and right.max is not None and never(left.min, right.max) else None
    apart = _compare_ranges(left, "<", right) is True or _compare_ranges(right, "<", left) is True
    same: Truth = False if apart else True if _single(left) and _single(right) else None
    return same if op == "=" else negate(same)


def _single(value: Range) -> bool:
    return value.min is not None and value.min == value.max
