"""Specialisation: fields in which an actor has more links than its size predicts, and related fields.

The functions use a matrix of actors x fields with the number X_cf of links of actor c about field f. A network does not
contain the fields of its links; the caller provides them (`kg.query.link_topics`). A link about several fields counts
in each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kg.measure.indicators import sector_note, sectors
from kg.measure.linear_algebra import dot, largest, length
from kg.measure.scores import rounded
from kg.measure.summary_notes import framed_notes
from kg.model import Cell, Table, Text
from kg.network import Network
from kg.rdf.ontology import Concept
from kg.texts import Message

_TOLERANCE = 1e-9

MIN_LINKS = 5
"""The links in a field below which no specialisation is stated."""

MIN_SIZE = 3
"""The smallest number of actors and of fields for which complexity is defined."""

RELATED_FIELDS = 5
"""The number of related fields without links that are listed for each actor."""

COLUMNS = (
    "actor",
    "label",
    "field",
    "field_label",
    "links",
    "rca",
    "rca_lower",
    "rca_upper",
    "specialised",
    "relatedness",
    "complexity",
)


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """The number of links of each actor about each field, without empty rows and columns.

    Attributes:
        actors: the index in `Network.actors` of each row.
        fields: the IRI of each column, sorted.
        links: the matrix.
        unknown: the number of links of such actors whose field is unknown.
    """

    actors: tuple[int, ...]
    fields: tuple[str, ...]
    links: NDArray[np.float64]
    unknown: int


def fields(network: Network, topics: Mapping[str, Sequence[str]], sector: str) -> Fields:
    """Return the matrix of the actors of `sector` by the fields of their links, which are in `topics` by IRI."""
    known = sorted({topic for link in network.links for topic in topics.get(link.record, ())})
    index = {topic: number for number, topic in enumerate(known)}
    ends = [
        (number, index[topic]) for number, link in enumerate(network.links) for topic in topics.get(link.record, ())
    ]
    of_link, of_field = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    about = csr_array((np.ones(len(ends)), (of_link, of_field)), shape=(len(network.links), len(known)))
    matrix = network.incidence_matrix()
    members = np.array([actor.sector == sector for actor in network.actors], dtype=np.bool_)
    counts = (matrix.T @ about).toarray() * members[:, None]
    rows, columns = np.flatnonzero(counts.any(axis=1)), np.flatnonzero(counts.any(axis=0))
    relevant = matrix @ members.astype(float) > 0
    unknown = int(np.count_nonzero(relevant & (np.diff(about.indptr) == 0)))
    chosen = counts[rows][:, columns]
    return Fields(tuple(rows.tolist()), tuple(known[column] for column in columns.tolist()), chosen, unknown)


def rca(links: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the revealed comparative advantage ``(X_cf / X_c.) / (X_.f / X_..)``; 1 or more is a specialisation.

    Rows and columns must not be empty. Trap: for an actor with few links, a single link is an advantage.

    Citation: Balassa 1965, Manchester School 33, 99-123.
    """
    expected = np.outer(links.sum(axis=1), links.sum(axis=0)) / links.sum() if links.size else links
    advantage: NDArray[np.float64] = links / expected
    return advantage


def relatedness(special: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the relatedness of each field to the other specialisations of each actor, from 0 to 1.

    ``d_cf = sum_g M_cg phi_gf / sum_g phi_gf`` over the other fields g, with the proximity of two fields
    ``phi_gf = (sum_c M_cg M_cf) / max(k_g, k_f)``, the smaller of both conditional probabilities that an actor
    specialises in one field given the other. Nan for a field without proximity to any other.

    Citation: Hidalgo, Klinger, Barabási & Hausmann 2007, Science 317, 482-487.
    """
    cells = special.astype(np.float64)
    together, size = cells.T @ cells, cells.sum(axis=0)
    proximity = together / np.maximum(np.maximum(size[:, None], size[None, :]), 1)
    np.fill_diagonal(proximity, 0)
    total = proximity.sum(axis=0)
    density: NDArray[np.float64] = np.divide(
        csr_array(cells) @ proximity,
        total,
        out=np.full(cells.shape, np.nan),
        where=np.broadcast_to(total > 0, cells.shape),
    )
    return density


def complexity(special: NDArray[np.bool_]) -> NDArray[np.float64] | Text:
    """Return the complexity index of each actor, with mean 0 and deviation 1, or the reason why it is not defined.

    It is the second eigenvector of ``M~_cd = sum_f M_cf M_df / (k_c k_f)``, with the sign that correlates with the
    number of fields. Not defined if M has several components (which the second eigenvector would separate), has fewer
    than three rows or columns, or has a multiple second eigenvalue.

    Citation: Hidalgo & Hausmann 2009, PNAS 106, 10570-10575; as an eigenvector, Hausmann et al. 2011, The Atlas of
    Economic Complexity.
    """
    if min(special.shape, default=0) < MIN_SIZE:
        rows, columns = special.shape
        return Message(
            "{rows} actors and {columns} fields are too few; {MIN_SIZE} of each are needed",
            rows=rows,
            columns=columns,
            MIN_SIZE=MIN_SIZE,
        )
    cells = special.astype(np.float64)
    parts, _ = connected_components(csr_array(cells @ cells.T), directed=False)
    if parts > 1:
        return Message("actors and the fields in which they specialise form {parts} separate components", parts=parts)
    diversity, ubiquity = cells.sum(axis=1), cells.sum(axis=0)
    scaled = cells / np.sqrt(np.outer(diversity, ubiquity))
    second, vector, third = _second(csr_array(scaled), np.sqrt(diversity))
    if np.isclose(second, third) or np.isclose(second, 1):
        return Message("its second eigenvalue is multiple, so that the order is not defined")
    index = vector / np.sqrt(diversity)
    if not index.std():
        return Message("all actors have the same specialisations")
    index = (index - index.mean()) / index.std()
    slope = dot(index, diversity - diversity.mean())
    # Without such a correlation, the first actor that differs from 0 determines the sign, for reproducibility.
    sign = np.sign(slope if abs(slope) > _TOLERANCE else index[np.flatnonzero(np.abs(index) > _TOLERANCE)[0]])
    signed: NDArray[np.float64] = index * sign
    return signed


def _second(scaled: csr_array, root: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], float]:
    """Return the second eigenvalue of ``S S'`` with its vector, and the third eigenvalue.

    ``S S'`` is symmetric and has the eigenvalues of M~; its vectors divided by sqrt(k_c), `root`, are those of M~. The
    first value is 1, and its vector is `root`.
    """
    known = [(1.0, root / length(root))]

    def rest(x: NDArray[np.float64]) -> NDArray[np.float64]:
        # The identity is added, so that the rounding error of an eigenvalue 0 is small relative to 1.
        image: NDArray[np.float64] = x + scaled @ (scaled.T @ x)
        for value, vector in known:
            image = image - value * dot(vector, x) * vector
        return image

    rng = np.random.default_rng(0)
    for _ in range(2):
        value, vector = largest(rest, rng.random(len(root)))
        known.append((value - 1, vector))
    return known[1][0], known[1][1], known[2][0]


def table(
    network: Network,
    topics: Mapping[str, Sequence[str]],
    names: Mapping[str, Text],
    sector: str = "university",
    actor: str | None = None,
    lang: str = "en",
) -> Table:
    """Return the fields of the actors of `sector`: those of their links, and up to `RELATED_FIELDS` related ones.

    Fields are sorted by advantage, then by relatedness. `names` are the labels of the fields; `actor`, an IRI, selects
    the rows of one actor.
    """
    counts = fields(network, topics, sector)
    notes = (*framed_notes(network), *_notes(network, counts, sector))
    if not counts.links.size:
        return Table(COLUMNS, (), notes)
    advantage = rca(counts.links)
    special = advantage >= 1
    index = complexity(special)
    related = relatedness(special)
    if isinstance(index, Text):
        notes = (*notes, Message("Complexity is not defined: {reason}.", reason=index))
    rows = [
        row
        for position, number in enumerate(counts.actors)
        if actor in {None, network.actors[number].iri}
        for row in _rows(network, counts, (advantage, related, index), position, lang, names)
    ]
    return Table(COLUMNS, tuple(rows), notes)


def _rows(
    network: Network,
    counts: Fields,
    scores: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64] | Text],
    position: int,
    lang: str,
    names: Mapping[str, Text],
) -> Iterator[tuple[Cell, ...]]:
    advantage, related, index = scores
    actor = network.actors[counts.actors[position]]
    actor_complexity = None if isinstance(index, Text) else rounded(float(index[position]))
    order = np.lexsort((-np.nan_to_num(related[position]).round(12), -advantage[position].round(12)))
    own = int(np.count_nonzero(counts.links[position]))
    for column in order[: own + RELATED_FIELDS].tolist():
        links, ratio, density = (float(one[position, column]) for one in (counts.links, advantage, related))
        if links or density > 0:
            field, cell = counts.fields[column], None if np.isnan(density) else rounded(density)
            label = names.get(field, Text()).localise(lang)
            name = actor.iri, actor.label.localise(lang), field, label
            few = links < MIN_LINKS
            bounds = _interval(links, float(counts.links[position].sum()), float(counts.links[:, column].sum()), counts)
            yield *name, int(links), rounded(ratio), *bounds, None if few else ratio >= 1, cell, actor_complexity


def _interval(links: float, of_actor: float, of_field: float, counts: Fields) -> tuple[float | None, float | None]:
    """Return the ends of the advantage for the 95 % interval of the field's share in the actor's links.

    Citation: Wilson 1927, J. Am. Stat. Assoc. 22, 209-212.
    """
    share, z = links / of_actor, 1.959964
    middle = (share + z**2 / (2 * of_actor)) / (1 + z**2 / of_actor)
    reach = z / (1 + z**2 / of_actor) * float(np.sqrt(share * (1 - share) / of_actor + z**2 / (4 * of_actor**2)))
    scale = float(counts.links.sum()) / of_field
    return rounded(max(middle - reach, 0.0) * scale), rounded(min(middle + reach, 1.0) * scale)


def _notes(network: Network, counts: Fields, sector: str) -> Iterator[Text]:
    actors, known = len(counts.actors), len(counts.fields)
    yield Message(
        "{actors} actors of the sector {sector} have links about {known} fields.",
        actors=actors,
        sector=Concept("sector", sector),
        known=known,
    )
    yield Message("Left out: {unknown} links of such actors whose field is unknown.", unknown=counts.unknown)
    if not counts.actors:
        yield sector_note(sectors(network))
    yield Message(
        "rca: the field's share in the actor's links divided by that in all links, with its 95 % interval; specialised "
        "from 1, and only with {minimum} links or more in the field.",
        minimum=MIN_LINKS,
    )
    yield Message(
        "relatedness: the proximity of the field to the actor's other specialisations, 0 to 1; empty without any. "
        "Relatedness and complexity use each rca of 1 or more, also of few links."
    )
