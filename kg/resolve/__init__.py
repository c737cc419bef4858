"""Entity resolution: judgements and equal identifiers join actors, scores only suggest pairs, sources never change.

::

    facts (judgements, identifiers, parts) -> clusters -> canonical IRIs, chains, contradictions
    profiles (names, kinds, places) -> blocking -> constraints -> scoring -> suggestions

`kg.ingest.derive` states at each build which actor every other counts as, with the judgements and the evidence.
"""

from kg.resolve.clusters import Clusters
from kg.resolve.identity import identity, identity_of

__all__ = ["Clusters", "identity", "identity_of"]
