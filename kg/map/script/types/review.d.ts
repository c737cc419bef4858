// Types of the page on which a person reviews proposals; kg.review.content writes the data.

type Verdict = "accepted" | "changed" | "refused";
type Pair = [string, string];

interface ReviewParty {
  name: string;
  type: string | null;
}

interface ReviewProposal {
  id: string;
  relation: string;
  head: ReviewParty;
  tail: ReviewParty;
  spans: [number, number][];
  stage: string;
  modality: string;
  date: string;
  inferred: boolean;
  role: string;
  count: string;
  confidence: number;
  preaccepted: boolean;
  reason: Pair | null;
}

interface ReviewSuggestion {
  iri: string;
  label: string;
  score: number;
  reasons: Pair;
}

interface ReviewName {
  type: string;
  name: string;
  start: number;
  end: number;
  known: string | null;
  aliases: string[];
  isActor: boolean;
  suggestions: ReviewSuggestion[];
}

interface ReviewRefusal {
  relation: string;
  head: string;
  tail: string;
  quote: string;
  reason: string;
  detail: string;
}

interface ReviewChange {
  head?: string;
  tail?: string;
  stage?: string;
  date?: string;
  role?: string;
}

interface ReviewDecision {
  verdict: Verdict;
  change?: ReviewChange;
}

interface NameChoice {
  actor: string | null;
  spelling: string;
}

interface Addition {
  relation: string;
  head: string;
  head_type: string;
  tail: string;
  tail_type?: string;
  start: number;
  end: number;
  trigger: string;
}

interface ReviewDocument {
  sha256: string;
  name: string;
  title: string;
  publisher: string;
  date: string;
  address: string;
  quality: string;
  text: string;
  names: ReviewName[];
  proposals: ReviewProposal[];
  refusals: ReviewRefusal[];
  decisions: Record<string, ReviewDecision>;
  choices: Record<string, NameChoice>;
  sentences: [number, number][];
  added: Addition[];
}

interface ReviewData {
  lang: Lang;
  stem: string;
  format: string;
  day: string;
  reviewer: string;
  words: Record<string, Pair>;
  types: Record<string, Pair>;
  kinds: Record<string, { heads: string[]; tails: string[] }>;
  relations: Record<string, Pair>;
  reasons: Record<string, Pair>;
  stages: Record<string, Pair>;
  qualities: Record<string, Pair>;
  documents: ReviewDocument[];
}
