"""A demand in the workspace of the desk."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.ui.desk import Desk


@pytest.fixture
def demand(desk: Desk) -> str:
    desk.set_setting("user_name", "张某")
    key = desk.demands.add("贷款到期，希望续贷", date(2026, 1, 5), enterprise="e", category="融资")
    assert key is not None
    return key
