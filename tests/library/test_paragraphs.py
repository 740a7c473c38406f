from __future__ import annotations

import pytest

from desktop import paths
from desktop.errors import KnownError
from desktop.library import paragraphs, store
from desktop.reading.model import Label
from desktop.reading.propose import propose
from tests.reading.invented import SOURCE
from tests.two_notices import BUNDLED


def wrapped(text: str) -> str:
    return (
        "".join(f"{text[at : at + 30]}\n" for at in range(0, len(text), 30))
        if len(text) > 40
        else f"{text}\n"
    )


def test_every_paragraph_of_a_paper_is_told_once_in_its_order(tmp_path):
    general = "坚持政府引导。\n"
    source = SOURCE.replace("一、降低成本\n", f"一、降低成本\n{general}")
    key = store.accept(tmp_path, propose(source))
    told = paragraphs.of_document(tmp_path, key, 1, source)
    assert [one.label for one in told].count(Label.MEASURE) == 4
    assert [one.text for one in told] == source[source.index("为支持花卉") :].splitlines()
    assert [one.line for one in told] == list(range(9, 9 + len(told)))
    assert told[1].text[: told[1].title_end] == "一、降低成本"


def test_hard_wraps_are_taken_out_and_the_page_is_left_out(tmp_path):
    source = "".join(wrapped(line) for line in SOURCE.splitlines()) + "【打印本页】【关闭窗口】\n"
    key = store.accept(tmp_path, propose(source))
    told = paragraphs.of_document(tmp_path, key, 1, source)
    plain = [one.text for one in told if one.label is not Label.MEASURE]
    assert "为支持花卉企业稳定发展，结合我市实际，制定以下措施。" in plain
    assert plain[-1].startswith("本措施自2031年3月4日起施行")


def test_the_bundled_notice_ends_with_its_closing_words(tmp_path):
    source = (paths.resources() / "notices" / BUNDLED / "notice.txt").read_text("utf-8")
    told = paragraphs.of_document(tmp_path, BUNDLED, 1, source)
    assert len(told) == 1 + 10 + 32 + 1
    assert told[-1].text.startswith("本计划自印发之日起施行")


def test_files_that_are_gone_or_of_another_text_are_refused(tmp_path):
    key = store.accept(tmp_path, propose(SOURCE))
    with pytest.raises(KnownError):
        paragraphs.of_document(tmp_path, key, 1, f"{SOURCE}改过。\n")
    with pytest.raises(KnownError):
        paragraphs.of_document(tmp_path, "ab-2031-9", 1, SOURCE)
