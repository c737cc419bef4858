"""Names in capitals as maps, pages and findings show them."""

import pytest

from kg.model import Text
from kg.model.shown import shown_name, shown_text


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("UNIVERSITY OF OXFORD", "University of Oxford"),
        ("HUAWEI TECHNOLOGIES CO LTD", "Huawei Technologies Co Ltd"),
        ("NXP SEMICONDUCTORS AUSTRIA GMBH & CO KG", "NXP Semiconductors Austria GmbH & Co KG"),
        ("CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE CNRS", "Centre National de la Recherche Scientifique CNRS"),
        ("LABORATOIRE NATIONAL DE METROLOGIE ET D'ESSAIS", "Laboratoire National de Metrologie et d'Essais"),
        ("XI'AN JIAOTONG UNIVERSITY", "Xi'an Jiaotong University"),
        ("L'OREAL SA", "L'Oreal SA"),
        ("J.I.G. INTERNET CONSULTING SL", "J.I.G. Internet Consulting SL"),
        ("AIT AUSTRIAN INSTITUTE OF TECHNOLOGY GMBH", "AIT Austrian Institute of Technology GmbH"),
        ("STMICROELECTRONICS GRENOBLE 2 SAS", "STMicroelectronics Grenoble 2 SAS"),
        ("UNIVERSITÄT FÜR BODENKULTUR WIEN", "Universität für Bodenkultur Wien"),
        ("CULTUREPOLIS", "Culturepolis"),
    ],
)
def test_a_name_in_capitals_has_title_case(stated: str, shown: str) -> None:
    assert shown_text(stated) == shown


@pytest.mark.parametrize("name", ["CRRC", "3M", "AKKA I&S", "Mixed Name GMBH", "西安 ABC", "http://a", ""])
def test_acronyms_and_other_names_remain(name: str) -> None:
    assert shown_text(name) == name


def test_each_language_is_written_for_itself() -> None:
    assert shown_name(Text("THALES SA", "泰雷兹")) == Text("Thales SA", "泰雷兹")
    assert shown_name(Text("Thales", None)) == Text("Thales", None)
