"""Which task of the manual goes with which page of the window, and with which dialog over it."""

from __future__ import annotations

from collections.abc import Iterable

TASKS = {
    "browse": "查一条措施",
    "checklist": "填写一个单位的清单",
    "visits": "看哪些措施适合这家企业",
    "overview": "看总览，导出台账",
    "library": "录入一份新的发文",
    "proofreading": "核查材料中的引文",
}


_FILLING, _DEMANDS, _ROUND = "填写一个单位的清单", "登记和办理一件诉求", "结束、恢复一轮"
_LIBRARY, _PACKS, _PACKAGES = "启用、停用一份发文", "把发文带到另一台电脑", "用 U 盘把录入的内容带回办公室"
DIALOGS = {
    "SourceDialog": "看懂一条措施",
    "ComparisonDialog": "看懂一条措施",
    "PrintPreview": "打印，存为 PDF",
    "WizardDialog": "录入一份新的发文",
    "PaperComparison": _LIBRARY,
    "VersionDialog": _LIBRARY,
    "PackExportDialog": _PACKS,
    "PackImportDialog": _PACKS,
    "DeadlineDialog": _FILLING,
    "ReasonDialog": _FILLING,
    "HandoverDialog": "责任人变更，移交事项",
    "HandedOver": "责任人变更，移交事项",
    "RoundDialog": "发出一轮填报",
    "SentDialog": "发出一轮填报",
    "IntakeDialog": "收回填好的工作簿",
    "ValueDialog": "收回填好的工作簿",
    "ReceiptDialog": "收回填好的工作簿",
    "RenameDialog": _ROUND,
    "ExtendDialog": _ROUND,
    "RecordDialog": _ROUND,
    "LedgerDialog": "看总览，导出台账",
    "ReminderDialog": "看总览，导出台账",
    "BackupDialog": "备份",
    "RestoreDialog": "恢复",
    "SealDialog": "给工作库设口令",
    "FirmDialog": "登记一家企业",
    "FirmImportDialog": "登记一家企业",
    "RulesDialog": "看哪些措施适合这家企业",
    "TogetherDialog": "看哪些措施适合这家企业",
    "PlanDialog": "计划一次走访",
    "CorrectionDialog": "记录一次走访",
    "VisitFilesDialog": "记录一次走访",
    "DemandDialog": _DEMANDS,
    "ActDialog": _DEMANDS,
    "NewDemandDialog": _DEMANDS,
    "ProcessDialog": _DEMANDS,
    "HolidaysDialog": _DEMANDS,
    "DemandsDialog": _DEMANDS,
    "SendDemandsDialog": "把诉求发给单位，再收回",
    "TakeDemandsDialog": "把诉求发给单位，再收回",
    "MergeDialog": "同一家企业登记了两次",
    "PackageExportDialog": _PACKAGES,
    "PackagePlanDialog": _PACKAGES,
    "PassphraseDialog": _PACKAGES,
    "ArrivalsDialog": _PACKAGES,
    "ConflictDialog": _PACKAGES,
    "BugDialog": "程序出现意外错误",
    "AboutDialog": "需要维护人员帮助",
}


def task(page: str, dialogs: Iterable[str] = ()) -> str:
    """Return the heading of the task of ``dialogs``, class names from the front, or else of the page below.

    "" where none has one, which opens the manual as it is.
    """
    return next((DIALOGS[name] for name in dialogs if name in DIALOGS), TASKS.get(page, ""))
