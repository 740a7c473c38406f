"""Which records may be one firm, and why one thinks so; nothing is merged by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from desktop.classification import credit_code
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises.model import Enterprise
from desktop.workspace.enterprises.names import firm_name, firm_name_loosely, same_form

_OLD_CODE = 9
_MOST_ALIKE = 20
"""Records of one name beyond which pairs are made of neighbours only."""


@dataclass(frozen=True, slots=True)
class SameFirm:
    """Two records that may be one firm, by their keys, and why, in words; the surest ones are ``sure``."""

    first: str
    second: str
    words: str
    sure: bool


Naming = Callable[[str], str]
_NAMINGS: tuple[tuple[Naming, str], ...] = (
    (firm_name, "企业名称相同（全半角、空格和括号的写法不计）"),
    (same_form, "企业名称只有“有限责任公司”与“有限公司”之差"),
    (firm_name_loosely, "企业名称只在开头的省、市写法上不同"),
)


class KnownFirms:
    """Enterprises by code and name, to look for one that may be there already.

    Of merged records among ``records`` what they were called still tells the firm. ``firms`` are the
    enterprises, each once, by key.
    """

    def __init__(self, records: Iterable[Enterprise]) -> None:
        named = sorted((each for each in records if each.name), key=lambda each: (each.name, each.key))
        self._records: Mapping[str, Enterprise] = {each.key: each for each in named}
        self._into = enterprises.ways(self._records.values())
        self.firms: Mapping[str, Enterprise] = {
            firm.key: firm for firm in enterprises.standing(self._records.values())
        }
        self._codes: dict[str, list[str]] = defaultdict(list)
        self._names: dict[str, list[str]] = defaultdict(list)
        for each in self._records.values():
            if code := told_code(each.uscc):
                self._codes[code].append(each.key)
            self._names[firm_name_loosely(each.name)].append(each.key)

    def alike(self, name: str, uscc: str) -> tuple[tuple[Enterprise, str, bool], ...]:
        """Return the enterprises that one of this name and code may be, why, and whether it is sure."""
        code = told_code(uscc)
        keys = dict.fromkeys(
            [*self._codes.get(code, ()), *(self._names.get(firm_name_loosely(name), ()) if name else ())]
        )
        found: dict[str, tuple[Enterprise, str, bool]] = {}
        for each in (self._records[key] for key in keys):
            said = why(name, uscc, each.name, each.uscc)
            own = enterprises.resolved(self._into, each.key)
            if said is None or (own in found and found[own][2] >= said[1]):
                continue
            words = said[0] if own == each.key else f"从前的“{each.name}”已并入它，{said[0]}"
            found[own] = self.firms[own], words, said[1]
        return tuple(found.values())

    def groups(self) -> Iterable[list[str]]:
        """Return the keys of enterprises that share a code or a name."""
        return (keys for by in (self._codes, self._names) for keys in by.values() if len(keys) > 1)


def pairs(firms: Iterable[Enterprise]) -> tuple[SameFirm, ...]:
    """Return each two enterprises that may be one, the sure ones first, without those found to be two."""
    known = KnownFirms(firms)
    found: dict[tuple[str, str], SameFirm] = {}
    for keys in known.groups():
        both = combinations(keys, 2) if len(keys) <= _MOST_ALIKE else pairwise(keys)
        for first, second in both:
            one, other = known.firms[first], known.firms[second]
            if first in other.apart or second in one.apart:
                continue
            if said := why(one.name, one.uscc, other.name, other.uscc):
                found.setdefault((min(first, second), max(first, second)), SameFirm(first, second, *said))
    return tuple(sorted(found.values(), key=lambda each: not each.sure))


def why(name: str, uscc: str, other_name: str, other_uscc: str) -> tuple[str, bool] | None:
    """Return why two may be one firm, in words, and whether that is sure; None where nothing says so."""
    code, other_code = told_code(uscc), told_code(other_uscc)
    same_code = bool(code) and code == other_code
    by_name = next((words for naming, words in _NAMINGS if name and naming(name) == naming(other_name)), "")
    if same_code:
        named = by_name or "企业名称不同，可能是更名"
        passed = credit_code.check(code).state == credit_code.PASSED
        return f"统一社会信用代码相同（{code}）；{named}", bool(by_name) or passed
    if not by_name:
        return None
    if code and other_code:
        return f"{by_name}；但统一社会信用代码不同，可能是两家企业", False
    return by_name, by_name is _NAMINGS[0][1]


def told_code(uscc: str) -> str:
    """Return a code by which a firm can be known, in its one form; empty for one that was lost or is none."""
    checked = credit_code.check(uscc)
    if checked.state in (credit_code.PASSED, credit_code.WRONG_CHECK):
        return checked.code
    return (
        checked.code if checked.state == credit_code.WRONG_LENGTH and len(checked.code) >= _OLD_CODE else ""
    )
