"""Who is who: judgements and equal identifiers join, scores only suggest, and no source is rewritten.

::

    facts (judgements, identifiers, parts) -> clusters -> canonical ids, chains, contradictions
    profiles (names, kinds, places) -> blocking -> guards -> scoring -> suggestions

`kg.ingest.derive` states at each build whom an actor counts as, with the judgements and the evidence that it rests on.
"""

from kg.resolve.clusters import Clusters
from kg.resolve.identity import identity

__all__ = ["Clusters", "identity"]
