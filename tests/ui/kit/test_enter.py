"""Enter does what has the focus, Esc nothing: each button of each real dialog is walked to and pressed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QRadioButton, QToolButton

from desktop import paths
from desktop.errors import DamagedError, KnownError
from desktop.library.differing import PackDifference
from desktop.library.pack_file import PackContents
from desktop.library.store import ListedNotice
from desktop.library.versions import NoticeVersion, Wording
from desktop.ui.browse.comparison_dialog import ComparisonDialog
from desktop.ui.browse.source_dialog import SourceDialog
from desktop.ui.checklist.deadline_dialog import DeadlineDialog
from desktop.ui.checklist.handover import HandedOver, HandoverDialog
from desktop.ui.checklist.reason_dialog import ReasonDialog
from desktop.ui.demands.act_dialog import ActDialog
from desktop.ui.demands.books import SendDemandsDialog, TakeDemandsDialog
from desktop.ui.demands.holidays_dialog import HolidaysDialog
from desktop.ui.demands.new_dialog import NewDemandDialog
from desktop.ui.demands.panel import DemandDialog
from desktop.ui.demands.process_dialog import ProcessDialog
from desktop.ui.export.ledger import LedgerDialog
from desktop.ui.frame.bug_dialog import BugDialog
from desktop.ui.frame.help_dialog import HelpDialog
from desktop.ui.frame.settings_dialog import SettingsDialog
from desktop.ui.help import guide
from desktop.ui.help.about_dialog import AboutDialog, ComponentsDialog
from desktop.ui.help.guide_window import GuideWindow, PictureDialog
from desktop.ui.history.wording_dialog import WordingDialog
from desktop.ui.intake.dialog import IntakeDialog
from desktop.ui.intake.receipt_dialog import ReceiptDialog
from desktop.ui.intake.value_dialog import ValueDialog
from desktop.ui.kit import messages
from desktop.ui.kit.asked_reason import AskedReason
from desktop.ui.kit.dialog import Dialog
from desktop.ui.kit.jobs import Job, JobDialog
from desktop.ui.kit.told_table import ToldRow
from desktop.ui.kit.written_dialog import Written
from desktop.ui.library.pack_dialogs import PackExportDialog, PackImportDialog
from desktop.ui.library.paper_comparison import PaperComparison
from desktop.ui.library.version_dialog import VersionDialog
from desktop.ui.merging.conflict_dialog import ConflictDialog
from desktop.ui.merging.package_dialogs import (
    ArrivalsDialog,
    PackageExportDialog,
    PackagePlanDialog,
    PassphraseDialog,
)
from desktop.ui.merging.retention_dialog import RetentionDialog
from desktop.ui.overview.demands import DemandsDialog
from desktop.ui.overview.reminder import ReminderDialog
from desktop.ui.printing import measures
from desktop.ui.printing.preview import PrintPreview
from desktop.ui.rounds.change_dialogs import ExtendDialog, RenameDialog
from desktop.ui.rounds.new_dialog import RoundDialog
from desktop.ui.rounds.record_dialog import RecordDialog
from desktop.ui.rounds.sending import Sent, SentDialog, begin
from desktop.ui.safety.backup_dialog import BackupDialog
from desktop.ui.safety.backup_work import Outlook
from desktop.ui.safety.passphrase_dialog import SealDialog
from desktop.ui.safety.rescue_dialog import RescueDialog
from desktop.ui.safety.restoring import RestoreDialog
from desktop.ui.safety.sealing_dialog import SealingDialog
from desktop.ui.safety.unlock_dialog import ForgottenDialog, UnlockDialog
from desktop.ui.visits.firm_dialog import FirmDialog
from desktop.ui.visits.firm_import_dialog import FirmImportDialog
from desktop.ui.visits.merge_dialog import MergeDialog
from desktop.ui.visits.plan_dialog import PlanDialog
from desktop.ui.visits.record_correction import CorrectionDialog
from desktop.ui.visits.record_files import VisitFilesDialog
from desktop.ui.visits.rules_dialog import RulesDialog
from desktop.ui.visits.together_dialog import TogetherDialog
from desktop.ui.wizard import dialog as wizard_dialog
from desktop.ui.wizard.dialog import WizardDialog
from desktop.verdicts.asking import GroupQuestion
from desktop.workspace.demands import demands
from desktop.workspace.demands.process import shared_acts
from desktop.workspace.demands.returned import ReturnedDemands
from desktop.workspace.enterprises import enterprises
from desktop.workspace.enterprises import recording as firms
from desktop.workspace.items.deadline import DeadlineKind
from desktop.workspace.merging.manifest import PackageManifest
from desktop.workspace.merging.outcome import MergeOutcome
from desktop.workspace.returns import plans, rounds
from desktop.workspace.returns.three_way import ComparedField, FieldOutcome
from desktop.workspace.safety import contents
from desktop.workspace.safety.rescue import Offer
from desktop.workspace.visits import visits
from tests.reading.invented import ODD

Make = Callable[[object, object], Dialog]


def unit_of(desk):
    return desk.catalogue.find_unit("区财政局")


def items(desk):
    return desk.items(unit_of(desk).key)


def span(desk, window):
    made = DeadlineDialog(desk, items(desk), window)
    made.choice.choose(DeadlineKind.SPAN)
    return made


def value(desk, window):
    key = items(desk)[0].key
    line = ComparedField(6, key, 1, "status", "区财政局", "未启动", "未启动", "已办结", FieldOutcome.ASK)
    return ValueDialog(desk, "第1条", line, window)


def begun(desk):
    name = f"第{len(rounds.every(desk.workspace.db)) + 1}轮"
    asked = begin(desk, name, date(2030, 1, 1), [unit_of(desk).key])
    assert asked is not None
    return asked


def sent(desk, window):
    return SentDialog(
        desk, Sent(begun(desk), Path("/tmp"), (), (unit_of(desk).key,), KnownError("磁盘已满。")), window
    )


def outlook(desk, window):
    held = contents.of(desk.workspace.db)
    return RestoreDialog(desk, Outlook(Path("/备份.zip"), held, held, 0), "备份文件", window)


def rescue(desk, _window):
    return RescueDialog(
        Offer(desk.workspace.folder, DamagedError("坏了。"), None, (), True, None), desk.catalogue
    )


def version(desk, window):
    notice = desk.catalogue.notices[0]
    folder = paths.resources() / "notices" / notice.key
    held = NoticeVersion(notice.key, folder, date(2026, 1, 1))
    return VersionDialog(desk, notice, held, held.read(), window)


def pack(desk, window):
    made = PackContents("1", "张三", "2030-03-05T10:00:00+08:00", (), (), "")
    return PackImportDialog(desk, "发文.fwb", PackDifference(made, (), (), links=True), window)


def visited(desk):
    key = desk.visits.begin("企业", date(2026, 1, 5))
    assert key is not None
    return visits.one(desk.workspace.db, key)


def demanded(desk):
    key = desk.demands.add("水压不足", date(2026, 1, 5))
    assert key is not None
    return demands.one(desk.workspace.db, key)


def acted(name: str) -> Make:
    def make(desk, window):
        one = demanded(desk)
        return ActDialog(desk, one, one.chain, shared_acts()[name], window)

    return make


def merge_outcome() -> MergeOutcome:
    made = PackageManifest("0123456789", "2026-11-26T12:00:00+08:00", "张三", "1")
    return MergeOutcome(made, "", new=1, writes=1)


def planned(desk, window):
    stamp = desk.visits.stamp()
    key = firms.add(desk.workspace.db, f"企业{len(enterprises.every(desk.workspace.db))}", stamp)
    desk.visits.begin(key, desk.today(), unit="区财政局")
    return PlanDialog(desk, key, window)


def together(desk, window):
    key = firms.add(desk.workspace.db, "企业", desk.visits.stamp())
    asked = GroupQuestion("登记", "登记的是什么？", ("employees", "taxpayer", "individual"), 1, 1.0)
    return TogetherDialog(desk, key, asked, window)


def filled(dialog):
    dialog.secret.setText("口令口令口令口令")
    return dialog


def sealing(desk, window):
    dialog = filled(SealDialog(desk, window))
    dialog.again.setText(dialog.secret.text())
    return dialog


def wizard(step: int) -> Make:
    def make(desk, window):
        made = WizardDialog(desk, lambda _draft, _original: None, window)
        if step > wizard_dialog.SOURCE:
            made.source.field.setPlainText(ODD)
            made.show_step(step)
        return made

    return make


def doubled(desk, window):
    if not enterprises.every(desk.workspace.db):
        desk.firms.add("甲有限公司", {})
        desk.firms.add("甲有限责任公司", {"town": "义井镇"})
    return MergeDialog(desk, window)


NO_DEMANDS = ReturnedDemands("表.xlsx", "", "", (), ())
DIALOGS: dict[str, Make] = {
    "wizard": wizard(wizard_dialog.SOURCE),
    "wizard head": wizard(wizard_dialog.HEAD),
    "wizard pieces": wizard(wizard_dialog.PIECES),
    "wizard units": wizard(wizard_dialog.UNITS),
    "wizard check": wizard(wizard_dialog.CHECK),
    "deadline": lambda desk, window: DeadlineDialog(desk, items(desk), window),
    "span": span,
    "handover": lambda desk, window: HandoverDialog(desk, unit_of(desk), items(desk), window),
    "handed over": lambda desk, window: HandedOver(desk, unit_of(desk), "李四", items(desk), window),
    "package": lambda desk, window: PackageExportDialog(desk, 3, window),
    "send demands": lambda desk, window: SendDemandsDialog(desk, window),
    "take demands": lambda desk, window: TakeDemandsDialog(desk, NO_DEMANDS, window),
    "retention": lambda desk, window: RetentionDialog(desk, window),
    "passphrase": lambda _desk, window: PassphraseDialog("包.sjb", window),
    "package plan": lambda desk, window: PackagePlanDialog(desk, "包.sjb", merge_outcome(), window),
    "packages": lambda desk, window: ArrivalsDialog(desk, (ToldRow("甲", "乙"),), ("缺口",), window),
    "conflicts": lambda desk, window: ConflictDialog(desk, window),
    "firm": lambda desk, window: FirmDialog(desk, None, window),
    "enterprises to import": lambda desk, window: FirmImportDialog(desk, window),
    "enterprises twice": doubled,
    "rules": lambda desk, window: RulesDialog(desk, window),
    "correction": lambda desk, window: CorrectionDialog(visited(desk), window),
    "files of a visit": lambda desk, window: VisitFilesDialog(desk, visited(desk).key, window),
    "demand": lambda desk, window: DemandDialog(desk, demanded(desk).key, window),
    "assign": acted("交办"),
    "call back": acted("回访"),
    "new demand": lambda desk, window: NewDemandDialog(desk, "企业", window),
    "process": lambda desk, window: ProcessDialog(desk, window),
    "holidays": lambda desk, window: HolidaysDialog(desk, window),
    "plan": planned,
    "together": together,
    "demands": lambda desk, window: DemandsDialog(desk, window),
    "reason": lambda _desk, window: ReasonDialog("措施", "无此业务", window),
    "reminder": lambda desk, window: ReminderDialog(desk, items(desk), window),
    "backups": lambda desk, window: BackupDialog(desk, window),
    "restore": outlook,
    "rescue": rescue,
    "unlock": lambda _desk, window: filled(
        UnlockDialog("工作库", wrong=True, may_forget=True, parent=window)
    ),
    "forgotten": lambda desk, window: ForgottenDialog(desk.workspace.folder, window),
    "seal": sealing,
    "pack": pack,
    "version": version,
    "pack to make": lambda desk, window: PackExportDialog(
        desk, [ListedNotice("x-1-1", "某政发〔2030〕1号", "措施", 3, 2, None, True, False)], (), window
    ),
    "settings": lambda desk, window: SettingsDialog(desk, window),
    "about": lambda desk, window: AboutDialog(desk, window),
    "components": lambda _desk, window: ComponentsDialog("Qt 6", window),
    "manual": lambda desk, window: GuideWindow(desk, window),
    "picture": lambda _desk, window: PictureDialog(guide.picture("browse.png"), window),
    "keys": lambda _desk, window: HelpDialog(window),
    "ledger": lambda desk, window: LedgerDialog(desk, date(2026, 1, 1), window),
    "round": lambda desk, window: RoundDialog(desk, window),
    "sent": sent,
    "rename": lambda desk, window: RenameDialog(desk, begun(desk), window),
    "extend": lambda desk, window: ExtendDialog(desk, begun(desk), window),
    "record": lambda desk, window: RecordDialog(desk, begun(desk), window),
    "import": lambda desk, window: IntakeDialog(desk, (plans.refused("坏.xlsx", "打不开。"),), window),
    "receipts": lambda desk, window: ReceiptDialog(desk, window),
    "value": value,
    "source": lambda desk, window: SourceDialog(desk, window),
    "wording": lambda desk, window: WordingDialog(
        desk,
        desk.catalogue.measures[0].key,
        Wording("2026-03 版", desk.catalogue.measures[1]),
        window,
    ),
    "papers": lambda desk, window: PaperComparison(desk, desk.catalogue.notices[0].key, window),
    "comparison": lambda desk, window: ComparisonDialog(
        desk, desk.catalogue.measures[0].key, desk.catalogue.measures[1].key, window
    ),
    "written": lambda _desk, window: Written((Path("/tmp/清单.xlsx"),), window),
    "preview": lambda desk, window: PrintPreview(
        window, measures.measure(desk, desk.catalogue.measures[0].key), "第1条"
    ),
    "problem": lambda _desk, window: messages.show_problem(window, KnownError("不行。", "再试。")),
    "bug": lambda _desk, window: BugDialog("报告", True, window),
    "question": lambda _desk, window: messages.ask(
        window, "删去？", "不能恢复。", "删去", "不删", lambda: None
    ),
}


def buttons(dialog: Dialog) -> list[QAbstractButton]:
    """Return what a person can press, boxes to tick apart."""
    return [
        button
        for kind in (QPushButton, QToolButton)
        for button in dialog.findChildren(kind)
        if button.isVisible() and button.isEnabled() and button.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def listen(dialog: Dialog) -> list[QAbstractButton]:
    """Let each button of a dialog do nothing but tell that it was pressed."""
    pressed: list[QAbstractButton] = []
    for button in dialog.findChildren(QAbstractButton):
        silence(button)
        button.clicked.connect(lambda _on=False, button=button: pressed.append(button))
        if isinstance(button, QPushButton) and button.menu() is not None:
            button.setMenu(None)
    return pressed


def silence(button: QAbstractButton) -> None:
    if button.receivers(SIGNAL("clicked(bool)")) > 0:
        button.clicked.disconnect()


@pytest.mark.parametrize("name", DIALOGS)
def test_enter_presses_the_button_with_the_focus_alone_and_esc_writes_nothing(
    qtbot, desk, window, name: str
) -> None:
    count, at = 1, 0
    while at < count:
        dialog = DIALOGS[name](desk, window)
        with qtbot.waitExposed(dialog):
            dialog.show()
        found = buttons(dialog)
        count = len(found)
        pressed, button = listen(dialog), found[at]
        button.setFocus()
        assert dialog.focusWidget() is button
        QTest.keyClick(button, Qt.Key.Key_Return)
        assert pressed == [button], (name, button.text())
        accepted = []
        dialog.accepted.connect(lambda into=accepted: into.append(True))
        written = desk.workspace.db.total_changes
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert (accepted, desk.workspace.db.total_changes) == ([], written), name
        dialog.close()
        at += 1
    assert count > 0


def test_every_dialog_is_walked(qtbot, desk, window) -> None:
    walked = {type(make(desk, window)) for make in DIALOGS.values()}
    known = {Dialog, AskedReason} | walked | {JobDialog}  # that of a thread at work has one button
    known |= {SealingDialog}  # and this none
    assert set(Dialog.__subclasses__()) <= known


def test_enter_on_the_only_button_of_a_thread_at_work_cancels_it(qtbot, window) -> None:
    going = threading.Event()
    job = Job(lambda _report, cancelled: going.wait(0.01) or cancelled())
    dialog = JobDialog(job, "正在读取", window)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    (button,) = buttons(dialog)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Enter)


def test_buttons_of_the_window_take_enter_too(qtbot, desk, window) -> None:
    for page in (0, 1, 2):
        window.show_page(page)
        for button in window.findChildren(QPushButton):
            shown = button.isVisible() and button.isEnabled() and button.menu() is None
            if not shown or isinstance(button, QCheckBox | QRadioButton):
                continue
            silence(button)
            pressed: list[QPushButton] = []
            button.clicked.connect(lambda _on=False, into=pressed, button=button: into.append(button))
            QTest.keyClick(button, Qt.Key.Key_Return)
            assert pressed == [button], button.text()
