"""What taking in a pack would change, measure by measure: 新增, 修改, 废止."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.catalogue.model import Measure, Notice
from desktop.catalogue.parsed import ParsedNotice
from desktop.library.pack_file import PackContents
from desktop.library.versions import unnumbered
from desktop.library.word_changes import Stretch, word_changes


class PackedState(StrEnum):
    """What becomes of a notice: it is new here, amended, has other annotations only, or stays as it is."""

    NEW = "新增"
    AMENDED = "修改"
    ANNOTATED = "仅标注等有更新"
    SAME = "没有变化"


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure that will read otherwise, not just under another number: as it is here, and as it will be."""

    before: Measure
    after: Measure

    @property
    def words(self) -> tuple[Stretch, ...]:
        """Return what changes, word by word, the printed numbers apart."""
        return word_changes(unnumbered(self.before), unnumbered(self.after))


@dataclass(frozen=True, slots=True)
class NoticeDifference:
    """What becomes of one notice of a pack; ``notice`` is as it will stand here."""

    notice: Notice
    state: PackedState
    new: tuple[Measure, ...] = ()
    changed: tuple[MeasureChange, ...] = ()
    gone: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class PackDifference:
    """What taking in a pack would change here.

    ``orphans`` are the items, by keys of unit and measure, whose entries would have no measure any more;
    ``links`` says whether it brings confirmed correspondences that are not here.
    """

    contents: PackContents
    notices: tuple[NoticeDifference, ...]
    orphans: tuple[tuple[str, str], ...]
    links: bool

    @property
    def new(self) -> int:
        """Return how many measures are new."""
        return sum(len(each.new) for each in self.notices)

    @property
    def changed(self) -> int:
        """Return how many measures will read otherwise."""
        return sum(len(each.changed) for each in self.notices)

    @property
    def gone(self) -> int:
        """Return how many measures will be gone."""
        return sum(len(each.gone) for each in self.notices)

    @property
    def nothing(self) -> bool:
        """Return whether everything stays as it is."""
        return not self.links and all(each.state is PackedState.SAME for each in self.notices)


def notice_difference(before: ParsedNotice | None, after: ParsedNotice, *, same: bool) -> NoticeDifference:
    """Compare a notice as it stands here (None: not at all) with how it will; ``same``: file by file."""
    if before is None:
        return NoticeDifference(after.notice, PackedState.NEW, new=after.measures)
    if same:
        return NoticeDifference(after.notice, PackedState.SAME)
    old = {measure.key: measure for measure in before.measures}
    keys = {measure.key for measure in after.measures}
    new = tuple(measure for measure in after.measures if measure.key not in old)
    changed = tuple(
        MeasureChange(old[measure.key], measure)
        for measure in after.measures
        if measure.key in old and unnumbered(old[measure.key]) != unnumbered(measure)
    )
    gone = tuple(measure for measure in before.measures if measure.key not in keys)
    other = bool(new or changed or gone) or before.source != after.source
    state = PackedState.AMENDED if other else PackedState.ANNOTATED
    return NoticeDifference(after.notice, state, new, changed, gone)
