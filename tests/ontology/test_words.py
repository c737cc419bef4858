"""One Chinese word for one thing: a word that another one replaced appears in no label, definition or message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from helpers.ontology_lint import ROOT

if TYPE_CHECKING:
    from pathlib import Path

RETIRED = {
    "行动者": "主体",
    "缔约": "合作单位",
    "下属机构": "二级单位",
    "共建方": "共建单位",
    "发起方": "发起单位",
    "资助方": "出资单位",
    "监督单位": "主管",
    "政府部门": "党政机关",
    "参与方群体": "未列名参与方",
    "计数群体": "计数项",
    "主张": "表述",
    "语气": "情态",
    "立场": "与规划的关系",
    "读取方式": "采集方式",
    "摘要值": "哈希值",
    "可信度": "采集把握度",
    "网络层": "关系层",
    "默认视野": "默认口径",
    "具名": "列名",
    "点名": "列名",
    "存疑": "待定",
}
FILES = sorted((ROOT / "ontology").rglob("*.ttl"))
"""The ontology, whose words the messages use too."""

ALSO_RETIRED = {
    "双模": "二模",
    "单模": "一模",
    "约束度": "限制度",
    "把关者": "守门人",
    "巡游者": "顾问",
    "联络者": "联络人",
    "样本框": "统计范围",
    "视角": "口径",
    "覆盖率": "列名率",
    "已申报": "来源所载数",
    "中介组织": "社会组织与联盟",
    "最居中心": "中心性最高",
    "居中联络": "起中介作用",
    "超出偶然": "显著多于随机",
    "判定": "认定",
    "合作伙伴": "合作方",
    "发布机关": "发文机关",
    "名次": "位次",
    "声明参与方": "来源所载参与方",
    "尚缺的": "数据缺口",
    "受领方": "入选单位",
    "存储": "数据库",
    "联系图": "网络图",
    "读入": "导入",
}
"""Words of measures and questions."""
TEXTS = [
    *sorted((ROOT / "kg" / "query" / "questions").glob("*.rq")),
    *(ROOT / "kg" / name / "messages.py" for name in ("measure", "map", "report")),
    ROOT / "kg" / "locale" / "zh" / "LC_MESSAGES" / "kg.po",
]


GRAPHS = sorted((ROOT / "graphs" / "curated").glob("*.t*"))
"""The curated graphs, whose names and descriptions are shown beside the messages."""
HALF_WIDTH = re.compile("[\u4e00-\u9fff][(),:;?!]|[(),:;?!][\u4e00-\u9fff]")


@pytest.mark.parametrize("file", [*FILES, *GRAPHS], ids=lambda file: file.stem)
def test_punctuation_beside_chinese_characters_is_full_width(file: Path) -> None:
    texts = re.findall(r'"((?:[^"\\]|\\.)*)"@zh(?![-\w])', file.read_text(encoding="utf-8"))
    assert [text for text in texts if HALF_WIDTH.search(text)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_replaced_word_is_in_no_chinese_text(file: Path) -> None:
    texts = re.findall(r'"((?:[^"\\]|\\.)*)"@zh', file.read_text(encoding="utf-8"))
    assert [(word, text) for text in texts for word in RETIRED if word in text] == []


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_a_replaced_word_is_in_no_message_or_question(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [word for word in (*RETIRED, *ALSO_RETIRED) if word in text.replace("节点名", "")] == []


def test_each_replacement_is_in_use() -> None:
    ontology, messages = ("".join(file.read_text(encoding="utf-8") for file in files) for files in (FILES, TEXTS))
    assert [new for new in RETIRED.values() if new not in ontology] == []
    assert [new for new in ALSO_RETIRED.values() if new not in messages] == []
