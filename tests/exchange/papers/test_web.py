from __future__ import annotations

import pytest

from desktop.exchange.papers import web


def lines(body: str) -> list[str]:
    return web.read("页.html", f"<html><body>{body}</body></html>".encode()).text.split("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>甲\n 乙<p>丙", ["甲 乙", "丙"]),
        ("甲<br>乙<br/><br>丙", ["甲", "乙", "丙"]),
        ("<div>甲<span>乙</span><div>丙</div>丁</div>", ["甲乙", "丙", "丁"]),
        ("<nav><a href=x>首页</a> <a>政务公开</a></nav><p>正文</p>", ["首页 政务公开", "正文"]),
        ("<p>甲&nbsp;&lt;乙&gt;&#12289;&unknown;</p>", ["甲\xa0<乙>、&unknown;"]),
        ("<ol start=3><li>甲<li>乙<ul><li>丙</ul></ol>", ["3.甲", "4.乙", "丙"]),
        ("<p>甲</p><script>if (a<b) '</p>'</script><style>p{}</style><!-- 丙 --><p>乙", ["甲", "乙"]),
        ("甲<span style='DISPLAY: none'>看不见<b>也不</b></span>乙<i hidden>丙</i>", ["甲乙"]),
        ("<pre>甲\n  乙</pre>", ["甲", "乙"]),
        ("<![if !supportLists]>一、<![endif]>甲", ["一、甲"]),
        ("<p>甲</span></div></b>乙", ["甲乙"]),
        ("5 < 6 且 7 > 6", ["5 < 6 且 7 > 6"]),
        ("<p>甲</p", ["甲"]),
        ("<a title='x>y'>甲</a><b class=\"没有结尾>乙", ["甲"]),
    ],
)
def test_a_page_is_read_as_it_is_seen(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_a_table_of_units_in_a_page() -> None:
    body = (
        "<table><tr><th>类别<th>措施<th>责任单位</tr>"
        "<tr><td rowspan=2>一、降成本<td>减租。<td>区住建局<br>区财政局</tr>"
        "<tr><td>免押金。<td>区商务局</table>"
    )
    assert lines(body) == [
        "一、降成本",
        "减租。（责任单位：区住建局、区财政局）",
        "免押金。（责任单位：区商务局）",
    ]


def test_a_table_that_only_lays_out_is_lines() -> None:
    assert lines("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>丙") == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    "piece", ["<!--", "<a b='", "<div>", "<table><td>", "<td colspan=99 rowspan=999>", "<"]
)
def test_a_page_of_nothing_but_beginnings_is_read(piece: str) -> None:
    assert web.read("页.html", f"<p>甲</p>{piece * 5_000}".encode()).text.startswith("甲")
