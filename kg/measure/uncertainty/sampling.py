"""Options for sampling the networks that are compatible with the known facts."""

from dataclasses import dataclass
from typing import TypedDict

from kg.errors import UsageError
from kg.texts import Message, Text


class SamplingFields(TypedDict, total=False):
    """The fields of `SamplingOptions`."""

    samples: int
    complete: bool
    known_share: float | None
    drop_links: float
    seed: int


@dataclass(frozen=True, slots=True)
class SamplingOptions:
    """The number of sampled networks and the way each is drawn.

    Attributes:
        samples: the number of sampled networks.
        complete: whether unnamed parties are imputed (`kg.measure.uncertainty.imputation.impute`).
        known_share: the probability that an unnamed party is an actor of the network. The default is the share of
            named participations whose actor takes part in another link too.
        drop_links: the share of links that each sample omits before the imputation.
        seed: the random seed. Equal seeds give equal samples, and the first n samples do not depend on `samples`.

    Raises:
        UsageError: a value is out of range, or the options neither impute parties nor omit links.
    """

    samples: int = 200
    complete: bool = True
    known_share: float | None = None
    drop_links: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        """Raise an error if a value is out of range."""
        if self.samples < 1:
            raise UsageError("the number of samples must be 1 or more, not {samples}", samples=self.samples)
        if self.known_share is not None and not 0 <= self.known_share <= 1:
            raise UsageError(
                "the known share must be between 0 and 1, not {known_share:g}", known_share=self.known_share
            )
        if not 0 <= self.drop_links < 1:
            raise UsageError(
                "the share of links to drop must be at least 0 and below 1, not {drop_links:g}",
                drop_links=self.drop_links,
            )
        if not self.complete and not self.drop_links:
            raise UsageError("the samples would equal the network; impute unnamed parties or drop links")
        if self.seed < 0:
            raise UsageError("the seed must be 0 or more, not {seed}", seed=self.seed)

    @property
    def unit(self) -> Text:
        """The noun for several samples; the Chinese one contains its measure word."""
        return Message("samples", "drop links") if self.drop_links else Message("samples", "impute parties")
