"""The participation tables, a star schema: actors, links, and the participations between them.

A build writes them beside the store, and networks are read from them. They are derived and never edited. Ids are row
numbers. `actors` and `links` are sorted by IRI, so equal graphs give equal ids.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.errors import InputError, StoreError, reason
from kg.files import read_plain
from kg.terms import expand
from kg.texts import Text, listed


def _texts(*names: str) -> "list[pa.Field[Any]]":
    return [pa.field(name, pa.string()) for name in names]


def _days(*names: str) -> "list[pa.Field[Any]]":
    return [pa.field(name, pa.date32()) for name in names]


def _numbers(*names: str) -> "list[pa.Field[Any]]":
    return [pa.field(name, pa.int32()) for name in names]


ACTORS = pa.schema(
    [*_texts("iri", "label_en", "label_zh", "kind", "sector"), *_numbers("host", "parent"), *_texts("region", "city")]
)
LINKS = pa.schema(
    [
        *_texts("iri", "label_en", "label_zh", "link_type", "kind", "stage", "arity"),
        *_numbers("common"),
        *_days("start_earliest", "start_latest", "end_earliest", "end_latest"),
        *_numbers("declared"),
        pa.field("is_lower_bound", pa.bool_()),
        *_numbers("named"),
        *_texts("place"),
        pa.field("sources", pa.list_(pa.int32())),
        pa.field("derived", pa.bool_()),
    ]
)
PARTIES = pa.schema([*_numbers("link", "actor"), pa.field("role", pa.dictionary(pa.int32(), pa.string()))])
SOURCES = pa.schema(_texts("iri", "publisher", "quality", "collection"))
MONEY = pa.schema([*_numbers("link", "actor"), *_texts("currency"), pa.field("amount", pa.float64())])

_TABLES = {"actors": ACTORS, "links": LINKS, "parties": PARTIES, "sources": SOURCES, "money": MONEY}


_UNKNOWN = Text()


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection of links.

    Attributes:
        title: in English and Chinese.
        credit: publisher and licence in one line.
        in_default_lens: whether a network includes it without being asked.
        frame, missing: the set of which it is complete, and what it lacks.
    """

    title: Text
    credit: Text
    in_default_lens: bool = True
    frame: Text = _UNKNOWN
    missing: Text = _UNKNOWN

    @property
    def attribution(self) -> Text:
        """The credit without the stop at its end."""
        english, chinese = self.credit.pair
        return Text(english and english.removesuffix("."), chinese and chinese.removesuffix("。"))


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Participations as integer ids, with the tables that the ids refer to.

    Attributes:
        actors: columns of `ACTORS`; `host` is the row of the host of a unit, `parent` that of the body to which a
            subsidiary or an institute belongs, or -1.
        links: columns of `LINKS`; `declared` is the declared size (a lower bound if `is_lower_bound`), `named`
            the number of distinct named organisations, `sources` the rows of the sources of its participations,
            `derived` whether all of these are inferred, `common` the row of its common party, or null.
        parties: columns of `PARTIES`; each (link, actor, role) once.
        layers: layer of the network by role, both as notations; a role that does not tie is absent.
        default_layers, default_stages: default notations of a network.
        sources: columns of `SOURCES`, sorted by IRI; `quality` is a notation.
        collections: the collections by name.
        money: columns of `MONEY`: known contributions of actors to links; each (link, actor, currency) once.
    """

    actors: pa.Table
    links: pa.Table
    parties: pa.Table
    layers: Mapping[str, str]
    default_layers: frozenset[str]
    default_stages: frozenset[str]
    sources: pa.Table = field(default_factory=SOURCES.empty_table)
    money: pa.Table = field(default_factory=MONEY.empty_table)
    collections: Mapping[str, Collection] = field(default_factory=dict)

    @property
    def beside_lens(self) -> frozenset[str]:
        """The names of the collections that a network includes only by choice."""
        return frozenset(name for name, one in self.collections.items() if not one.in_default_lens)

    def reported(self) -> pa.Table:
        """Return the links without competent departments: a register always names both parties of those."""
        registered = pc.fill_null(pc.equal(self.links["link_type"], "Supervision"), fill_value=False)
        return self.links.filter(pc.invert(registered))

    def save(self, directory: Path) -> None:
        """Write the tables as `directory`, which appears complete or not at all.

        Raises:
            OSError: the directory cannot be written, or exists and is not empty.
        """
        part = directory.with_name(directory.name + ".part")
        try:
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            for name in _TABLES:
                pq.write_table(getattr(self, name), part / f"{name}.parquet", compression="zstd")
            (part / "lens.json").write_text(self._lens_json(), encoding="utf-8")
            part.replace(directory)
        except OSError:
            shutil.rmtree(part, ignore_errors=True)
            raise

    def _lens_json(self) -> str:
        lens = {
            "layers": dict(self.layers),
            "default_layers": sorted(self.default_layers),
            "default_stages": sorted(self.default_stages),
            "collections": {
                name: [one.title.pair, one.credit.pair, one.in_default_lens, one.frame.pair, one.missing.pair]
                for name, one in self.collections.items()
            },
        }
        return json.dumps(lens, indent=2, sort_keys=True) + "\n"


def load(directory: Path) -> Incidence:
    """Read the tables that `Incidence.save` wrote.

    Raises:
        StoreError: a file is missing or damaged, or has other columns.
    """
    try:
        lens = json.loads(read_plain(directory / "lens.json"))
        return Incidence(
            **{name: _read(directory / f"{name}.parquet", schema) for name, schema in _TABLES.items()},
            layers=lens["layers"],
            default_layers=frozenset(lens["default_layers"]),
            default_stages=frozenset(lens["default_stages"]),
            collections={
                name: Collection(Text(*title), Text(*credit), in_lens, *(Text(*one) for one in frame))
                for name, (title, credit, in_lens, *frame) in lens["collections"].items()
            },
        )
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise StoreError(
            "{directory}: the participation tables cannot be read ({error}); run kg store repair, or write them again",
            directory=directory,
            error=reason(error),
        ) from error


def actor_named(incidence: Incidence, text: str) -> str:
    """Return the IRI of the actor `text`: an IRI, a key such as ``huawei``, or a label of exactly one actor.

    Raises:
        InputError: no actor or several actors match.
    """
    actors = incidence.actors
    iri = expand(text)
    if pc.index(actors["iri"], iri).as_py() >= 0:
        return iri
    labelled = pc.or_kleene(
        *(pc.fill_null(pc.equal(actors[name], text), fill_value=False) for name in ("label_en", "label_zh"))
    )
    found = actors.filter(labelled)["iri"].to_pylist()
    if len(found) == 1:
        return str(found[0])
    if found:
        raise InputError("several actors are named {text!r}: {iris}; pass an IRI", text=text, iris=listed(found))
    raise InputError("there is no actor {text!r} in these tables; pass an IRI or a label", text=text)


def _read(path: Path, schema: pa.Schema) -> pa.Table:
    if path.exists() and not path.is_file():
        raise ValueError(f"{path.name} is not a plain file")
    table = pq.ParquetFile(path).read()  # read_table would import pyarrow.dataset, 0.3 s
    if not table.schema.equals(schema):
        raise ValueError(f"{path.name} has other columns than this version writes")
    return table
