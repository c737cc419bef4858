"""Differences between the shipped graphs and the tables they were first made from.

Each entry rests on a page that contradicts or completes the tables. Claims without a page are in
`docs/pending-facts.md`.
"""

from __future__ import annotations

LISTED_UNIVERSITIES = (
    "cqupt",
    "cqut",
    "csu",
    "dgut",
    "fjut",
    "fosu",
    "gdut",
    "gmu",
    "gxust",
    "gzhmu",
    "gzhu",
    "haust",
    "hbut",
    "huat",
    "jxust",
    "kust",
    "nwafu",
    "swjtu",
    "swpu",
    "szu",
    "xju",
    "cslg",
    "czu",
    "jsu",
    "njnu",
    "ntu-js",
    "nuist",
    "ycit",
    "yzu",
)
"""Universities that pages name as on the first list of modern industry colleges."""

FIRST_BATCH = ("thu", "zju", "buaa", "bit", "hit", "sjtu", "seu", "hust", "cqu", "nwpu")
SECOND_BATCH = ("ustb", "bupt", "hrbeu", "nuaa", "njust", "xidian", "cup")
FOUR_INSTITUTES = ("npic", "snerdi", "kaishan", "shenggu")

REMOVED_LINKS = {"xjtu-2019-units"}
"""Links that are now several: four institutes, each of the university with one partner."""

ADDED_LINKS = {
    "chain-lead-baoti",
    "chain-lead-sxqc",
    "gzhmu-kingmed",
    "ncee-1",
    "ncee-2",
    "pl-opole-fpc",
    "swjtu-crrc-times",
    "szu-tencent",
    *(f"xjtu-19-{partner}" for partner in FOUR_INSTITUTES),
}

REMOVED_PARTIES = {
    ("sx-mg-rec", "sx-st", "supporter"),
    ("sx-mg-rec", "sx-mg-all", "party"),
    ("xauat-osh", "osh", "host"),
    ("xauat-osh", "xauat", "coBuilder"),
    ("byd-100", "sisu-sc", "party"),
}

ADDED_PARTIES = {
    ("chain-lead-baoti", "baoti", "member"),
    ("chain-lead-sxqc", "sxqc", "member"),
    ("byd-100", "sisu-sc", "beneficiary"),
    ("xjtu-108", "xjtu", "beneficiary"),
    ("sx-mg-rec", "sx-st", "issuer"),
    ("sx-mg-rec", "sx-mg-all", "member"),
    ("xauat-osh", "xauat", "host"),
    ("xauat-osh", "osh", "coBuilder"),
    ("nwafu-58", "heyang-gov", "party"),
    ("gzhmu-kingmed", "gzhmu", "host"),
    ("gzhmu-kingmed", "kingmed", "coBuilder"),
    ("swjtu-crrc-times", "swjtu", "host"),
    ("swjtu-crrc-times", "crrc-times", "coBuilder"),
    ("szu-tencent", "szu", "host"),
    ("szu-tencent", "tencent", "coBuilder"),
    ("pl-opole-fpc", "opole", "host"),
    ("pl-opole-fpc", "fraunhofer", "coBuilder"),
    *(("pl-opole", actor, "party") for actor in ("opole-gov", "opnt", "tu-chemnitz", "tower")),
    *((f"xjtu-19-{partner}", "xjtu", "host") for partner in FOUR_INSTITUTES),
    *((f"xjtu-19-{partner}", partner, "coBuilder") for partner in FOUR_INSTITUTES),
    *(("mic1-all", actor, "member") for actor in LISTED_UNIVERSITIES),
    ("ncee-1", "moe", "issuer"),
    ("ncee-1", "sasac", "issuer"),
    ("ncee-2", "moe", "issuer"),
    *(("ncee-1", actor, "member") for actor in (*FIRST_BATCH, "cict")),
    *(("ncee-2", actor, "member") for actor in SECOND_BATCH),
    *(("xaut-guid", f"sx-{name}", "overseer") for name in ("edu", "st", "iit")),  # the English report's role
}

ADDED_ABOUT = {
    ("gzhmu-kingmed", "mic-gzhmu-1"),
    ("swjtu-crrc-times", "mic-swjtu-1"),
    ("szu-tencent", "mic-szu-1"),
    ("pl-opole-fpc", "fpc-alight"),
    *((f"xjtu-19-{partner}", f"xjtu-{partner}") for partner in FOUR_INSTITUTES),
}

ADDED_COUNTS = (
    ("byd-100", "35", "exact", True),  # the first of the universities, by another page
    ("ncee-1", "10", "exact", True),
    ("ncee-1", "8", "exact", True),
    ("ncee-2", "14", "exact", True),
)

PAGES = {
    "changanyouth.cn-24773",
    "people.com.cn-40760831",
    "xiancity.cn-031059541",
    "big5.cri.cn-bbbf1751-1c36-55f7-af0c-e3d0e83aeaa8",
    "cpbue.pl-instytut-fraunhofera",
    "diyikaoshi.com-33900",
    "dzb.sjtu.edu.cn-5348",
    "eshukan.com-145343",
    "familyaffaireventmanagement.com-101",
    "guanggunyy8.com-1n72934461",
    "huaue.com-20251220171446",
    "hutangcun.com-175335",
    "iosapp77.com-2917630",
    "johnnytowncar.com-news1004783",
    "kepu.neamco.com-37769254",
    "m.xinnengyuan100.com-62700",
    "news.china.com-47573599",
    "pg.njupt.edu.cn-c1071a244213",
    "polen.diplo.de-2017-05-24-mou-projektzentrum",
    "polen.diplo.de-2135802",
    "sxdaily.com.cn-8972624",
    "szb.snkjb.com-20210414-000",
    "te-ch.tech-295444",
    "trsensing.com-18028",
    "web.hgredart.com-89591",
    "wu.po.opole.pl-ze-znakiem-jakosci",
    "wuhanxidiji.com-22582",
    "zgjyjdw.cn-1657",
    "zhejianglong.com-123015M5R021",
}
"""Sources that are not in the tables, by the last part of their IRI."""
