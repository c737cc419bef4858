"""Options of scenes and maps."""

from dataclasses import dataclass
from typing import TypedDict, Unpack

from kg import names
from kg.map.scene.model import StoryStep
from kg.network import Mode
from kg.texts import Message


@dataclass(frozen=True, slots=True)
class SceneOptions:
    """Options of a scene.

    Attributes:
        lang: "en" or "zh".
        initial_view: one of `kg.map.formats.VIEWS`.
        theme: "light" or "dark"; by default a page follows its reader's system.
        width: width of a picture in print, millimetres.
    """

    lang: str = "en"
    initial_view: str = "map"
    theme: str | None = None
    width: int | None = None


@dataclass(frozen=True, slots=True)
class MapOptions(SceneOptions):
    """Options of a map.

    Attributes:
        measure: the measure that determines the sizes of the nodes; ``None`` for that of `kg.measure.star.chosen`.
        mode: "two-mode" or "one-mode".
        focus: IRI of an actor; the map contains its neighbourhood within `hops` links. By default the whole network.
        top: number of actors with the highest scores to which the map is limited; by default all.
        suffix: suffix of the file, one of `kg.map.formats.FORMATS`.
        title: heading; by default that of the focus, or of the whole network.
        from_data: whether the data decide an empty `lang`, and the focus if there is none (`kg.map.defaults`).
        story: steps that lead through a page (`kg.map.story`).
        ground: "white" or "transparent", for a picture.
        samples: number of samples for rank intervals, 0 for none; by default `kg.measure.cost.default_samples`.
    """

    measure: str | None = "partners"
    mode: Mode = "two-mode"
    focus: str | None = None
    hops: int = 1
    top: int | None = None
    suffix: str = ".html"
    samples: int | None = None
    title: str | None = None
    from_data: bool = False
    story: tuple[StoryStep, ...] = ()
    ground: str | None = None


class MapFields(TypedDict, total=False):
    """The fields of `MapOptions`."""

    lang: str
    initial_view: str
    theme: str | None
    width: int | None
    ground: str | None
    measure: str | None
    mode: Mode
    focus: str | None
    hops: int
    top: int | None
    suffix: str
    samples: int | None
    title: str | None
    from_data: bool
    story: tuple[StoryStep, ...]


def map_options(**fields: Unpack[MapFields]) -> MapOptions:
    """Return the options with these fields.

    Raises:
        UsageError: a field does not exist.
    """
    names.check_known(Message("option of a map"), fields, MapFields.__annotations__)
    return MapOptions(**fields)
