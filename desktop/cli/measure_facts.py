"""What is known of one measure, as `show` tells it: to programs and to people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from desktop.catalogue.typeset import typeset
from desktop.cli.call import day

if TYPE_CHECKING:
    from desktop.catalogue.model import Measure, Responsibility
    from desktop.catalogue.query import Catalogue


def facts(catalogue: Catalogue, measure: Measure, today: date) -> dict[str, Any]:
    """Return everything that is known of a measure, as JSON values."""
    from desktop.catalogue import validity

    category, notice = catalogue.category_of(measure), catalogue.notice_of(measure)
    group, state = catalogue.group_of(measure), validity.state(notice, today)
    return {
        "key": measure.key,
        "number": measure.number,
        "title": measure.title,
        "label": measure.label,
        "cited": measure.cited,
        "category": {"key": category.key, "ordinal": category.ordinal, "title": category.heading}
        if category.printed
        else None,
        "group": {"key": group.key, "ordinal": group.ordinal, "title": group.heading} if group else None,
        "text": measure.text,
        "typeset": typeset(measure.text),
        "text_sha256": measure.text_sha256,
        "start": measure.start,
        "end": measure.end,
        "line": measure.line,
        "units": [
            {
                "key": unit.key,
                "name": unit.name,
                "kind": unit.kind,
                "position": duty.position,
                "role": duty.role or None,
            }
            for duty in catalogue.duties_of(measure.key)
            for unit in [catalogue.unit(duty.unit_key)]
        ],
        "beneficiaries": [tag.name for tag in catalogue.tags_of(measure.key, "beneficiary")],
        "supports": [tag.name for tag in catalogue.tags_of(measure.key, "support")],
        "figures": [
            {"kind": f.kind, "label": f.label, "quote": f.quote, "start": f.start}
            for f in catalogue.figures_of(measure.key)
        ],
        "citations": [
            {"title": c.title, "number": c.number, "start": c.start, "end": c.end}
            for c in catalogue.citations_of(measure.key)
        ],
        "notice": {
            "key": notice.key,
            "number": notice.number or None,
            "title": notice.title,
            "issuer": notice.issuer,
            "issued_on": day(notice.issued_on),
            "issued_printed": notice.issued_printed,
            "published_on": day(notice.published_on),
            "validity_kind": notice.validity_kind,
            "validity_text": notice.validity_text,
        },
        "validity": {
            "valid_until": day(state.valid_until),
            "expired": state.expired,
            "days_past": state.days_past,
            "sentence": state.sentence,
        },
    }


def rows(catalogue: Catalogue, measure: Measure) -> list[tuple[str, str]]:
    """Return what stands under a measure's text, as label and words."""
    key = measure.key
    category, group = catalogue.category_of(measure), catalogue.group_of(measure)
    found = [
        ("类别", typeset(category.heading) if category.printed else ""),
        ("分组", typeset(group.heading) if group else ""),
        (
            "责任单位",
            "、".join(_unit(catalogue, duty) for duty in catalogue.duties_of(key)) or "未明确责任单位",
        ),
        ("适用对象", "、".join(tag.name for tag in catalogue.tags_of(key, "beneficiary"))),
        ("支持方式", "、".join(tag.name for tag in catalogue.tags_of(key, "support"))),
        *(
            ("关键数字", f"{f.label}：{typeset(f.quote)}")
            for f in catalogue.figures_of(key)
            if f.kind == "figure"
        ),
        *(
            ("适用条件", f"{f.label}：{typeset(f.quote)}")
            for f in catalogue.figures_of(key)
            if f.kind != "figure"
        ),
        *(("引用文件", f"{c.title}{c.number}") for c in catalogue.citations_of(key)),
        ("出处", f"{catalogue.notice_of(measure).called}，原文第{measure.line}行"),
    ]
    return [row for row in found if row[1]]


def _unit(catalogue: Catalogue, duty: Responsibility) -> str:
    from desktop.reading.model import ROLE_NAMES, Role

    name = catalogue.unit(duty.unit_key).name
    return f"{name}（{ROLE_NAMES[Role(duty.role)]}）" if duty.role else name
