"""The right-click menus of 查阅, and what each line does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu

from desktop.catalogue import quotation
from desktop.ui.browse import navigator_model
from desktop.ui.browse.comparison_dialog import ComparisonDialog
from desktop.ui.frame.rail import CHECKLIST
from desktop.workspace.items import notes
from tests.flows import dialogs

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, offscreen


def line(menu: QMenu, words: str) -> QAction:
    (found,) = [each for each in menu.actions() if each.text().partition("\t")[0] == words]
    return found


def right_click(view, place: QPoint) -> QMenu:
    """Click with the right button as the system does: press, then ask for the menu."""
    viewport = view.viewport()
    right, where = Qt.MouseButton.RightButton, viewport.mapToGlobal(place)
    pressed = QMouseEvent(
        QEvent.Type.MouseButtonPress, QPointF(place), QPointF(where), right, right, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(viewport, pressed)
    QApplication.sendEvent(viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, where))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def by_keys(widget) -> QMenu:
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.fixture
def measure(desk, window):
    """The measure in the reader."""
    one = desk.catalogue.by_number(2)
    window.open_measure(one.key)
    return one


def test_a_right_click_on_a_measure_leaves_the_reader_and_offers_to_compare(desk, window, measure):
    tree, other = window.browse.navigator.tree, desk.catalogue.by_number(3)
    menu = right_click(tree, tree.visualRect(tree.model().find(other.key)).center())
    assert window.browse.measure_key == measure.key
    line(menu, "与当前措施对照").trigger()
    menu.close()
    (dialog,) = window.findChildren(ComparisonDialog)
    assert (dialog.left.measure, dialog.right.measure) == (measure, other)
    assert window.browse.measure_key == measure.key


def test_what_is_asked_of_another_measure_is_done_where_it_is_seen(desk, window, measure):
    other = desk.catalogue.by_number(3)
    menu = window.browse_menus.made("measure", other.key)
    line(menu, "复制原文并注明出处").trigger()
    assert window.browse.measure_key == other.key
    words = quotation.with_source(desk.catalogue, [other], desk.today())
    assert QGuiApplication.clipboard().text() == words


def test_the_shown_measure_is_not_compared_with_itself(window, measure):
    menu = by_keys(window.browse.navigator.tree)
    assert not line(menu, "与当前措施对照").isEnabled()
    assert not line(menu, "在右侧打开").isEnabled()
    menu.close()


def test_a_measure_is_kept_and_given_up_in_its_menu(desk, window, measure):
    line(window.browse_menus.made("measure", measure.key), "收藏").trigger()
    assert notes.favourites(desk.workspace.db) == (measure.key,)
    line(window.browse_menus.made("measure", measure.key), "取消收藏").trigger()
    assert notes.favourites(desk.workspace.db) == ()


def test_hits_have_the_same_menu(qtbot, desk, window, measure):
    window.search.ask_for("担保")
    view = window.browse.results.view
    shown = window.browse.measure_key
    menu = right_click(view, view.visualRect(view.model().index(1, 0)).center())
    assert window.browse.measure_key == shown
    assert line(menu, "与当前措施对照").isEnabled()
    line(menu, "在右侧打开").trigger()
    menu.close()
    assert window.browse.measure_key != shown


def test_the_reader_copies_what_is_selected(window, measure):
    text = window.browse.reader.text
    menu = by_keys(text)
    assert not line(menu, "复制选中的文字").isEnabled()
    menu.close()
    text.selectAll()
    menu = by_keys(text)
    line(menu, "复制选中的文字").trigger()
    menu.close()
    assert measure.title in QGuiApplication.clipboard().text()
    words = {each.text().partition("\t")[0] for each in menu.actions()}
    assert {"复制原文并注明出处", "收藏", "写批注", "在发文中的位置", "打印本条措施"} <= words


def test_nothing_found_has_no_menu(window):
    window.search.ask_for("火星移民")
    assert window.browse_menus.made("text", window.browse.measure_key) is None


def test_a_branch_unfolds_copies_and_leads_to_its_list(desk, window, measure):
    category = desk.catalogue.category_of(measure).key
    of_category = desk.catalogue.measures_in(category)
    menu = window.browse_menus.made("category", category)
    line(menu, "收起").trigger()
    line(window.browse_menus.made("category", category), "展开").trigger()
    line(menu, f"复制 {len(of_category)} 条原文并注明出处").trigger()
    copied = QGuiApplication.clipboard().text()
    assert copied == quotation.with_source(desk.catalogue, of_category, desk.today())
    line(menu, "复制措施名称").trigger()
    titles = [f"{each.number}. {each.title}" for each in of_category]
    assert QGuiApplication.clipboard().text().splitlines() == titles
    window.browse.navigator.set_order("unit")
    unit = desk.catalogue.find_unit("区财政局").key
    line(window.browse_menus.made("unit", unit), "转到责任清单").trigger()
    assert (window.page, window.checklist.unit_key) == (CHECKLIST, unit)


@pytest.mark.parametrize(
    ("order", "words"), [("category", "打印本类别全部措施"), ("unit", "打印责任单位清单")]
)
def test_a_branch_is_what_is_printed(qtbot, window, measure, order, words):
    navigator = window.browse.navigator
    navigator.set_order(order)
    index = navigator.tree.model().index(3, 0)
    menu = window.browse_menus.made(order, index.data(navigator_model.KEY_ROLE))
    titles: list[str] = []
    dialogs.answered(qtbot, line(menu, words).trigger, lambda dialog: titles.append(dialog.windowTitle()))
    assert index.data() in titles[0]


@pytest.mark.parametrize("order", ["category", "unit", "beneficiary"])
def test_every_branch_and_row_of_the_tree_has_a_menu_by_key(desk, window, order):
    navigator = window.browse.navigator
    navigator.set_order(order)
    tree, model = navigator.tree, navigator.tree.model()
    for row in range(model.rowCount()):
        for index in (model.index(row, 0), model.index(0, 0, model.index(row, 0))):
            tree.setCurrentIndex(index)
            menu = by_keys(tree)
            assert menu.actions()
            menu.close()


def test_one_who_only_reads_may_copy_but_not_keep(qtbot, desk, folder, window):
    from desktop.ui.frame import app
    from desktop.ui.frame.window import Window

    other, _ = app.open_desk(folder)
    reading = Window(other)
    qtbot.addWidget(reading)
    menu = reading.browse_menus.made("measure", desk.catalogue.by_number(2).key)
    assert not line(menu, "收藏").isEnabled()
    assert line(menu, "复制原文").isEnabled()
    reading.close()
    other.close()
