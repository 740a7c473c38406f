"""并入回执 as a workbook: which files were taken in, what each changed, what it did not change and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.catalogue.query import Catalogue
from desktop.exchange.sheets import basis, names, table
from desktop.exchange.sheets.book import Book, Cancel, Report
from desktop.exchange.sheets.table import Alert, Field, Value
from desktop.workspace import words
from desktop.workspace.items.model import CHANGE_NAMES
from desktop.workspace.returns.receipts import FileState, Receipt, ReceiptFile
from desktop.workspace.returns.three_way import Choice, ComparedField, FieldOutcome

WHAT = "并入回执"


def file_name(catalogue: Catalogue, receipt: Receipt, today: date) -> str:
    """Return a file name, e.g. 并入回执第3号-城政办发〔2023〕3号-20261123.xlsx."""
    return names.file_name(catalogue, f"{WHAT}第{receipt.id}号", today)


def write(
    path: Path,
    catalogue: Catalogue,
    receipt: Receipt,
    today: date,
    *,
    round_names: Mapping[str, str] | None = None,
    at: datetime | None = None,
    report: Report | None = None,
    cancelled: Cancel | None = None,
) -> Path:
    """Write ``receipt`` to ``path``, replacing what is there, and return ``path``.

    ``round_names`` are the rounds' names by key. The rest is as in
    :func:`desktop.exchange.checklists.book.write_unit`, with the same errors.
    """
    catalogue = basis.concerned(catalogue, _documents(receipt))
    book = Book(catalogue, today, at, report, cancelled)
    facts = _facts(receipt)

    def sheet(title: str, made: Made, empty: str, notes: tuple[str, ...] = ()) -> None:
        heading = f"回填{WHAT}" if title == WHAT else f"{WHAT}：{title}"
        head = (heading, f"第{receipt.id}号　共{len(made.rows)}{made.what}")
        table.listing(book, title, made.fields, head, made.rows, empty, notes, facts)

    return book.fill(
        path,
        [
            lambda: sheet(WHAT, files(catalogue, receipt, round_names or {}), "没有文件。", _NOTES),
            lambda: sheet("已改动", changed(catalogue, receipt), "没有改动任何内容。"),
            lambda: sheet(
                "冲突与未采用",
                disputed(catalogue, receipt),
                "没有冲突或未采用的内容。",
                _DISPUTED,
            ),
            lambda: sheet("未并入的行", left_out(catalogue, receipt), "没有未并入的行。", _LEFT_OUT),
        ],
        WHAT,
    )


_NOTES = ("无变化：文件中没有与工作库不同的内容，或者同一文件此前已经并入。",)
_DISPUTED = (
    "冲突：发出以后，工作库和回填表都改过同一内容。需确认：回填的内容不能确定是什么意思。不合规定：回填的内容不符合填报规则。",
    "没有采用的回填值都保留在修改记录中。",
)
_LEFT_OUT = (
    "未并入：整行没有采用。手工增加：责任单位自行增加的行，不是措施。已删去：发出时有、回填表中没有的行，工作库中的内容不变。",
)


def _documents(receipt: Receipt) -> set[str]:
    """Return the keys of the documents that an import concerns."""
    keys = {key for file in receipt.files for key in file.document_keys}
    for file in receipt.files:
        told = (file.changes, file.lines, file.rows_refused)
        keys |= {one.key.document_key for rows in told for one in rows if one.key is not None}
        keys |= {key.document_key for key in file.missing}
    return keys


def _facts(receipt: Receipt) -> tuple[str, ...]:
    """Return who took in how many files and when, and whether that was taken back."""
    told = f"{words.moment(receipt.at)} 由{receipt.by}并入，共{len(receipt.files)}个文件。"
    if not receipt.undone_at:
        return (told,)
    return (told, f"本次并入已于{words.moment(receipt.undone_at)} 由{receipt.undone_by}撤销。")


STATE_WORDS = {
    FileState.ACCEPTED: "已并入",
    FileState.UNCHANGED: "无变化",
    FileState.REFUSED: "未并入",
    FileState.CONFLICTS: "已并入，有待决定",
}
KIND_WORDS = {
    FieldOutcome.CONFLICT: "冲突",
    FieldOutcome.ASK: "需确认",
    FieldOutcome.REFUSED: "不合规定",
    FieldOutcome.TAKE: "改动",
}
CHOICE_WORDS = {
    Choice.UNDECIDED: "待决定，暂按本库",
    Choice.OURS: "保留本库",
    Choice.THEIRS: "采用回填",
    Choice.BOTH: "两者都留",
    Choice.VALUE: "另填",
}
_BETWEEN_TWO = {
    Choice.UNDECIDED: "待决定，暂按另一份",
    Choice.OURS: "采用另一份",
    Choice.THEIRS: "采用这份",
}
"""Where another workbook of the same import answers the same cell."""
UNKNOWN = "（不详）"

_NUMBER = Field("序号", 6, 6, True)
_FILE = Field("文件", 24, 16)
_UNIT = Field("责任单位", 14, 12, True)
_MEASURE = Field("措施", 24, 18)


@dataclass(frozen=True, slots=True)
class Made:
    """A table in the making; ``what`` is the measure word and the noun of its rows, e.g. 个文件."""

    fields: tuple[Field, ...]
    rows: list[list[Value]]
    what: str


def files(catalogue: Catalogue, receipt: Receipt, round_names: Mapping[str, str]) -> Made:
    """Return a row for each file; the hidden 校验码 is the SHA-256 of the file as it came."""
    fields = (
        _NUMBER,
        Field("文件", 26, 20),
        _UNIT,
        Field("填报轮次", 16.5, 14, True),
        Field("结果", 12, 12, True),
        Field("改动", 7, 7, True),
        Field("未变", 7, 7, True),
        Field("待决定", 8, 8, True),
        Field("未并入的行", 12.5, 12.5, True),
        Field("说明", 52, 30),
        Field("校验码", 27, 27, hidden=True),
    )
    rows = [_file_row(catalogue, file, round_names) for file in receipt.files]
    return Made(fields, _numbered(rows), "个文件")


def changed(catalogue: Catalogue, receipt: Receipt) -> Made:
    """Return a row for each field that was changed."""
    fields = (
        _NUMBER,
        _FILE,
        _UNIT,
        _MEASURE,
        Field("项目", 12.5, 12.5, True),
        Field("改前", 40, 18),
        Field("改后", 40, 18),
    )
    rows: list[list[Value]] = [
        [
            file.path_name,
            words.unit(catalogue, change.key.unit_key or file.unit_key),
            words.measure(catalogue, change.key.measure_key),
            CHANGE_NAMES.get(change.field, change.field),
            words.value(change.field, change.before),
            words.value(change.field, change.after),
        ]
        for file in receipt.files
        for change in file.changes
        if change.adopted
    ]
    return Made(fields, _numbered(rows), "处改动")


def disputed(catalogue: Catalogue, receipt: Receipt) -> Made:
    """Return a row for each field on which someone chose or must choose, or that a rule forbade."""
    fields = (
        _NUMBER,
        Field("文件", 18, 12),
        Field("行号", 6, 6, True),
        Field("责任单位", 12, 12, True),
        Field("措施", 20, 14),
        Field("项目", 12.5, 12.5, True),
        Field("情形", 10.5, 10.5, True),
        Field("发出时", 16, 11),
        Field("本库", 20, 14),
        Field("回填", 20, 14),
        Field("处理", 12, 12, True),
        Field("结果", 16, 11),
        Field("说明", 16, 11),
    )
    rows = [
        _line_row(catalogue, file, line)
        for file in receipt.files
        for line in file.lines
        if line.kind in KIND_WORDS
    ]
    return Made(fields, _numbered(rows), "处")


def left_out(catalogue: Catalogue, receipt: Receipt) -> Made:
    """Return a row for each row of a file of which nothing was taken, that was added, or that is missing."""
    fields = (
        _NUMBER,
        _FILE,
        _UNIT,
        Field("行号", 6, 6, True),
        _MEASURE,
        Field("情形", 10.5, 10.5, True),
        Field("回填内容", 52, 24),
        Field("说明", 28, 16),
    )
    rows = [row for file in receipt.files for row in _left_out(catalogue, file)]
    return Made(fields, _numbered(rows), "行")


def _numbered(rows: Iterable[Sequence[Value]]) -> list[list[Value]]:
    return [[index, *row] for index, row in enumerate(rows, 1)]


def _file_row(catalogue: Catalogue, file: ReceiptFile, round_names: Mapping[str, str]) -> list[Value]:
    settled = file.left_out or (file.state is FileState.CONFLICTS and not file.conflicts)
    state = STATE_WORDS[FileState.ACCEPTED if file.state is FileState.CONFLICTS and settled else file.state]
    return [
        file.path_name,
        words.unit(catalogue, file.unit_key),
        round_names.get(file.round_key, ""),
        state if settled or file.state in (FileState.ACCEPTED, FileState.UNCHANGED) else Alert(state),
        sum(change.adopted for change in file.changes),
        file.unchanged,
        len(file.conflicts),
        len(file.rows_refused),
        "\n".join(text for text in (file.reason, *file.notes) if text),
        file.file_sha256,
    ]


def _line_row(catalogue: Catalogue, file: ReceiptFile, line: ComparedField) -> list[Value]:
    refused = line.kind is FieldOutcome.REFUSED
    chosen = {**CHOICE_WORDS, **_BETWEEN_TWO} if line.other else CHOICE_WORDS
    choice = "未采用" if refused else chosen[line.choice]
    if line.open and not file.waits(line):
        choice = f"当时{choice}"
    other = f"另一份回填（{line.other}）填的是：{words.value(line.field, line.ours)}" if line.other else ""
    return [
        file.path_name,
        _row(line.row, line.sheet),
        words.unit(catalogue, line.key.unit_key),
        words.item(catalogue, line.key),
        CHANGE_NAMES[line.field],
        KIND_WORDS[line.kind],
        UNKNOWN if line.base is None else words.value(line.field, line.base),
        words.value(line.field, line.here),
        words.value(line.field, line.theirs),
        Alert(choice) if file.waits(line) else choice,
        words.value(line.field, line.outcome),
        "\n".join(filter(None, (line.reason or line.question, other))),
    ]


def _row(number: int, sheet: str) -> Value:
    """Return the number of a row, under its sheet's title where its unit has several."""
    return f"{sheet}\n第{number}行" if sheet else number


def _left_out(catalogue: Catalogue, file: ReceiptFile) -> Iterator[list[Value]]:
    unit = words.unit(catalogue, file.unit_key)
    for refused in file.rows_refused:
        measure = words.item(catalogue, refused.key) or words.line(catalogue, None, refused.number)
        told = "\n".join(
            f"{CHANGE_NAMES.get(name, name)}：{words.value(name, value)}"
            for name, value in refused.values.items()
        )
        yield [
            file.path_name,
            unit,
            _row(refused.row, refused.sheet),
            measure,
            Alert("未并入"),
            told,
            refused.reason,
        ]
    for added in file.added:
        kept = "已记入上一行措施的批注。" if added.keep else "只记在本回执中。"
        yield [
            file.path_name,
            unit,
            _row(added.row, added.sheet),
            words.item(catalogue, added.after),
            "手工增加",
            added.text,
            kept,
        ]
    for key in file.missing:
        yield [file.path_name, unit, "", words.item(catalogue, key), "已删去", "", "工作库中的内容不变。"]
