"""What a search finds besides the words themselves, in which order, and how it shows it."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.catalogue import store
from desktop.catalogue.model import UNASSIGNED
from desktop.catalogue.query import Catalogue
from desktop.catalogue.search import Filters, Hit, Results, search
from desktop.catalogue.snippets import WIDTH
from desktop.catalogue.terms import fold, split

EVERY = set(range(1, 33))


def _numbers(db: sqlite3.Connection, text: str, filters: Filters = Filters()) -> list[int]:  # noqa: B008
    return [hit.number for hit in search(db, text, filters, limit=0).hits]


def _said(results: Results) -> str:
    return " ".join(advice.sentence for advice in results.advice)


def _hit(db: sqlite3.Connection, text: str, number: int) -> Hit:
    return next(hit for hit in search(db, text, limit=0).hits if hit.number == number)


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第16条", {16}),
        ("第 16 条", {16}),
        ("第１６条", {16}),
        ("第十六条", {16}),
        ("第 三十二 条", {32}),
        ("16条", {16}),
        ("措施16", {16}),
        ("城政办发〔2023〕3号", EVERY),
        ("城政办发(2023)3号", EVERY),
        ("城政办发", EVERY),
        ("3号", EVERY),
        ("晋政办发", EVERY),
        ("30号", EVERY),
        ("减税降费落地", {4, 5, 6}),
        ("发改委", {7, 11, 12, 13}),
        ("未明确责任单位", {29, 30, 31, 32}),
        ("zjtx", {1, 20, 22, 23, 24}),
        ("ZJTX", {1, 20, 22, 23, 24}),
        ("ｚｊｔｘ", {1, 20, 22, 23, 24}),
        ("danbao", {2, 3, 25}),
        ("danb", {2, 3, 25}),
        ("anbao", set()),
        ("dānbǎo", {2, 3, 25}),
        ("hangye", {21, 27}),
        ("xingye", set()),
        ("zouzhuanjingtexin", {22}),
        ("feilv", {3, 14}),
        ("feilu", {3, 4, 5, 6, 14}),
        ("nihaoma", set()),
        ("qczj", {1, 2, 3, 4, 5, 6, 16, 19, 25}),
        ("tuijinjianshui", {4, 5, 6}),
        ("danbao qczj", {2, 3, 25}),
        ("担保 qczj", {2, 3, 25}),
        ("第3条 担保", {3}),
        ("第99条", set()),
        ("专精特新 APEC", {20}),
        ("专精特新 apec ＡＰＥＣ", {20}),
        ("1%以下", {3}),
        ("１％以下", {3}),
        ("（责任单位：区审计局", {17}),
    ],
)
def test_finds(db: sqlite3.Connection, text: str, numbers: set[int]) -> None:
    assert set(_numbers(db, text)) == numbers


def test_an_alias_that_no_text_contains_finds_its_unit(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    tried = 0
    for unit in catalogue.units:
        own = {measure.number for measure in catalogue.measures_of(unit.key)}
        assert own <= set(_numbers(db, unit.name))
        for alias in unit.aliases:
            if not any(alias in measure.text for measure in catalogue.measures):
                assert own <= set(_numbers(db, alias)), alias
                tried += 1
    assert tried > 20


def test_a_number_alone_puts_its_measure_first(db: sqlite3.Connection) -> None:
    for number in range(1, 33):
        assert _numbers(db, str(number))[0] == number
    assert len(_numbers(db, "2")) > 1


def test_titles_come_before_bodies(db: sqlite3.Connection) -> None:
    for word in ("企业", "中小企业", "专精特新", "担保", "创新", "金融", "服务", "贷款"):
        hits = search(db, word, limit=0).hits
        places = [fold(hit.title).find(word) for hit in hits]
        in_title = [place for place in places if place >= 0]
        assert in_title
        assert places == sorted(in_title) + [-1] * (len(places) - len(in_title))


def test_all_terms_in_the_title_come_before_some(db: sqlite3.Connection) -> None:
    titles = [hit.title for hit in search(db, "中小企业 创新", limit=0).hits]
    having = [("中小企业" in title) + ("创新" in title) for title in titles]
    assert having == sorted(having, reverse=True)
    assert having[0] == 2


def test_more_occurrences_come_first_in_the_body(db: sqlite3.Connection) -> None:
    hits = [hit for hit in search(db, "小微企业", limit=0).hits if "小微企业" not in hit.title]
    texts = dict(db.execute("SELECT number, text FROM measures"))
    counts = [texts[hit.number].count("小微企业") for hit in hits]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_the_limit_cuts_the_same_ranking(db: sqlite3.Connection) -> None:
    everything = search(db, "企业", limit=0)
    few = search(db, "企业", limit=5)
    assert few.hits == everything.hits[:5]
    assert few.total == everything.total == len(everything.hits)


def test_without_text_everything_in_order(db: sqlite3.Connection) -> None:
    assert _numbers(db, "") == _numbers(db, " \t\u3000\n") == list(range(1, 33))
    assert search(db, "", limit=3).total == 32


def test_filters(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    for unit in catalogue.units:
        expected = [measure.number for measure in catalogue.measures_of(unit.key)]
        assert _numbers(db, "", Filters(unit=unit.key)) == expected
    assert _numbers(db, "", Filters(unit=UNASSIGNED)) == [29, 30, 31, 32]
    for category in catalogue.categories:
        expected = [measure.number for measure in catalogue.measures_in(category.key)]
        assert _numbers(db, "", Filters(category=category.key)) == expected
    for tag in catalogue.tags:
        expected = [measure.number for measure in catalogue.measures_tagged(tag.key)]
        filters = Filters(beneficiary=tag.key) if tag.kind == "beneficiary" else Filters(support=tag.key)
        assert _numbers(db, "", filters) == expected


def test_filters_narrow_words_and_each_other(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    finance = catalogue.find_unit("区财政局").key
    words = set(_numbers(db, "中小企业"))
    assert set(_numbers(db, "中小企业", Filters(unit=finance))) == words & set(
        _numbers(db, "", Filters(unit=finance))
    )
    category = catalogue.categories[0].key
    assert _numbers(db, "", Filters(unit=finance, category=category)) == [1, 2, 3]
    assert _numbers(db, "企业", Filters(unit="no such unit")) == []


def test_the_snippet_is_cut_from_the_text_after_the_title(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    for word in ("企业", "专精特新", "税务局", "12345", "、", "用"):
        for hit in search(db, word, limit=0).hits:
            measure = catalogue.measure(hit.key)
            rest = measure.text[measure.body_start :]
            shown = hit.snippet.removeprefix("…") if hit.snippet[0] == "…" else hit.snippet
            shown = shown.removesuffix("…")
            assert shown in rest
            assert len(shown) <= WIDTH
            assert rest.startswith(shown) == (not hit.snippet.startswith("…"))
            assert rest.endswith(shown) == (not hit.snippet.endswith("…"))
            if word in rest:
                assert set(_marked(hit.snippet, hit.spans)) == {word}
            assert _marked(hit.title, hit.title_spans) == [word] * hit.title.count(word)


def test_the_snippet_shows_where_the_terms_stand_together(db: sqlite3.Connection) -> None:
    hit = _hit(db, "企业 用水 滞纳金", 11)
    assert {"用水", "滞纳金"} <= set(_marked(hit.snippet, hit.spans))


def test_what_was_found_by_another_name_says_why(db: sqlite3.Connection) -> None:
    hit = _hit(db, "qczj", 19)
    assert hit.reason == "责任单位：区财政局"
    assert _marked(hit.snippet, hit.spans) == ["区财政局"]
    assert _hit(db, "tuijinjianshui", 5).reason == "类别：二、推进减税降费落地"
    assert _hit(db, "晋政办发", 9).reason == "引用文件：晋政办发〔2022〕30号"
    assert _hit(db, "城政办发", 9).reason == "文号：城政办发〔2023〕3号"
    assert _hit(db, "第9条", 9).reason == "条号：第9条"
    assert _hit(db, "担保", 2).reason == ""


def test_pinyin_is_highlighted_on_the_characters_in_title_and_text(db: sqlite3.Connection) -> None:
    hit = _hit(db, "zjtx", 22)
    assert _marked(hit.title, hit.title_spans) == ["专精特新"]
    for letters in ("danbao", "danb"):
        results, literal = search(db, letters), search(db, "担保")
        assert [hit.number for hit in results.hits] == [hit.number for hit in literal.hits]
        assert [hit.spans for hit in results.hits] == [hit.spans for hit in literal.hits]
        assert results.marked == literal.marked == ("担保",)
        assert {hit.reason for hit in results.hits} == {""}


def test_what_is_marked_in_the_reader_is_what_was_meant(db: sqlite3.Connection) -> None:
    assert search(db, "担保 QCZJ").marked == ("担保", "区财政局")
    assert search(db, "第16条").marked == ()
    assert search(db, "鑫").marked == ()


def test_advice_says_what_removing_a_filter_gives(db: sqlite3.Connection, catalogue: Catalogue) -> None:
    filters = Filters(unit=catalogue.find_unit("区财政局").key)
    results = search(db, "展会", filters)
    assert (results.hits, results.total) == ((), 0)
    assert results.advice[0].sentence == "去掉筛选条件“区财政局”可得1条。"
    assert len(_numbers(db, "展会")) == 1


def test_advice_says_what_removing_a_term_gives(db: sqlite3.Connection) -> None:
    results = search(db, "区财政局 专利 展会")
    assert results.advice[0].sentence == f"去掉“展会”一词可得{len(_numbers(db, '区财政局 专利'))}条。"


def test_advice_offers_a_shorter_word(db: sqlite3.Connection) -> None:
    results = search(db, "融资担保大礼包")
    count = len(_numbers(db, "融资担保"))
    assert results.advice[0].sentence == f"没有“融资担保大礼包”。换用更短的词：“融资担保”可得{count}条。"
    assert search(db, "大礼包融资担保").advice[0].sentence.endswith(f"“融资担保”可得{count}条。")


def test_the_count_of_a_shorter_word_is_with_the_other_terms_and_filters(
    db: sqlite3.Connection, catalogue: Catalogue
) -> None:
    count = len(_numbers(db, "融资担保 区财政局"))
    assert f"“融资担保”可得{count}条" in _said(search(db, "融资担保大礼包 区财政局"))
    elsewhere = Filters(unit=catalogue.find_unit("区审计局").key)
    assert "可得" not in _said(search(db, "融资担保大礼包", elsewhere))


def test_advice_can_be_written_to_any_terminal_or_file(db: sqlite3.Connection) -> None:
    assert _said(search(db, "鑫\ud800淼")).encode("utf-8")


@pytest.mark.parametrize(
    "text", ["融资担保大礼包", "融资担保大礼包 区财政局", "区财政局 专利 展会", "展会 QCZJ"]
)
def test_what_is_offered_gives_what_it_says(db: sqlite3.Connection, catalogue: Catalogue, text: str) -> None:
    tried = 0
    for filters in (Filters(), Filters(unit=catalogue.find_unit("区财政局").key)):
        for advice in search(db, text, filters).advice:
            assert bool(advice.offer) == bool(advice.query)
            if advice.offer:
                count = len(_numbers(db, advice.query, advice.filters))
                assert f"可得{count}条" in advice.sentence
                assert f"（{count}条）" in advice.offer
                tried += 1
    assert tried


def test_advice_on_a_number_that_does_not_exist(db: sqlite3.Connection) -> None:
    assert search(db, "第99条").advice[0].sentence == "没有第99条措施，条号为1至32。"


def test_there_is_always_some_advice_and_only_then(db: sqlite3.Connection) -> None:
    assert search(db, "担保").advice == ()
    queries = ("鑫", "鑫 淼", "担保 鑫", "鑫鑫鑫鑫", " ".join(f"鑫{n}" for n in range(50)))
    for text in queries:
        assert search(db, text).advice
    assert search(db, "", Filters(unit="none", category="none")).advice


anything = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(categories=["Cs", "Cc", "Po", "Zs", "So", "Mn"]), max_size=20),
    st.lists(
        st.sampled_from(
            ["企业", "担保", "AND", "OR", "NOT", "NEAR(", '"', "*", "-", "^", "第", "条", "16", "zj", ":"]
        ),
        max_size=12,
    ).map("".join),
)


@settings(max_examples=400)
@given(text=anything, limit=st.integers(-1, 60))
@example(text='"', limit=50)
@example(text="\0", limit=50)
@example(text="企业\0担保", limit=50)
@example(text="\ud800", limit=50)
@example(text="企\udfff业 担保", limit=50)
@example(text="😀👩‍👩‍👧", limit=50)
@example(text="企业 AND 担保 OR NOT NEAR(a b)", limit=50)
@example(text="search_index:企业 {tokens}:* ^企", limit=50)
@example(text="Ⓤfinance", limit=50)
@example(text="第" * 10_000, limit=50)
@example(text="企业" * 5_000, limit=50)
@example(text=" ".join(chr(0x4E00 + n) for n in range(5_000)), limit=50)
@example(text=" ".join(f"{n}" for n in range(3_000)), limit=0)
@example(text="'; DROP TABLE measures; --", limit=50)
@example(text="x" * 10_000, limit=50)
def test_any_input_gives_results_or_none(text: str, limit: int) -> None:
    db = store.open_catalogue()
    try:
        results = search(db, text, limit=limit)
    finally:
        db.close()
    assert results.terms == split(text)
    assert bool(results.hits) != bool(results.advice)
    assert results.total is not None
    assert len(results.hits) == (min(results.total, limit) if limit > 0 else results.total)
    assert len({hit.key for hit in results.hits}) == len(results.hits)
    for hit in results.hits:
        for shown, spans in ((hit.snippet, hit.spans), (hit.title, hit.title_spans)):
            assert all(0 <= start < end <= len(shown) for start, end in spans)


def test_a_long_passage_with_line_ends_still_finds_its_measure(db: sqlite3.Connection) -> None:
    (text,) = db.execute("SELECT text FROM measures WHERE number = 18").fetchone()
    assert _numbers(db, text) == [18]
    assert _numbers(db, "\n".join(text[at : at + 20] for at in range(0, len(text), 20))) == [18]
