"""Comparison of the ranks in two networks."""

from datetime import date

import pytest
from helpers.networks import ID, LinkSpec, incidence
from helpers.tables import text_of
from helpers.texts import notes_of

from kg.errors import UsageError
from kg.measure.compare import compare
from kg.network import Lens
from kg.network.build import snapshots

OLD, NEW = ((date(year, 5, 1), date(year, 5, 1)) for year in (2023, 2025))
LINKS = {
    "a": LinkSpec("U1 I1", start=OLD),
    "b": LinkSpec("U1 I2", start=OLD),
    "c": LinkSpec("U2 I1", start=NEW),
    "d": LinkSpec("U2 I1", start=NEW),
    "e": LinkSpec("U1 I3", start=NEW),
}


def test_change_is_the_difference_of_ranks_in_both_networks() -> None:
    before, after = snapshots(incidence(LINKS), (2023, 2025))
    table = compare(("2023", before), ("2025", after))
    assert table.columns == ("actor", "label", "sector", "rank_2023", "rank_2025", "change", "score_2023", "score_2025")
    rows = {text_of(row[0]).removeprefix(ID): row[3:] for row in table.rows}
    assert rows == {
        "I1": (2, 1, 1, 1, 2),
        "U2": (None, 1, None, None, 2),
        "U1": (1, 3, -2, 2, 1),
        "I3": (None, 3, None, None, 1),
        "I2": (2, None, None, 1, None),
    }
    assert list(rows) == ["I1", "U2", "U1", "I3", "I2"]


def test_notes_describe_both_networks() -> None:
    before, after = snapshots(incidence(LINKS), (2023, 2025), Lens(date_mode="in-force"))
    notes = notes_of(compare(("2023", before), ("2025", after), sector="firm"))
    assert "2 links are in both 2023 and 2025, because their dates are open or they lasted." in notes
    assert any(
        note.startswith("2023: Lens: ") and "in force between 2023-01-01 and 2023-12-31" in note for note in notes
    )
    assert {"2023: The two-mode network of 3 actors and 2 links.", "2025: Sources: unknown."} <= set(notes)
    assert {"2023: 2 actors are ranked.", "2025: 3 actors are ranked."} <= set(notes)


def test_an_unknown_measure_is_refused() -> None:
    before, after = snapshots(incidence(LINKS), (2023, 2025))
    with pytest.raises(UsageError, match="no measure 'luck'"):
        compare(("2023", before), ("2025", after), measure="luck")
