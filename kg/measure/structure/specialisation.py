"""Specialisation: in which fields an actor has more links than its size would give it, and which fields are near.

The functions know a matrix of actors x fields: how many links of actor c are about field f, X_cf. Which link is about
which field is not in a network; whoever calls says it (`kg.query.link_topics`). A link about several fields counts in
each.
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
from kg.measure.summary_notes import summary_notes
from kg.model import Cell, Table, Text
from kg.network import Network
from kg.rdf.ontology import in_chinese

_NOTHING = 1e-9
SMALLEST = 3
NEAREST = 5

COLUMNS = ("actor", "label", "field", "field_label", "links", "rca", "specialised", "relatedness", "complexity")


@dataclass(frozen=True, slots=True, eq=False)
class Fields:
    """How many links of each actor are about each field; each row and each column has some.

    Attributes:
        actors: places in `Network.actors`, one for each row.
        fields: IRIs, sorted, one for each column.
        links: the matrix.
        untold: links of such actors of which no field is told.
    """

    actors: tuple[int, ...]
    fields: tuple[str, ...]
    links: NDArray[np.float64]
    untold: int


def fields(network: Network, topics: Mapping[str, Sequence[str]], sector: str) -> Fields:
    """The matrix of the actors of `sector` by the fields that `topics` says of their links."""
    known = sorted({topic for link in network.links for topic in topics.get(link.iri, ())})
    place = {topic: number for number, topic in enumerate(known)}
    ends = [(number, place[topic]) for number, link in enumerate(network.links) for topic in topics.get(link.iri, ())]
    of_link, of_field = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    about = csr_array((np.ones(len(ends)), (of_link, of_field)), shape=(len(network.links), len(known)))
    matrix = network.incidence_matrix()
    ours = np.array([actor.sector == sector for actor in network.actors], dtype=np.bool_)
    counts = (matrix.T @ about).toarray() * ours[:, None]
    rows, columns = np.flatnonzero(counts.any(axis=1)), np.flatnonzero(counts.any(axis=0))
    theirs = matrix @ ours.astype(float) > 0
    untold = int(np.count_nonzero(theirs & (np.diff(about.indptr) == 0)))
    chosen = counts[rows][:, columns]
    return Fields(tuple(rows.tolist()), tuple(known[column] for column in columns.tolist()), chosen, untold)


def rca(links: NDArray[np.float64]) -> NDArray[np.float64]:
    """Revealed comparative advantage ``(X_cf / X_c.) / (X_.f / X_..)``; at 1 or more the actor is specialised.

    Each row and column has some links. Trap: with few links one of them is an advantage.

    Citation: Balassa 1965, Manchester School 33, 99-123.
    """
    expected = np.outer(links.sum(axis=1), links.sum(axis=0)) / links.sum() if links.size else links
    found: NDArray[np.float64] = links / expected
    return found


def relatedness(special: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How near each field is to what each actor specialises in, 0 to 1; the field itself does not count.

    ``d_cf = sum_g M_cg phi_gf / sum_g phi_gf`` over the other fields g, with the proximity of two fields
    ``phi_gf = (sum_c M_cg M_cf) / max(k_g, k_f)``: the smaller of the chances that who has one has the other. Nan for a
    field that no actor shares with another field: it is near to none.

    Citation: Hidalgo, Klinger, Barabási & Hausmann 2007, Science 317, 482-487.
    """
    cells = special.astype(np.float64)
    together, size = cells.T @ cells, cells.sum(axis=0)
    proximity = together / np.maximum(np.maximum(size[:, None], size[None, :]), 1)
    np.fill_diagonal(proximity, 0)
    total = proximity.sum(axis=0)
    found: NDArray[np.float64] = np.divide(
        csr_array(cells) @ proximity,
        total,
        out=np.full(cells.shape, np.nan),
        where=np.broadcast_to(total > 0, cells.shape),
    )
    return found


def complexity(special: NDArray[np.bool_]) -> NDArray[np.float64] | Text:
    """The complexity index of each actor, of mean 0 and deviation 1; or why it is not defined.

    The second eigenvector of ``M~_cd = sum_f M_cf M_df / (k_c k_f)``, with the sign that goes with the number of
    fields. Not defined where M falls into parts (the second eigenvector then tells them apart), where it has fewer than
    three rows or columns, or where the second eigenvalue is not single.

    Citation: Hidalgo & Hausmann 2009, PNAS 106, 10570-10575; as an eigenvector, Hausmann et al. 2011, The Atlas of
    Economic Complexity.
    """
    if min(special.shape, default=0) < SMALLEST:
        rows, columns = special.shape
        return Text(
            f"{rows} actors and {columns} fields are too few; {SMALLEST} of each are needed",
            f"{rows}个行动者、{columns}个领域太少，各需至少{SMALLEST}个",
        )
    cells = special.astype(np.float64)
    parts, _ = connected_components(csr_array(cells @ cells.T), directed=False)
    if parts > 1:
        return Text(
            f"actors and the fields they specialise in fall into {parts} parts that share none",
            f"行动者及其专长领域分为互不相连的{parts}个部分",
        )
    diversity, ubiquity = cells.sum(axis=1), cells.sum(axis=0)
    scaled = cells / np.sqrt(np.outer(diversity, ubiquity))
    second, vector, third = _second(csr_array(scaled), np.sqrt(diversity))
    if np.isclose(second, third) or np.isclose(second, 1):
        return Text(
            "its second eigenvalue is not single, so that no order follows from it", "其第二特征值为重根，不能据以排序"
        )
    index = vector / np.sqrt(diversity)
    if not index.std():
        return Text("all actors specialise alike", "所有行动者的专长相同")
    index = (index - index.mean()) / index.std()
    slope = dot(index, diversity - diversity.mean())
    # Where it says nothing of diversity, the first actor that differs decides, so that it is the same each time.
    sign = np.sign(slope if abs(slope) > _NOTHING else index[np.flatnonzero(np.abs(index) > _NOTHING)[0]])
    signed: NDArray[np.float64] = index * sign
    return signed


def _second(scaled: csr_array, root: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], float]:
    """Return the second eigenvalue of ``S S'`` with its vector, and the third eigenvalue.

    ``S S'`` is symmetric and has the eigenvalues of M~; its vectors divided by sqrt(k_c), `root`, are those of M~. The
    first value is 1, and its vector is `root`.
    """
    known = [(1.0, root / length(root))]

    def rest(x: NDArray[np.float64]) -> NDArray[np.float64]:
        # Plus the identity, so that what rounding leaves of a value of 0 is nothing beside 1.
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
    """The fields of the actors of `sector`: those it has links in, and the nearest others (at most `NEAREST`).

    Fields of most advantage come first, then the nearest. `names` are the labels of the fields; `actor`, an IRI, leaves
    the rows of the others out.
    """
    found = fields(network, topics, sector)
    notes = (*summary_notes(network), *_notes(network, found, sector))
    if not found.links.size:
        return Table(COLUMNS, (), notes)
    advantage = rca(found.links)
    special = advantage >= 1
    index = complexity(special)
    near = relatedness(special)
    if isinstance(index, Text):
        notes = (*notes, Text("Complexity is not defined: {reason}.", "复杂度无定义：{reason}。").format(reason=index))
    rows = [
        row
        for place, number in enumerate(found.actors)
        if actor in {None, network.actors[number].iri}
        for row in _rows(network, found, (advantage, near, index), place, lang, names)
    ]
    return Table(COLUMNS, tuple(rows), notes)


def _rows(
    network: Network,
    found: Fields,
    scores: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64] | Text],
    place: int,
    lang: str,
    names: Mapping[str, Text],
) -> Iterator[tuple[Cell, ...]]:
    advantage, near, index = scores
    actor = network.actors[found.actors[place]]
    complex_ = None if isinstance(index, Text) else rounded(float(index[place]))
    order = np.lexsort((-np.nan_to_num(near[place]).round(12), -advantage[place].round(12)))
    there = int(np.count_nonzero(found.links[place]))
    for column in order[: there + NEAREST].tolist():
        links, ratio, nearness = (float(one[place, column]) for one in (found.links, advantage, near))
        if links or nearness > 0:
            field, told = found.fields[column], None if np.isnan(nearness) else rounded(nearness)
            label = names.get(field, Text()).localise(lang)
            who = actor.iri, actor.label.localise(lang), field, label
            yield *who, int(links), rounded(ratio), bool(ratio >= 1), told, complex_


def _notes(network: Network, found: Fields, sector: str) -> Iterator[Text]:
    actors, known = len(found.actors), len(found.fields)
    yield Text(
        f"{actors} actors of the sector {sector} have links about {known} fields.",
        f"{actors}个{in_chinese('sector', sector)}行动者有涉及{known}个领域的联系。",
    )
    yield Text(
        f"Left out: {found.untold} links of such actors whose field is not told.",
        f"未计入：这些行动者的{found.untold}条未说明领域的联系。",
    )
    if not found.actors:
        yield sector_note(sectors(network))
    yield Text(
        "rca: the field's share in the actor's links against that in all; specialised from 1; few links say little.",
        "rca：该领域在行动者联系中的份额与在全部联系中的份额之比；不小于1为专长；联系少则说明不了什么。",
    )
    yield Text(
        "relatedness: how near the field is to the actor's other specialities, 0 to 1; empty where near to none.",
        "relatedness：该领域与行动者其他专长的接近程度，0至1；与任何领域都不接近则为空。",
    )
