from __future__ import annotations

from desktop.catalogue import vocabulary
from desktop.catalogue.query import Catalogue


def test_sizes() -> None:
    assert 6 <= len(vocabulary.BENEFICIARIES) <= 25
    assert 6 <= len(vocabulary.SUPPORTS) <= 25


def test_keys_and_names_are_unique_over_both_kinds() -> None:
    tags = vocabulary.tags()
    assert len({tag.key for tag in tags}) == len({tag.name for tag in tags}) == len(tags)


def test_the_catalogue_has_the_values_that_are_used(catalogue: Catalogue) -> None:
    assert set(catalogue.tags) <= set(vocabulary.tags())
    assert len(catalogue.tags) == 30
    assert {tag.tag_key for tag in catalogue.measure_tags} == {tag.key for tag in catalogue.tags}
