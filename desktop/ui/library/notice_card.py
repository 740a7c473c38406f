"""What is known of one notice of the library, beside the list: its head, its papers, how it stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QScrollArea, QWidget

from desktop.catalogue.typeset import typeset
from desktop.catalogue.validity import date_words
from desktop.errors import KnownError
from desktop.ui.kit import widgets

if TYPE_CHECKING:
    from desktop.library.versions import NoticeVersion
    from desktop.ui.desk import Desk
    from desktop.ui.library.notice_rows import LibraryRow
    from desktop.ui.library.version_dialog import VersionDialog

NOT_STATED = "原文没有"
STOP = "已过有效期。如果已有延续或替代的文件，可以停用；停用以后随时可以再启用。"
LAST = "已过有效期。请核实有没有延续或替代的文件；有就录入，再停用这一份。"
START = "还在有效期内，可以启用。"


class NoticeCard(QScrollArea):
    """Shows one notice; nothing until there is one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: LibraryRow | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("所选发文")
        inside = widgets.frame("surface")
        self._column = widgets.column()
        inside.setLayout(self._column)
        self.setWidget(inside)
        desk.look.changed.connect(self._refresh)

    def show_notice(self, row: LibraryRow | None) -> None:
        """Show a notice, or none."""
        self._row = row
        self._refresh()
        self.verticalScrollBar().setValue(0)

    @property
    def advice(self) -> str:
        """Return what may be done about its use, by how long it is valid; "" where nothing is to be said."""
        if self._row is None:
            return ""
        validity = self._desk.validity_of(self._row.notice)
        if self._row.listed.in_use:
            past = STOP if len(self._desk.catalogue.notices) > 1 else LAST
            return past if validity.expired else ""
        return START if validity.valid_until and not validity.expired and not validity.begins_later else ""

    def _refresh(self) -> None:
        px = self._desk.look.tokens.px
        widgets.clear(self._column)
        self._column.setContentsMargins(px(18), px(16), px(18), px(16))
        self._column.setSpacing(px(8))
        if self._row is None:
            return
        notice, listed = self._row.notice, self._row.listed
        self._line(typeset(notice.title), "official")
        form = QFormLayout()
        form.setHorizontalSpacing(px(14))
        form.setVerticalSpacing(px(6))
        validity = self._desk.validity_of(notice)
        words = typeset(notice.validity_text)
        for name, told in (
            ("文号", notice.number),
            ("发文机关", notice.issuer),
            ("成文日期", date_words(notice.issued_on) if notice.issued_on else ""),
            ("主送机关", "、".join(notice.addressees)),
            ("有效期", validity.sentence),
            ("原文", "" if words in validity.sentence else words),
            ("填报", f"{self._row.entered} 项有填报内容" if self._row.entered else "还没有填报"),
            ("代号", listed.key),
        ):
            if told or name not in ("主送机关", "原文"):
                head = widgets.label(name, "muted")
                head.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
                form.addRow(head, self._value(told or NOT_STATED, quiet=not told))
        holder = QWidget()
        holder.setLayout(form)
        self._column.addWidget(holder)
        self._add_papers()
        self._add_versions()
        if self.advice:
            self._line(self.advice, "warn" if listed.in_use else "muted")
        self._column.addStretch(1)

    def _add_papers(self) -> None:
        assert self._row is not None
        catalogue = self._desk.catalogue
        documents = catalogue.documents_in(self._row.key)
        self._column.addWidget(widgets.label(f"印发的文件（{len(documents)} 份）", "section"))
        for document in documents:
            many = len(catalogue.measures_in_document(document.key))
            headings = sum(each.printed for each in catalogue.categories_in(document.key))
            told = f"{many} 条措施" + (f"，{headings} 个类别" if headings else "")
            self._line(f"《{typeset(document.title)}》　{told}")

    def _add_versions(self) -> None:
        """List the older versions of a notice that was amended; a click shows one."""
        assert self._row is not None
        if self._row.listed.own:
            return
        from desktop.library import folders, versions

        found = versions.versions(folders.root(self._desk.workspace.folder) / self._row.key)
        if found:
            self._column.addWidget(widgets.label(f"以前的版本（{len(found)} 份）", "section"))
        for version in found:
            button = widgets.button(version.called, "quiet", does=partial(self.show_version, version))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_version(self, version: NoticeVersion) -> VersionDialog | None:
        """Show an older version of the notice; None where its files cannot be read, which is told."""
        from desktop.ui.library.version_dialog import VersionDialog

        try:
            held = version.read()
            notice = self._desk.catalogue.notice_with(version.key)
        except KnownError as problem:
            self._desk.tell_problem(problem)
            return None
        dialog = VersionDialog(self._desk, notice, version, held, self.window())
        dialog.open()
        return dialog

    def _value(self, words: str, *, quiet: bool) -> QWidget:
        made = widgets.label(words, *(["muted"] if quiet else []), selectable=True)
        made.setWordWrap(True)
        return made

    def _line(self, words: str, *looks: str) -> None:
        made = widgets.label(words, *looks, selectable=True)
        made.setWordWrap(True)
        self._column.addWidget(made)
