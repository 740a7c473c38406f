"""The fields of a demand: units of the notices or others, a day typed as a day or as working days."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.ui.demands import told
from desktop.ui.demands.due_field import DueField
from desktop.ui.demands.form import DemandForm


@pytest.mark.parametrize(
    ("typed", "due", "said"),
    [
        ("10", date(2026, 12, 10), "10 个工作日"),
        ("10个工作日", date(2026, 12, 10), "10 个工作日"),
        ("2026-12-10", date(2026, 12, 10), "10 个工作日"),
        ("2027-01-05", date(2027, 1, 5), "2027年的节假日安排尚未录入"),
        ("不知道", None, "请写成"),
        ("", None, ""),
    ],
)
def test_a_day_is_typed_as_a_day_or_as_working_days(qtbot, desk, typed, due, said):
    field = DueField(desk)
    qtbot.addWidget(field)
    field.show_day(None, date(2026, 11, 26))
    field.line.setText(typed)
    field.line.textEdited.emit(typed)
    assert field.value == due
    assert said in field.note.text()
    field.line.editingFinished.emit()
    assert field.line.text() == (due.isoformat() if due else typed)


def test_units_are_known_by_name_and_others_are_kept(desk):
    keys = told.unit_keys(desk.catalogue, "区财政局、某某商会，区财政局")
    assert keys == (desk.catalogue.find_unit("区财政局").key, "某某商会")
    assert told.unit_line(desk.catalogue, keys) == "区财政局、某某商会"


def test_a_measure_suggests_who_handles_it(qtbot, desk):
    form = DemandForm(desk)
    qtbot.addWidget(form)
    told_of = {}
    form.typed.connect(lambda name, value, _now: told_of.update({name: value}))
    measure = next(one for one in desk.catalogue.measures if len(desk.catalogue.units_of(one.key)) > 1)
    form.measure.setCurrentIndex(desk.catalogue.measures.index(measure) + 1)
    form.measure.activated.emit(form.measure.currentIndex())
    units = [one.key for one in desk.catalogue.units_of(measure.key)]
    assert told_of["measure"] == measure.key
    assert told_of["unit"] == form.lead.key == units[0]
    assert told_of["supports"] == form.supports.keys == tuple(units[1:])
    assert f"按第{measure.number}条推荐" in form.lead_title.text()
