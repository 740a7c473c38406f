from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import KnownError
from desktop.reading import drafts, operations
from desktop.reading import kept as structure
from desktop.reading.acceptance import acceptable, counted, unconfirmed
from desktop.reading.adjusting import is_blank
from desktop.reading.drafts import NoticeDraft, apply, begin, open_questions, redo, replayed, undo
from desktop.reading.model import NO_PLACE, Label, NoticePiece, Role, ValidityKind
from tests.reading.invented import SOURCE


def at(words: str) -> int:
    """Return where ``words`` stand in the source."""
    return SOURCE.index(words)


@pytest.fixture
def draft() -> NoticeDraft:
    return begin(SOURCE)


def piece(draft: NoticeDraft, words: str) -> NoticePiece:
    return next(one for one in draft.pieces if one.start == at(words))


def words(draft: NoticeDraft, one: NoticePiece) -> str:
    return draft.source[one.start : one.end]


def title(draft: NoticeDraft, one: NoticePiece) -> str:
    return draft.source[one.title_start : one.title_end] if one.title_start != NO_PLACE else ""


def check_whole(draft: NoticeDraft) -> None:
    """Fail unless every character that is no blank lies in exactly one piece."""
    held = [0] * len(draft.source)
    for one in draft.pieces:
        assert one.start < one.end
        if one.title_start != NO_PLACE:
            assert one.start <= one.title_start < one.title_end <= one.end
        for place in range(one.start, one.end):
            held[place] += 1
    assert all(n == 1 or (n == 0 and is_blank(c)) for n, c in zip(held, draft.source, strict=True))
    assert [one.start for one in draft.pieces] == sorted(one.start for one in draft.pieces)
    assert counted(draft).nowhere == 0


def test_a_draft_begins_as_proposed_and_whole(draft: NoticeDraft) -> None:
    check_whole(draft)
    assert len(draft.reading.documents[0].measures) == 4
    assert not draft.can_undo
    assert not draft.can_redo


def test_what_no_piece_holds_becomes_one_that_is_asked_about() -> None:
    whole = begin(SOURCE)
    draft = begin(SOURCE, [one for one in whole.pieces if one.label is not Label.MEASURE])
    check_whole(draft)
    assert [one.label for one in draft.pieces].count(Label.NOISE) >= 2
    assert any(one.start == at("1.减免租金") for one in open_questions(draft))


def test_relabelling_gives_number_and_title(draft: NoticeDraft) -> None:
    draft = apply(draft, "relabel", start=at("2.缓缴"), label="note")
    assert piece(draft, "2.缓缴").label is Label.NOTE
    assert title(draft, piece(draft, "2.缓缴")) == ""
    assert len(draft.reading.documents[0].measures) == 3
    draft = apply(draft, "relabel", start=at("2.缓缴"), label="measure")
    found = piece(draft, "2.缓缴")
    assert (found.number.rstrip("."), title(draft, found)) == ("2", "缓缴水费")
    draft = apply(draft, "relabel", start=at("为支持花卉企业"), label="heading")
    assert title(draft, piece(draft, "为支持花卉企业")).startswith("为支持")


def test_merging_and_splitting_are_each_others_reverse(draft: NoticeDraft) -> None:
    before = [(one.start, one.end) for one in draft.pieces]
    joined = apply(draft, "merge", start=at("4.开展"))
    assert words(joined, piece(joined, "3.发放")).endswith("（责任单位：市金融局）")
    assert len(joined.reading.documents[0].measures) == 3
    parted = apply(joined, "split", at=at("4.开展") - 1)
    assert [(one.start, one.end) for one in parted.pieces] == before
    assert piece(parted, "4.开展").label is Label.MEASURE
    assert len(parted.reading.documents[0].measures) == 4


def test_what_is_split_off_without_a_number_goes_on(draft: NoticeDraft) -> None:
    draft = apply(draft, "split", at=at("最高20万元"))
    assert piece(draft, "最高20万元").label is Label.CONTINUATION
    assert len(draft.reading.documents[0].measures) == 4


def test_a_title_is_cut_with_its_piece(draft: NoticeDraft) -> None:
    draft = apply(draft, "split", at=at("租金。对承租"))
    assert title(draft, piece(draft, "1.减免")) == "减免"
    check_whole(draft)


def test_the_title_ends_where_one_says_and_a_measure_may_have_none(draft: NoticeDraft) -> None:
    draft = apply(draft, "title", start=at("1.减免"), end=at("的花卉企业，免收"))
    assert title(draft, piece(draft, "1.减免")) == "减免租金。对承租国有房产"
    draft = apply(draft, "title", start=at("1.减免"), end=at("。对承租国有") + 1)
    assert title(draft, piece(draft, "1.减免")) == "减免租金"
    draft = apply(draft, "title", start=at("1.减免"), end=None)
    assert draft.reading.documents[0].measures[0].title == ""


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("relabel", {"start": 3, "label": "note"}, "没有段落开头"),
        ("merge", {"start": 0}, "这是第一段"),
        ("split", {"at": 0}, "没有可以拆开的地方"),
        ("split", {"at": 10_000}, "没有可以拆开的地方"),
        ("title", {"start": 0, "end": 5}, "没有标题"),
        ("relabel", {"start": 0, "label": "什么"}, "不能是“什么”"),
        ("relabel", {"start": "0", "label": "note"}, "不是要的那种值"),
        ("relabel", {"start": 0}, "缺少“label”"),
        ("relabel", {"start": 0, "label": "note", "more": 1}, "没有“more”这一项"),
        ("head", {"field": "issued_on", "value": "三月四日"}, "不是日期"),
        ("term", {"kind": "day", "since": "2031-02-30", "until": None, "text": ""}, "不是日期"),
        ("term", {"kind": "day", "since": "2031-03-02", "until": "2031-03-01", "text": ""}, "在起始日之前"),
        ("answer", {"question": "label-0", "choice": 0}, "没有要决定的"),
        ("nothing", {}, "没有“nothing”这种改法"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    draft: NoticeDraft, name: str, arguments: dict[str, str | int | None], words: str
) -> None:
    with pytest.raises(KnownError, match=words):
        apply(draft, name, **arguments)


def test_head_and_term_are_decided_or_said_to_be_missing(draft: NoticeDraft) -> None:
    draft = apply(draft, "head", field="number", value=None)
    draft = apply(draft, "head", field="issued_on", value="2031-03-05")
    draft = apply(draft, "head", field="addressees", value="各县区人民政府\n市政府各部门")
    head = draft.reading.head
    assert (head.number, str(head.issued_on)) == ("", "2031-03-05")
    assert head.addressees == ("各县区人民政府", "市政府各部门")
    draft = apply(
        draft, "term", kind="day", since="2031-03-04", until="2033-12-31", text="有效期至2033年12月31日"
    )
    term = draft.reading.term
    assert SOURCE[term.start : term.end] == term.text
    assert (term.kind, str(term.until)) == (ValidityKind.DAY, "2033-12-31")


def test_units_get_names_and_roles(draft: NoticeDraft) -> None:
    draft = apply(draft, "unit", printed="市财政局", name="云溪市财政局")
    draft = apply(draft, "unit", printed="市水务局", name="")
    draft = apply(draft, "unit_kind", name="云溪市财政局", kind="政府部门")
    measures = draft.reading.documents[0].measures
    assert [m.name for m in measures[0].statements[0].mentions] == ["市国资委", "云溪市财政局"]
    assert not measures[1].statements[0].mentions
    mention = measures[0].statements[0].mentions[0]
    draft = apply(draft, "role", start=mention.start, end=mention.end, role="lead")
    first, second = draft.reading.documents[0].measures[0].statements[0].mentions
    assert (first.role, second.role) == (Role.LEAD, None)
    assert draft.facts.kinds == {"云溪市财政局": "政府部门"}


def test_one_printed_name_may_be_several_units() -> None:
    source = SOURCE.replace("市国资委、市财政局", "市国资委市财政局")
    draft = begin(source)
    draft = apply(draft, "unit", printed="市国资委市财政局", name="市国资委、市财政局")
    first, second = draft.reading.documents[0].measures[0].statements[0].mentions
    assert (first.name, second.name) == ("市国资委", "市财政局")
    assert [source[one.start : one.end] for one in (first, second)] == ["市国资委", "市财政局"]
    draft = apply(draft, "role", start=first.start, end=first.end, role="lead")
    assert [one.role for one in draft.reading.documents[0].measures[0].statements[0].mentions] == [
        Role.LEAD,
        None,
    ]
    draft = apply(draft, "unit", printed="市国资委市财政局", name="云溪市国资委、云溪市财政局")
    mentions = draft.reading.documents[0].measures[0].statements[0].mentions
    assert [one.name for one in mentions] == ["云溪市国资委", "云溪市财政局"]
    assert {one.printed for one in mentions} == {"市国资委市财政局"}
    written = structure.to_json(draft.reading)
    assert structure.from_json(written, source).documents == draft.reading.documents


def test_an_answer_does_what_it_says_and_closes_the_question() -> None:
    whole = begin(SOURCE)
    doubtful = [replace(one, confidence=0.3) if one.start == at("2.缓缴") else one for one in whole.pieces]
    draft = begin(SOURCE, doubtful)
    question = next(one for one in open_questions(draft) if one.key == f"label-{at('2.缓缴')}")
    assert acceptable(draft)
    kept = apply(draft, "answer", question=question.key, choice=0)
    assert piece(kept, "2.缓缴").label is Label.MEASURE
    changed = apply(draft, "answer", question=question.key, choice=1)
    assert piece(changed, "2.缓缴").label is Label.NOTE
    for each in (kept, changed):
        assert question.key not in [one.key for one in open_questions(each)]
        again = replayed(SOURCE, operations.from_json(operations.to_json(drafts.decisions(each))))
        assert (again.pieces, again.facts) == (each.pieces, each.facts)


def test_all_below_a_heading_changes_at_once(draft: NoticeDraft) -> None:
    noted = apply(draft, "relabel_part", start=at("二、扩大"), label="note")
    assert piece(noted, "3.发放").label is Label.NOTE
    assert piece(noted, "4.开展").label is Label.NOTE
    assert piece(noted, "2.缓缴").label is Label.MEASURE
    assert piece(noted, "二、扩大").label is Label.HEADING
    again = apply(noted, "relabel_part", start=at("二、扩大"), label="measure")
    assert len(again.reading.documents[0].measures) == 4


def test_a_run_of_pieces_gets_one_label(draft: NoticeDraft) -> None:
    noted = apply(draft, "relabel_run", start=at("减免租金。"), end=at("二、扩大") + 2, label="note")
    pairs = zip(noted.pieces, draft.pieces, strict=True)
    changed = [one.start for one, before in pairs if one.label != before.label]
    assert changed == [at("1.减免"), at("2.缓缴"), at("二、扩大")]
    with pytest.raises(KnownError, match="没有段落"):
        apply(draft, "relabel_run", start=0, end=0, label="note")


def test_words_within_a_piece_become_one_of_their_own(draft: NoticeDraft) -> None:
    start = at("市国资委、市财政局")
    marked = apply(draft, "mark", start=start, end=start + 9, label="units")
    assert words(marked, piece(marked, "市国资委、市财政局")) == "市国资委、市财政局"
    assert [one.label for one in marked.pieces if at("1.减免") <= one.start < at("2.缓缴")] == [
        Label.MEASURE,
        Label.UNITS,
        Label.CONTINUATION,
    ]
    check_whole(marked)
    whole = apply(draft, "mark", start=at("2.缓缴"), end=at("二、扩大") - 1, label="note")
    assert [one.start for one in whole.pieces] == [one.start for one in draft.pieces]
    assert piece(whole, "2.缓缴").label is Label.NOTE
    with pytest.raises(KnownError, match="两段"):
        apply(draft, "mark", start=start, end=at("2.缓缴") + 3, label="units")


def test_steps_are_taken_back_and_done_again(draft: NoticeDraft) -> None:
    one = apply(draft, "relabel", start=at("2.缓缴"), label="note")
    two = apply(one, "merge", start=at("4.开展"))
    assert undo(two).pieces == one.pieces
    assert undo(undo(two)).pieces == draft.pieces
    assert undo(undo(undo(two))).pieces == draft.pieces
    assert redo(undo(two)).reading == two.reading
    assert redo(two) is two
    other = apply(undo(two), "merge", start=at("2.缓缴"))
    assert not other.can_redo


def test_the_check_names_what_is_missing(draft: NoticeDraft) -> None:
    draft = begin(
        "云溪市花卉产业措施\n一、减租。免收租金，支持企业发展，落实政府要求。\n",
        [NoticePiece(0, 34, Label.NOTE)],
    )
    assert "还没有一条措施。" in acceptable(draft)
    reasons = "".join(unconfirmed(draft))
    for missing in (
        "文号没有读出",
        "发文机关没有读出",
        "成文日期没有读出",
        "有效期没有读出",
    ):
        assert missing in reasons
    for field in ("number", "issuer", "issued_on"):
        draft = apply(draft, "head", field=field, value=None)
    draft = apply(draft, "term", kind="none", since=None, until=None, text="")
    assert unconfirmed(draft) in ([], ["标题还没有填。"])


def test_decisions_about_another_source_are_refused(draft: NoticeDraft) -> None:
    kept = drafts.decisions(apply(draft, "relabel", start=at("2.缓缴"), label="note"))
    with pytest.raises(KnownError, match="另一份原文"):
        replayed(SOURCE + "完", kept)
    with pytest.raises(KnownError, match="对不上"):
        replayed("短", replace(kept, source_sha256=""))


def test_decisions_written_by_hand_are_a_list_of_steps() -> None:
    text = json.dumps([{"do": "relabel", "start": at("2.缓缴"), "label": "note"}])
    draft = replayed(SOURCE, operations.from_json(text))
    assert piece(draft, "2.缓缴").label is Label.NOTE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "不是 JSON"),
        ("3", "没有“operations”"),
        ('{"format": 2, "operations": []}', "别的版本"),
        ('[{"start": 1}]', "第1步没有“do”"),
        ('[{"do": "merge", "start": 1}, {"do": "merge"}]', "第2步：“merge”缺少“start”"),
        ('{"operations": [], "done": 1}', "“done”不对"),
        ('{"operations": [], "pieces": [[1, 2]]}', "段落不对"),
        ('{"operations": [], "pieces": 5}', "段落不对"),
    ],
)
def test_spoilt_decisions_are_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        operations.from_json(text)


def test_a_step_that_cannot_be_replayed_is_named() -> None:
    with pytest.raises(KnownError, match="第1步（merge）做不了"):
        replayed(SOURCE, operations.from_json('[{"do": "merge", "start": 0}]'))


_PLACES = st.integers(0, len(SOURCE))
_STEPS = st.one_of(
    st.tuples(st.just("relabel"), _PLACES, st.sampled_from(list(Label))),
    st.tuples(st.just("relabel_part"), _PLACES, st.sampled_from(list(Label))),
    st.tuples(st.just("relabel_run"), _PLACES, _PLACES),
    st.tuples(st.just("mark"), _PLACES, _PLACES),
    st.tuples(st.just("merge"), _PLACES, st.none()),
    st.tuples(st.just("split"), _PLACES, st.none()),
    st.tuples(st.just("title"), _PLACES, st.one_of(st.none(), _PLACES)),
    st.tuples(st.sampled_from(["undo", "redo"]), _PLACES, st.none()),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(_STEPS, max_size=12))
def test_whatever_is_done_every_character_stays_in_exactly_one_piece(
    steps: list[tuple[str, int, str | int | None]],
) -> None:
    draft = begin(SOURCE)
    for name, place, more in steps:
        nearest = min((one.start for one in draft.pieces), key=lambda start: abs(start - place))
        draft = attempted(draft, name, nearest, place, more)
        check_whole(draft)
    again = replayed(SOURCE, operations.from_json(operations.to_json(drafts.decisions(draft))))
    assert again.reading == draft.reading
    assert (again.operations, again.done) == (draft.operations, draft.done)


def attempted(draft: NoticeDraft, name: str, nearest: int, place: int, more: str | int | None) -> NoticeDraft:
    if name in ("undo", "redo"):
        return undo(draft) if name == "undo" else redo(draft)
    arguments: dict[str, dict[str, str | int | None]] = {
        "relabel": {"start": nearest, "label": more},
        "relabel_part": {"start": nearest, "label": more},
        "relabel_run": {"start": place, "end": more, "label": "note"},
        "mark": {"start": place, "end": more, "label": "units"},
        "merge": {"start": nearest},
        "split": {"at": place},
        "title": {"start": nearest, "end": more},
    }
    try:
        return apply(draft, name, **arguments[name])
    except KnownError:
        return draft
