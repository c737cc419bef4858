# ruff: noqa: E501 - a rule on one line is a row of a table
"""Words of ledgers: headings of columns, kinds and stages of agreements, in Chinese and English."""

from __future__ import annotations

import re

ROLES: tuple[tuple[str, str], ...] = (
    ("ignored", r"电话|手机|邮箱|传真|微信|地址|phone|mobile|e-?mail|fax|postal|address"),
    ("identifier", r"统一社会信用代码|信用代码|credit code"),
    ("person", r"负责人|联系人|经办人|签署人|责任人|项目主管|contact|person|responsible|signator"),
    ("university", r"^(?:学校|高校|院校|大学)名?称?$"),
    ("partner", r"^(?:合作)?(?:企业|单位|公司|机构|合作方)名称$"),
    ("website", r"网址|官网|网站|website|url|homepage"),
    ("remark", r"备注|说明|附注|remark|note|comment"),
    ("key", r"^(?:序号|编号|(?:协议|合同|项目|合作|台账)(?:编号|号|序号)|(?:(?:agreement|contract|project|record|row|item|mou|ref(?:erence)?)[ _.-]*)?(?:no\.?|nr\.?|id|#|number|code)|ref(?:erence)?\.?)$"),
    ("money", r"经费|金额|资金|投入|款项|捐赠额|合同额|总额|amount|fund|budget|money|value|fee|contribution|cost"),
    ("end", r"截止|到期|终止|结束|届满|失效|expir|end|until|valid to|^to$|terminat"),
    ("term", r"期限|起止|合作时间段|合作周期|有效期|年限|duration|term|period|validity"),
    ("start", r"签订|签约|签署|协议日期|日期|时间|开始|起始|生效|signed|signing|date|start|from|effective"),
    ("count", r"未列名|其他.*(?:家数|数量)|(?:企业|单位|合作方)数|家数|others|number of (?:firms|partners)"),
    ("stage", r"状态|进展|阶段|执行情况|履行情况|status|stage|progress"),
    ("kind", r"类型|类别|性质|形式|种类|方式|合作内容|type|kind|category"),
    ("name", r"协议名称|合同名称|项目名称|合作项目|协议内容|名称|题目|事由|title|agreement|project|subject"),
    ("unit", r"二级学院|学院|承办单位|院系|校内单位|牵头单位|归口|部门|school|faculty|department|institute|unit"),
    ("university", r"学校|高校|院校|我校|甲方|university|college|higher education"),
    ("partner", r"合作单位|合作方|合作企业|企业|公司|单位|乙方|对方|机构|partner|company|companies|firm|enterprise|organi[sz]ation|part(?:y|ies)"),
    ("region", r"^(?:省份?|地区|所在地|所在省)$|region|province|state|country"),
    ("city", r"城市|^市$|所在市|city|town"),
)  # fmt: skip
"""Roles of columns by their heading; the first match decides, after the values have been considered."""

KINDS: tuple[tuple[str, str], ...] = (
    ("CooperationMemorandum", r"备忘录|memorandum|\bmou\b"),
    ("CooperationIntent", r"意向|intent"),
    ("StrategicCooperationAgreement", r"战略|strategic"),
    ("PracticeBase", r"实习|实践|实训|基地|practice|internship|placement"),
    ("OrderClass", r"订单"),
    ("CurriculumDevelopment", r"课程|教材|curricul|course|textbook"),
    ("Recruitment", r"就业|招聘|招生|recruit|employment"),
    ("Donation", r"捐赠|捐资|奖学金|donat|scholarship|gift"),
    ("Training", r"培训|training"),
    ("JointEducation", r"培养|育人|人才|学徒|education|talent|student|apprentice"),
    ("TechnologyTransferContract", r"转让|transfer"),
    ("TechnologyLicenceContract", r"许可|licen[cs]"),
    ("TechnologyConsultingContract", r"咨询|consult"),
    ("TechnologyServiceContract", r"技术服务|测试|检测|service"),
    ("EquityContribution", r"作价|入股|equity"),
    ("TechnologyDevelopmentContract", r"技术开发|委托|研发|横向|科研|攻关|development|research"),
    ("JointConstructionAgreement", r"共建|产业学院|实验室|平台|研究院|joint construction|laborator|\blabs?\b|joint cent(?:re|er)"),
    ("CooperationAgreement", r"合作|框架|产学研|协议|校企|cooperat|agreement|framework|partnership"),
)  # fmt: skip
"""Kinds of agreements by the words of ledgers; the first match decides."""

STAGES: tuple[tuple[str, str], ...] = (
    ("planned", r"意向|拟|洽谈|待签|筹备|计划|草案|planned|draft|negotiat|pending"),
    ("ended", r"终止|结束|到期|完成|失效|解除|结题|ended|expired|terminated|completed|closed"),
    ("effective", r"执行|履行|生效|进行|在研|有效|active|in force|ongoing|effective|running"),
    ("signed", r"签|signed|concluded"),
    ("approved", r"批|approved"),
    ("announced", r"公布|宣布|announced"),
)  # fmt: skip
"""Stages by the words of ledgers."""

AMOUNTS: tuple[tuple[str, str], ...] = (
    ("received", r"到账|到款|到位|实到|实收|已拨|拨付|已付|received|paid"),
    ("donation", r"捐|donat"),
    ("investment", r"投入|投资|invest"),
    ("grant", r"资助|grant"),
    ("budget", r"预算|总经费|budget"),
)
"""Kinds of amounts by their heading."""

OPEN = re.compile(
    r"长期|长期有效|永久|无固定期限|不定期|无限期|持续|今|indefinite(?:ly)?|open[- ]ended|permanent|ongoing|unlimited|present|rolling"
)
"""Words for a link without an end, folded."""


def notation(word: str, table: tuple[tuple[str, str], ...]) -> str:
    """Return the notation for a word by a table of this module; empty if there is none.

    >>> notation("人才培养", KINDS), notation("履行中", STAGES), notation("甲", KINDS)
    ('JointEducation', 'effective', '')
    """
    return next((kind for kind, pattern in table if re.search(pattern, word, re.IGNORECASE)), "")
