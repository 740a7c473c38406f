"""规则一览: every clause of every measure in use, in the words of the rules, looked through as one types."""

from __future__ import annotations

from desktop.catalogue import clauses
from desktop.catalogue.typeset import typeset
from desktop.ui.visits import rules_rows
from desktop.ui.visits.rules_dialog import RulesDialog
from desktop.verdicts import words


def held(desk):
    return clauses.of_documents(desk.measures, [one.key for one in desk.catalogue.documents])


def test_each_clause_is_there_with_its_words_and_what_a_unit_decides(desk, window):
    dialog = RulesDialog(desk, window)
    told = [row.cells for row in dialog.model.shown]
    every = [clause for of in held(desk).values() for clause in of]
    assert [cells[rules_rows.OFFER] for cells in told if cells[rules_rows.OFFER]] == [c.offer for c in every]
    for clause, cells in zip(every, (cells for cells in told if cells[rules_rows.OFFER]), strict=True):
        assert cells[rules_rows.RULE] == words.rule(clause.rule)
        assert all(typeset(quote.words) in cells[rules_rows.QUOTE] for quote in clause.quotes)
        assert all(typeset(quote.words) in cells[rules_rows.DECIDED] for quote in clause.unit_decides)
    assert {row.measure_key for row in dialog.model.shown} == {one.key for one in desk.catalogue.measures}
    assert dialog.count.text() == f"{len(desk.catalogue.measures)} 条措施，{len(told)} 款"


def test_a_filter_keeps_what_holds_all_of_its_words(qtbot, desk, window):
    dialog = RulesDialog(desk, window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    every = dialog.model.shown
    for text in ("小微", "担保　三农", "须", "Ｃ 制造业", "没有的词"):
        dialog.filter.setText(text)
        parts = rules_rows._folded(text).split()
        wanted = [row for row in every if all(part in row.sought for part in parts)]
        assert list(dialog.model.shown) == wanted
        assert dialog.view.isVisible() is bool(wanted)
    dialog.filter.clear()
    assert dialog.model.shown == every


def test_of_several_notices_one_can_be_chosen(qtbot, two_desk, two_window):
    dialog = RulesDialog(two_desk, two_window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert dialog.document.isVisible()
    documents = [one.key for one in two_desk.catalogue.documents]
    assert {row.document_key for row in dialog.model.shown} == set(documents)
    ruled = {row.measure_key for row in dialog.model.shown if row.cells[rules_rows.OFFER]}
    assert ruled == set(held(two_desk))
    unruled = next(row for row in dialog.model.shown if row.measure_key not in ruled)
    assert unruled.cells[rules_rows.RULE] == words.UNRULED
    dialog.document._menu.actions()[2].trigger()
    assert {row.document_key for row in dialog.model.shown} == {documents[1]}
