"""When fcitx is asked for."""

from __future__ import annotations

import os

import pytest

from desktop.ui.typing import choosing


@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({}, False),
        ({"QT_IM_MODULE": "fcitx"}, True),
        ({"QT_IM_MODULE": "fcitx5"}, True),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, True),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, False),
        ({"XMODIFIERS": "@im=fcitx"}, True),
        ({"GTK_IM_MODULE": "fcitx"}, True),
        ({"XMODIFIERS": "@im=ibus"}, False),
    ],
)
def test_what_the_desktop_says_of_qt_counts_before_the_rest(environment: dict[str, str], asked: bool) -> None:
    assert choosing.asks_for_fcitx(environment) is asked


def test_qt_looks_for_no_plugin_where_fcitx_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*choosing.QT, *choosing.OTHERS):
        monkeypatch.delenv(name, raising=False)
    assert not choosing.prepare()
    assert "QT_IM_MODULE" not in os.environ
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    assert choosing.prepare()
    assert os.environ["QT_IM_MODULE"] == "compose"
