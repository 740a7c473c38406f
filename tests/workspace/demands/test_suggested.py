from __future__ import annotations

from contextlib import closing

from desktop.catalogue import query, store
from desktop.workspace.demands import suggested
from desktop.workspace.demands.suggested import SuggestedUnits


def test_the_unit_named_first_is_suggested_to_lead() -> None:
    with closing(store.open_catalogue()) as db:
        catalogue = query.load(db)
        assert suggested.units(catalogue, "czbf-2023-3.1.m16") == SuggestedUnits(
            "industry-information", ("sme-centre", "finance"), suggested.TOGETHER
        )
        assert suggested.units(catalogue, "czbf-2023-3.1.m05") == SuggestedUnits(
            "finance", (), suggested.ALONE
        )
        assert suggested.units(catalogue, "czbf-2023-3.1.m30") == SuggestedUnits("", (), suggested.ALONE)
        assert suggested.units(catalogue, "nowhere.m1") == SuggestedUnits("", (), suggested.ALONE)
