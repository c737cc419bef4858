"""Colours and shapes are distinguishable and legible."""

import re
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.map.scene.styles import DARK, LIGHT, SECTORS, Theme, base, radius, style_of

# Machado, Oliveira & Fernandes 2009, severity 1, over linear sRGB.
SIGHTS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
KINDS = {
    "university": "University",
    "firm": "Firm",
    "government": "GovernmentDepartment",
    "institute": "ResearchInstitute",
    "intermediary": "Alliance",
}


def linear(colour: str) -> NDArray[np.float64]:
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(light: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y, z = XYZ @ np.clip(light, 0, 1) / np.array([0.9505, 1, 1.089])
    fx, fy, fz = (np.cbrt(part) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(linear(colour) @ XYZ[1]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_sectors_are_distinguishable_with_every_kind_of_sight(sight: str, ground: str) -> None:
    seen = {
        sector: lab(np.array(SIGHTS[sight]) @ linear(getattr(style_of(kind, sector), ground)))
        for sector, kind in KINDS.items()
    }
    for a, b in combinations(seen, 2):
        assert np.linalg.norm(seen[a] - seen[b]) > 15, (a, b)


def test_shapes_contrast_with_the_ground() -> None:
    for sector, kind in [*KINDS.items(), ("", "Person")]:
        style = style_of(kind, sector)
        assert contrast(style.light, LIGHT.ground) >= 3, sector
        assert contrast(style.dark, DARK.ground) >= 3, sector


def test_every_sector_has_its_own_shape() -> None:
    assert set(KINDS) == set(SECTORS)
    assert len({style_of(kind, sector).shape for sector, kind in KINDS.items()}) == len(KINDS)


def test_kinds_of_one_sector_differ() -> None:
    kinds = (("University", "university"), ("VocationalCollege", "university"), ("Unit", "university"))
    assert len({(style.shape, style.hollow) for style in (style_of(*one) for one in kinds)}) == 3
    assert style_of("Alliance", "intermediary").shape != style_of("Association", "intermediary").shape


def test_radius_of_a_square_is_half_the_root_of_its_area() -> None:
    assert radius("square", 100) == pytest.approx(5)
    assert radius("diamond", 100) == pytest.approx(50**0.5)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_is_legible_in_both_themes(theme: Theme) -> None:
    for ink in (theme.ink, theme.muted, theme.accent):
        for ground in (theme.ground, theme.raised, theme.soft):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(theme.edge, theme.ground) >= 3


def test_base_style_contains_the_colours_of_both_themes() -> None:
    light, system, dark, *_ = base().splitlines()
    for theme, rules in ((LIGHT, light), (DARK, system), (DARK, dark)):
        variables = dict(re.findall(r"--([a-z]+):(#[0-9a-f]{6});", rules))
        assert variables == {
            **{shade: getattr(theme, shade) for shade in variables if hasattr(theme, shade)},
            **{style.name: theme.colour(style) for style in (style_of("", sector) for sector in (*SECTORS, ""))},
        }
        assert len(variables) == 8 + len(SECTORS) + 1
