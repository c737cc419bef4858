"""Documents of each format: the main text, its metadata, and what is cut; broken and hostile files are refused."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
import weasyprint
from helpers.stores import kg

from kg.errors import InputError, UsageError
from kg.read import documents
from kg.read.documents import dates, pdf
from kg.worker.pool import Pool

if TYPE_CHECKING:
    from pathlib import Path

FACT = "6月10日，西岭工业大学与北川重工集团有限公司在南湖校区签署战略合作协议，双方将共建现代装备产业学院。"
MORE = "仪式上，学校与甲公司、乙公司等12家企业签署产学研合作协议，并为西岭省高端轴承产业创新联盟揭牌。"
NAVIGATION = "".join(f'<li><a href="/{number}">栏目{number}</a></li>' for number in range(20))
PAGE = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="{{charset}}"><title>新闻网</title>{{tags}}</head>
<body><nav><ul>{NAVIGATION}</ul></nav><div class="article"><h1>西岭工大与北川重工签约</h1>
<p>发布时间：2025-06-12 来源：校地合作处 浏览次数：318</p><div class="content"><p>{FACT}</p><p>{MORE}</p></div></div>
<div class="related"><h3>相关新闻</h3><ul><li><a href="/c">东岭大学与南山集团签约</a></li></ul></div>
<footer>版权所有 西岭工业大学</footer><script>document.write("脚本")</script></body></html>"""
TAGS = (
    '<meta name="SiteName" content="西岭工业大学新闻网"><meta name="PubDate" content="2025-06-13 09:30">'
    '<meta name="ArticleTitle" content="战略合作协议"><link rel="canonical" href="https://news.example/a/1.htm">'
)
LINKED = '{"headline":"甲","datePublished":"2024-02-03T01:00Z","publisher":{"name":"乙报"}}'


def page(folder: Path, *, tags: str = TAGS, charset: str = "utf-8", encoding: str = "utf-8") -> Path:
    path = folder / "page.html"
    path.write_bytes(PAGE.format(tags=tags, charset=charset).encode(encoding))
    return path


def test_a_page_has_its_main_text_and_its_own_metadata(tmp_path: Path) -> None:
    found = documents.load(page(tmp_path))
    assert found.text == f"{FACT}\n{MORE}"
    assert (found.title, found.publisher) == ("战略合作协议", "西岭工业大学新闻网")
    assert (found.date, found.dated_by, found.address) == ("2025-06-13", "metadata", "https://news.example/a/1.htm")
    assert found.removed > 20 * len("栏目1")
    assert found.tool.startswith("trafilatura ")


@pytest.mark.parametrize(
    ("tags", "stated"),
    [
        ("", ("西岭工大与北川重工签约", "校地合作处", "2025-06-12")),
        ('<link rel="canonical" href="https://a.example/2025-07/01/c.htm">', (None, None, "2025-06-12")),
        ('<meta property="og:site_name" content="西岭日报">', (None, "西岭日报", None)),
        (f'<script type="application/ld+json">{{"@graph":[{LINKED}]}}</script>', ("甲", "乙报", "2024-02-03")),
        ('<script type="application/ld+json">{"datePublished": [</script>', (None, None, "2025-06-12")),
    ],
    ids=["lines", "address", "open-graph", "linked-data", "broken"],
)
def test_metadata_of_a_page(tmp_path: Path, tags: str, stated: tuple[str | None, ...]) -> None:
    found = documents.load(page(tmp_path, tags=tags))
    for one, expected in zip((found.title, found.publisher, found.date), stated, strict=True):
        assert expected in (None, one)


@pytest.mark.parametrize(("charset", "encoding"), [("gb2312", "gb18030"), ("gb2312", "utf-8"), ("none", "gb18030")])
def test_a_page_is_read_in_its_encoding(tmp_path: Path, charset: str, encoding: str) -> None:
    assert FACT in documents.load(page(tmp_path, charset=charset, encoding=encoding)).text


@pytest.mark.parametrize("text", [FACT, "A line.\r\nAnother.\r\n", "\ufeffText."])
def test_plain_text_is_kept_to_the_character(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert documents.load(tmp_path / "a.txt").text == text.removeprefix("\ufeff")


def test_front_matter_describes_a_markdown_file(tmp_path: Path) -> None:
    front = "---\ntitle: 签约\npublisher: 西岭日报\ndate: 2025-06-12\n---\n"
    (tmp_path / "a.md").write_text(f"{front}# 标题\n\n{FACT}\n", encoding="utf-8")
    found = documents.load(tmp_path / "a.md")
    assert found.text == f"# 标题\n\n{FACT}\n"
    assert (found.title, found.publisher, found.date) == ("签约", "西岭日报", "2025-06-12")
    assert found.removed == len("".join(front.split()))


def test_a_word_file_has_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    created = docx.Document()
    created.core_properties.title = "签约"
    created.sections[0].header.paragraphs[0].text = "内部资料"
    created.add_paragraph(FACT)
    table = created.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "甲公司", "轴承"
    created.add_paragraph(MORE)
    created.save(str(tmp_path / "a.docx"))
    found = documents.load(tmp_path / "a.docx")
    assert (found.text, found.title) == (f"{FACT}\n甲公司 | 轴承\n{MORE}", "签约")
    assert found.removed == len("内部资料")


def test_a_pdf_file_has_paragraphs_without_running_heads(tmp_path: Path) -> None:
    style = "@page{size:9cm 6cm;margin:1cm;@top-center{content:'Bulletin 7'}@bottom-center{content:counter(page)}}"
    text = "Lake University and Peak Steel Co., Ltd. signed an agreement on May 3. They will build a college. " * 6
    html = f"<title>News</title><style>{style} p{{margin:0 0 1em}}</style><p>{text}</p><p>End of it.</p>"
    weasyprint.HTML(string=html).write_pdf(str(tmp_path / "a.pdf"))
    found = documents.load(tmp_path / "a.pdf")
    assert found.text == f"{text.strip()}\nEnd of it."
    assert found.title == "News"
    assert found.removed >= 3 * len("Bulletin7")


def test_wrapped_lines_are_joined() -> None:
    lines = ["The university and the indus-", "trial group signed an agree", "ment.", "", "1. Aims", "2. Terms"]
    assert pdf.joined(lines) == "The university and the industrial group signed an agree ment.\n1. Aims\n2. Terms"


BOMB = b"a Word file whose document expands to half a gigabyte"
"""The name of such a file in a table that every worker reads; its content takes seconds to write."""


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (1 << 29))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xls", b"x", "the format is unknown; use one of: .txt"),
        ("a.pdf", b"%PDF-1.7\nbroken", "is not a readable PDF file"),
        ("a.docx", b"PK broken", "is not a readable Word file"),
        ("b.docx", BOMB, "is not a readable Word file|requires too much memory"),
        ("a.html", b"<html><body><nav>x</nav></body></html>", "the page has no main text"),
        ("b.html", b"<div>" * 300_000, "the page has no main text|nested too deeply|too long to parse"),
        ("a.txt", FACT.encode() + b"\xff", "the byte 0xFF is not valid UTF-8; correct this character"),
        ("none.txt", None, "there is no such file"),
    ],
)
def test_broken_and_hostile_files_are_refused(tmp_path: Path, name: str, data: bytes | None, message: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(_bomb() if data == BOMB else data)
    with pytest.raises(InputError, match=message):
        documents.load(tmp_path / name)


def test_a_missing_library_names_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trafilatura.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("kg.read.documents.files._workers", Pool())
    with pytest.raises(UsageError, match=r"trafilatura is not installed; run pip install 'helix-kg\[docs\]'"):
        documents.load(page(tmp_path))


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://e.example/2025-11/11/c_1139523.htm", "2025-11-11"),
        ("https://e.example/202511/t20251108_1.html", "2025-11-08"),
        ("https://e.example/2025/11/a.htm", "2025-11"),
        ("https://e.example/info/1042/20991399.htm", None),
        ("https://2025.example/a.htm?d=20251108", None),
    ],
)
def test_dates_in_addresses(address: str, day: str | None) -> None:
    assert dates.in_address(address) == day


def test_a_person_describes_a_copied_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FACT, encoding="utf-8")
    found = documents.described(documents.load(tmp_path / "a.txt"), address="https://e.example/2025-06/12/a.htm")
    assert (found.date, found.dated_by) == ("2025-06-12", "address")
    given = documents.described(found, date="2025-06-11", publisher="西岭日报")
    assert (given.date, given.dated_by, given.publisher) == ("2025-06-11", "given", "西岭日报")
    with pytest.raises(UsageError, match=r"--date '2025-6': write YYYY"):
        documents.described(found, date="2025-6")


def test_the_text_of_another_format_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("read", page(tmp_path), "--keep", store=tmp_path).status == 0
    assert (tmp_path / "page.txt").read_text(encoding="utf-8") == f"{FACT}\n{MORE}"
