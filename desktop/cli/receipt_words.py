"""并入回执 on the command line: as JSON, and for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.catalogue.query import Catalogue
from desktop.cli import text
from desktop.cli.call import item_name, measure_number, unit_name
from desktop.cli.notice_option import key_of
from desktop.workspace import words
from desktop.workspace.items.model import CHANGE_NAMES, FIELD_NAMES, Change
from desktop.workspace.returns.receipts import FileState, ReceiptFile
from desktop.workspace.returns.returned import place
from desktop.workspace.returns.reversal import Undone
from desktop.workspace.returns.three_way import ComparedField, FieldOutcome

WORDS = {
    FileState.ACCEPTED: "已并入",
    FileState.UNCHANGED: "没有变化",
    FileState.REFUSED: "未并入",
    FileState.CONFLICTS: "待决定",
}
_NOTED = "，已存为批注"
_LONGEST = 40  # characters of a value in a line
Files = Sequence[tuple[Path, ReceiptFile]]


def as_json(
    catalogue: Catalogue, files: Files, round_names: Mapping[str, str], offered: Sequence[str]
) -> dict[str, Any]:
    """Return an import as JSON values.

    ``round_names`` are by key; ``offered`` are, for each file, the round whose answer it would be if someone
    said so, "" for none.
    """
    return {
        "files": [
            {
                "path": str(path),
                "unit": unit_name(catalogue, file.unit_key),
                "state": file.state.value,
                "reason": _reason(catalogue, file),
                "round": round_names.get(file.round_key),
                "offered_round": offer or None,
                "changed": len(file.changes),
                "unchanged": file.unchanged,
                "conflicts": open_as_json(catalogue, file.conflicts),
                "rows_refused": [
                    {"row": row, "reason": reason} | _sheet(sheet)
                    for sheet, row, reason in _refusals(catalogue, file)
                ],
                "added": [
                    {"row": added.row, "text": added.text, "kept": added.keep} | _sheet(added.sheet)
                    for added in file.added
                ],
                "missing": [measure_number(catalogue, key.measure_key) for key in file.missing],
                "notes": list(file.notes),
            }
            for (path, file), offer in zip(files, offered, strict=True)
        ]
    }


def _sheet(title: str) -> dict[str, str]:
    """Return on which sheet a row stands, where its unit has several."""
    return {"sheet": title} if title else {}


def open_as_json(catalogue: Catalogue, lines: Iterable[ComparedField]) -> list[dict[str, Any]]:
    """Return the fields on which someone must still choose as JSON values."""
    return [
        {
            "number": line.number,
            "field": line.field,
            "base": line.base,
            "ours": line.here,
            "theirs": line.theirs,
            "question": line.question,
            "guess": line.guess or None,
        }
        | ({"other": {"file": line.other, "value": line.ours}} if line.other else {})
        | (
            {"notice": key_of(catalogue, line.key.document_key)}
            if words.paper(catalogue, line.key.measure_key)
            else {}
        )
        for line in lines
    ]


def told(catalogue: Catalogue, files: Files, offered: Sequence[str], intake_id: int) -> str:
    """Return an import as lines for people; ``intake_id`` is 0 when nothing was written.

    ``offered`` are as in :func:`as_json`.
    """
    lines = []
    for path, file in files:
        who = unit_name(catalogue, file.unit_key) or words.UNKNOWN_UNIT
        counts = f"，改动{len(file.changes)}处" if file.changes else ""
        lines.append(f"{WORDS[file.state]}　{who}{counts}　{path}")
        lines += [f"    {line}" for line in _details(catalogue, file)]
    counted = Counter(file.state for _, file in files)
    summary = "，".join(f"{WORDS[state]}{counted[state]}份" for state in FileState if counted[state])
    lines += ["", f"共{len(files)}份：{summary}。"]
    if counted[FileState.CONFLICTS]:
        lines.append("待决定的各项保留了本库内容；以后用 import decide 列出，采用回填的加 --theirs。")
    for name, count in Counter(filter(None, offered)).items():
        lines.append(f"{count}份不是按本轮发出的；要算作“{name}”的回填，再加 --round {name} 导入一次。")
    if intake_id:
        lines.append(f"并入回执编号：{intake_id}。撤销这次导入：import undo {intake_id}")
    return text.printable("\n".join(lines))


def undone_as_json(catalogue: Catalogue, undone: Undone) -> dict[str, Any]:
    """Return the undo of an import as JSON values."""
    return {
        "id": undone.intake_id,
        "changes": [_change(catalogue, change) for change in undone.changes],
        "kept": [_change(catalogue, change) for change in undone.kept],
        "older": [{**_change(catalogue, change), "import": change.intake} for change in undone.older],
    }


def undone_told(catalogue: Catalogue, undone: Undone) -> str:
    """Return the undo of an import as lines for people."""
    if not undone.changes and not undone.kept:
        return f"第{undone.intake_id}号导入没有需要退回的改动（此前已撤销，或没有改动任何内容）。"
    lines = [f"已撤销第{undone.intake_id}号导入，退回{len(undone.changes)}处改动。"]
    if undone.kept:
        lines.append(f"以下{len(undone.kept)}处在导入之后又改过，保留现有内容：")
        lines += [f"    {_place(catalogue, change)}" for change in undone.kept]
    if undone.older:
        lines.append(f"以下{len(undone.older)}处退回到以前的回填内容，那次导入已撤销，请核对：")
        lines += [f"    {_place(catalogue, change)}（第{change.intake}号导入）" for change in undone.older]
    return text.printable("\n".join(lines))


def _details(catalogue: Catalogue, file: ReceiptFile) -> list[str]:
    """Return what became of the rows and fields of a file, a line each."""
    lines = file.reason.splitlines()
    by_item: dict[str, list[str]] = {}
    for change in file.changes:
        by_item.setdefault(item_name(catalogue, change.key.measure_key), []).append(
            CHANGE_NAMES[change.field]
        )
    if by_item:
        named = "；".join(f"{item}{'、'.join(names)}" for item, names in by_item.items())
        lines.append(f"改动　{named}")
    for line in file.lines:
        lines += line_told(catalogue, line)
    lines += [f"未并入　{place(row, sheet)}：{reason}" for sheet, row, reason in _refusals(catalogue, file)]
    lines += [
        f"自行增加　{place(added.row, added.sheet)}{_NOTED if added.keep else ''}：{_short(added.text)}"
        for added in file.added
    ]
    if file.missing:
        numbers = "、".join(item_name(catalogue, key.measure_key) for key in file.missing)
        lines.append(f"缺少　{numbers}不在收回的表中，本库内容没有改动")
    return lines + [f"说明　{note}" for note in file.notes]


def line_told(catalogue: Catalogue, line: ComparedField) -> list[str]:
    """Return what is said of a field that someone must choose on, or has chosen on."""
    if line.kind not in (FieldOutcome.CONFLICT, FieldOutcome.ASK):
        return []
    what = f"{words.line(catalogue, line.key, line.number)}{FIELD_NAMES[line.field]}"
    if not line.open:
        ours, chosen = _value(line, line.here), _value(line, line.outcome)
        return [f"已定　{what}：采用{chosen}，本库原为{ours}，回填为{_raw(line)}"]
    if line.kind is FieldOutcome.ASK:
        return [f"须确认　{what}：{line.question}"]
    base = "不明" if line.base is None else _value(line, line.base)
    other = f"，另一份回填（{line.other}）{_value(line, line.ours)}" if line.other else ""
    return [f"冲突　{what}：发出时{base}，本库{_value(line, line.here)}{other}，回填{_raw(line)}"]


def _reason(catalogue: Catalogue, file: ReceiptFile) -> str:
    """Return why a file was refused or left as it is, or what must be chosen on, in one line."""
    if file.state is not FileState.CONFLICTS:
        return "".join(file.reason.splitlines())
    asked = [line for line in file.conflicts if line.kind is FieldOutcome.ASK]
    times = Counter(line.question for line in asked)
    questions = [
        f"{words.line(catalogue, line.key, line.number)}：{line.question}"
        for line in asked
        if times[line.question] == 1
    ]
    questions += [question for question, many in times.items() if many > 1]  # of the whole sheet
    conflicts = [line for line in file.conflicts if line.kind is FieldOutcome.CONFLICT]
    between = sum(bool(line.other) for line in conflicts)
    counted = (
        (len(conflicts) - between, "{}处两边都改过，保留了本库内容"),
        (between, "{}处与另一份回填不一致，暂按另一份"),
    )
    return "；".join([*(told.format(count) for count, told in counted if count), *questions])


def _refusals(catalogue: Catalogue, file: ReceiptFile) -> list[tuple[str, int, str]]:
    """Return what is refused within a file, rows and single fields: sheet, row, why; in their order."""

    def what(line: ComparedField) -> str:
        return f"{words.line(catalogue, line.key, line.number)}{FIELD_NAMES[line.field]}"

    fields = [
        (line.sheet, line.row, f"{what(line)}：{line.reason}")
        for line in file.lines
        if line.kind is FieldOutcome.REFUSED
    ]
    return sorted([(row.sheet, row.row, row.reason) for row in file.rows_refused] + fields)


def _value(line: ComparedField, stored: str) -> str:
    return _quoted(words.value(line.field, stored)) if stored else words.EMPTY


def _raw(line: ComparedField) -> str:
    """Return what came back, which for a question is not in the form in which it is kept."""
    return _quoted(line.theirs) if line.kind is FieldOutcome.ASK else _value(line, line.theirs)


def _quoted(words: str) -> str:
    return f"“{_short(words)}”"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……"


def _place(catalogue: Catalogue, change: Change) -> str:
    """Return where a change was made."""
    unit = unit_name(catalogue, change.key.unit_key)
    return f"{unit}{item_name(catalogue, change.key.measure_key)}{CHANGE_NAMES[change.field]}"


def _change(catalogue: Catalogue, change: Change) -> dict[str, Any]:
    return {
        "unit": unit_name(catalogue, change.key.unit_key),
        "number": measure_number(catalogue, change.key.measure_key),
        "field": change.field,
        "before": change.before,
        "after": change.after,
    }
