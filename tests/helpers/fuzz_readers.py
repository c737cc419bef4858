"""Fuzzing of the readers: corrupted inputs, and invariants of their results.

The script runs for SECONDS, guided by coverage (`make fuzz`); test_fuzz.py runs a few hundred inputs. Each reader has
seeds here: small valid files, which are then corrupted. An input that violates an invariant is kept in the folder of
temporary files; pass its path after SECONDS to run it again.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
from helpers import fuzz_borders, readings
from helpers.stores import SMALL, make
from helpers.terms import value_of
from helpers.workbooks import Parts, written

from kg.errors import InputError
from kg.ingest.editions import Ingest
from kg.ingest.readers.catalogue import READERS
from kg.ingest.readers.input_files import Inputs
from kg.ingest.scratch_db import ScratchDb
from kg.ingest.to_file import list_refused
from kg.read.decisions import Change
from kg.store.local import LocalStore
from kg.terms import HX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.readers.reader import Reader

Files = dict[str, bytes]
"""Input of a run: contents by file name."""


@dataclass(frozen=True)
class Seed:
    """A small valid input, and the name of the file to corrupt."""

    files: Files
    target: str


def _json(name: str, *records: dict[str, Any]) -> Seed:
    return Seed({name: json.dumps(records, ensure_ascii=False).encode()}, name)


def _text(name: str, text: str) -> Seed:
    return Seed({name: text.encode()}, name)


_EXAMPLE = next(reader.example for reader in READERS if reader.name == "table").encode()
_TABLE = (
    "No.,University,Partner,Website,Others,Agreement,Type,Status,Signed,Funds\n"
    "1,西安理工大学,华为;中兴,www.huawei.com;zte.com.cn,over 30,共建协议,共建,已签,2025-11-08,\n"
    "2,西安理工大学,比亚迪,https://www.byd.com/cn,,协议,战略合作,拟签,2025年,30000\n"
).encode()
_LISTED = (
    "seq,name,code,dept,province,city,level,note\n"
    "1,北京大学,4111010001,教育部,北京市,北京市,本科,\n"
    "2,上海科技大学,4131014423,上海市 中国科学院,上海市,上海市,专科,民办\n"
)
_CHANGED = "code,name_2017,name_2025\n4111010858,北京电子科技职业学院,北京科技职业大学\n4113010101,甲,甲\n"
_PLACE = {"name": "Oakland", "country_code": "US", "lat": 37.8, "lng": -122.3}
_ROR: dict[str, Any] = {
    "id": "https://ror.org/00pjdza24",
    "status": "active",
    "types": ["education"],
    "names": [{"value": "UC", "types": ["ror_display", "label"], "lang": "en"}],
    "external_ids": [{"type": "isni", "all": ["0000 0001 2348 0690"], "preferred": None}],
    "locations": [{"geonames_id": 5378538, "geonames_details": _PLACE}],
    "domains": ["uc.edu"],
    "links": [{"type": "website", "value": "http://www.uc.edu/"}],
    "relationships": [{"type": "child", "id": "https://ror.org/02jbv0t02", "label": "B"}],
}
_ALEX = "https://openalex.org/"
_BODIES: list[dict[str, Any]] = [
    {
        "id": f"{_ALEX}I1",
        "display_name": "Uni",
        "type": "education",
        "country_code": "CN",
        "homepage_url": "http://a.cn",
    },
    {"id": f"{_ALEX}I2", "display_name": "Firm", "type": "company", "country_code": "DE"},
]
_WORK = {
    "id": f"{_ALEX}W7",
    "display_name": "On something",
    "publication_year": 2015,
    "publication_date": "2015-01-01",
    "authorships": [{"institutions": [body]} for body in _BODIES],
    "primary_topic": {"id": f"{_ALEX}T1", "field": {"id": f"{_ALEX}fields/13", "display_name": "Biochemistry"}},
}
_PARTICIPATION = {
    "projectID": 785219,
    "projectAcronym": "Graph",
    "organisationID": 999984059,
    "name": "SOME INSTITUTE",
    "activityType": "REC",
    "role": "participant",
    "ecContribution": 100,
    "country": "DE",
    "city": "MUNCHEN",
    "geolocation": "48.1322435,11.529588",
    "organizationURL": "http://www.institute.de/en",
    "endOfParticipation": False,
}
_PROJECT = {"id": 785219, "acronym": "Graph", "title": "A project", "startDate": "2018-04-01", "endDate": "2020-03-31"}
_TECH = {
    "id": 14439,
    "title": "A project ",
    "status": "Completed",
    "startDate": "Aug 2013",
    "endDate": "Feb 2016",
    "leadOrganization": {"name": "Rice University", "type": "Industry", "city": None, "country": "United States"},
    "primaryTas": [{"code": "TX05", "title": "Communications"}],
}
_RELATED: list[dict[str, Any]] = [
    {
        "cls": "hasAuthorInstitution",
        "type": "organization",
        "id": "wf_1::030f",
        "legalname": "A",
        "websiteurl": "http://a",
    },
    {"cls": "hasAuthorInstitution", "type": "organization", "id": "sn__::e84a", "legalname": "X Ltd", "country": "GB"},
    {"cls": "", "type": "project", "id": "corda__h2020::3120", "code": "647839", "acronym": "Maps"},
]
_PUBLICATION = {"id": "wf_1::0736", "title": "A title", "date": "2017-12-20", "rels": _RELATED}


def _cells() -> list[list[str]]:
    return list(csv.reader(io.StringIO(_TABLE.decode())))


def _workbook() -> bytes:
    """Return the table as an uncompressed workbook, so that changes reach its XML."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    rows = "".join("<row>" + "".join(map(cell.format, row)) + "</row>" for row in _cells())
    with tempfile.TemporaryDirectory() as folder:
        return written(Path(folder) / "table.xlsx", Parts(rows)).read_bytes()


def _parquet() -> bytes:
    names, *rows = _cells()
    target = io.BytesIO()
    pq.write_table(pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)}), target)
    return target.getvalue()


def _report() -> Files:
    one = readings.reading()
    with tempfile.TemporaryDirectory() as folder:
        paths = readings.write(Path(folder), one, readings.accepted(one, p12=Change(stage="planned", date="2024-06")))
        return {path.name: path.read_bytes() for path in paths}


SEEDS: dict[str, tuple[Seed, ...]] = {
    "moe": (_text("list.csv", _LISTED), _text("changes.csv", _CHANGED)),
    "table": (
        Seed({"mapping.yaml": _EXAMPLE, "table.csv": _TABLE}, "table.csv"),
        Seed({"mapping.yaml": _EXAMPLE, "table.csv": _TABLE}, "mapping.yaml"),
        Seed({"mapping.yaml": _EXAMPLE, "table.xlsx": _workbook()}, "table.xlsx"),
        Seed({"mapping.yaml": _EXAMPLE, "table.parquet": _parquet()}, "table.parquet"),
    ),
    "cordis": (
        _json("organization.json", _PARTICIPATION),
        _json("project.json", _PROJECT),
        _text("project.csv", '"id";"acronym";"title";"startDate";"endDate"\n"1";"G";"T";"2018-04-01";"2020-03-31"\n'),
    ),
    "ror": (_json("ror.json", _ROR),),
    "openalex": (_json("works.json", _WORK), _json("institutions.json", *_BODIES)),
    "techport": (_json("projects.json", _TECH),),
    "openaire": (Seed({"results.jsonl": json.dumps(_PUBLICATION).encode() + b"\n"}, "results.jsonl"),),
    "report": (Seed(_report(), "lake.decisions.json"), Seed(_report(), "lake.proposals.json")),
}
"""Seeds of each reader; a reader without seeds fails its test."""

STRANGE = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x84\x31\xa4\x39", b"\r", b"\n", b'"', b",", b";", b"\t"),
    *(b"=1+1", b"@SUM(1)", b"javascript:alert(1)", b"http://[", b"a b", b"<>{}|^`\\", b"../../etc/passwd", b"..", b" "),
    *(b"0000-00-00", b"9999-99-99", b"99999-01-01", b"0001-01-01", b"2025-02-30", b"-1", b"1e999", b"NaN", b"9" * 400),
    *("\u202e\u2028\u0085".encode(), "é".encode() * 300, "示例.中国".encode(), b"[" * 3000, b'{"a":' * 3000, b"&a;*a"),
    *(b"null", b"true", b"[]", b"{}", b'""', b"[null]", b"\\ud800", b"\\u0000", b"\\", b"#REF!"),
)
"""Byte strings to insert anywhere: invalid characters, dates, numbers and addresses, deep nesting, code."""

_IRI = re.compile(r'[a-z][a-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\x7f]+')
_OURS = re.compile(r"https?://")
_DOMAIN = re.compile(r"[a-z0-9.-]+")


def corrupted(content: bytes, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Apply changes to `content`: offset, number of bytes removed, bytes inserted."""
    for start, removed, inserted in changes:
        offset = start % (len(content) + 1)
        content = content[:offset] + inserted + content[offset + removed :]
    return content


def ingest(reader: Reader, files: Files, folder: Path) -> str:
    """Run an ingest and check the invariants; return ``refused`` or ``read``.

    Raises:
        AssertionError: an invariant is violated.
    """
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with ScratchDb() as scratch:
        run = Ingest(reader, None, scratch)
        try:
            text = "".join(run.lines(reader.read(Inputs([folder / name for name in files]))))
        except InputError as error:
            message = str(error)
            assert len(message.splitlines()) == 1, f"not one sentence: {message!r}"
            assert len(message) < 2000, "the sentence is too long"
            return "refused"
        tally = run.tally()
        assert tally.read == tally.used + tally.refused + sum(count for _, count in tally.skipped)
        quads = list(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))
        assert len(quads) == tally.statements
        for quad in quads:
            _check(quad)
        list_refused(scratch, folder / "refused.csv", "en")
        listed = (folder / "refused.csv").read_text(encoding="utf-8")
        assert not re.search(r'(?:^|,)"?[=+@]', listed, re.MULTILINE), "a formula"
    return "read"


def _check(quad: ox.Quad) -> None:
    """Assert that IRIs are valid and that addresses cannot run code in a page."""
    for term in quad:
        if isinstance(term, ox.NamedNode):
            assert _IRI.fullmatch(term.value), term
            assert _OURS.match(term.value), term
    if quad.predicate.value == HX.address:
        assert _OURS.match(value_of(quad.object)), quad.object
    if quad.predicate.value == HX.webDomain:
        assert _DOMAIN.fullmatch(value_of(quad.object)), quad.object


def main() -> None:
    """Run all readers, graph files and queries on inputs that atheris generates, guided by coverage."""
    import atheris  # noqa: PLC0415 - `make fuzz` alone installs it

    seconds = int(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="kg-fuzz-") as place:
        make(Path(place) / "store", SMALL)
        view = LocalStore(Path(place) / "store").view()

        def one(data: bytes) -> None:
            provider = atheris.FuzzedDataProvider(data)
            choice = provider.ConsumeIntInRange(0, len(READERS) + 1)
            changes = []
            for _ in range(provider.ConsumeIntInRange(1, 4)):
                start, removed = provider.ConsumeIntInRange(0, 1 << 13), provider.ConsumeIntInRange(0, 12)
                which = provider.ConsumeIntInRange(0, len(STRANGE))
                inserted = STRANGE[which] if which < len(STRANGE) else provider.ConsumeBytes(8)
                changes.append((start, removed, inserted))
            if choice < len(READERS):
                seeds = SEEDS[READERS[choice].name]
                seed = seeds[provider.ConsumeIntInRange(0, len(seeds) - 1)]
                content = corrupted(seed.files[seed.target], changes)
                ingest(READERS[choice], {**seed.files, seed.target: content}, Path(place))
            elif choice == len(READERS):
                suffix = sorted(fuzz_borders.GRAPHS)[provider.ConsumeIntInRange(0, len(fuzz_borders.GRAPHS) - 1)]
                fuzz_borders.graph(suffix, corrupted(fuzz_borders.GRAPHS[suffix], changes), Path(place))
            else:
                text = fuzz_borders.QUERIES[provider.ConsumeIntInRange(0, len(fuzz_borders.QUERIES) - 1)]
                fuzz_borders.query(view, corrupted(text, changes))

        atheris.instrument_all()  # readers and the libraries that they use
        bounds = (f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=64", "-len_control=0")
        atheris.Setup([sys.argv[0], *bounds, f"-artifact_prefix={tempfile.gettempdir()}/kg-fuzz-", *sys.argv[2:]], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
