// Types of the payload, written from kg/map/html/payload_types.py by tests/helpers/payload_types.py.

type Cells<T> = T[] | { each: T[]; at: number[] | null };
type Columns<Row> = { [Name in keyof Row]: Cells<Row[Name]> };

/** The style of a kind of actor. */
interface StyleRow {
  sector: string;
  kind: string;
  count: number;
  area: number;
  light: string;
  dark: string;
  hollow: boolean;
  path: string;
}

/** A style with the name of its shape in vis-network. */
interface ScriptStyle {
  sector: string;
  kind: string;
  count: number;
  area: number;
  light: string;
  dark: string;
  hollow: boolean;
  path: string;
  shape: string;
}

/** A style with the index of its shape in the shader. */
interface LargeStyle {
  sector: string;
  kind: string;
  count: number;
  area: number;
  light: string;
  dark: string;
  hollow: boolean;
  path: string;
  shape: number;
}

/** The keys of names for the search (`kg.search.keys`). */
interface NameKeysJson {
  variants: string;
  readings: string;
  short: Record<string, string[]>;
}

/** A row of the actors. */
interface ActorRow {
  iri: number;
  label: number[];
  short: number[] | number;
  stated: number[] | number;
  cuts: 0 | (0 | number[] | string[])[];
  names: number[];
  style: number;
  named: number;
  unnamed: number;
  bound: number;
  ring: number[] | number;
  community: number;
  region: number[] | number;
  units: number[][];
}

/** A row of the links. */
interface LinkRow {
  iri: number;
  label: number[];
  kind: number;
  stage: number;
  stated: number;
  start: number | null;
  latest: number | null;
  about: number[];
  parties: (number | null)[][];
  members: number[] | number;
  layers: number[];
  named: number;
  declared: number;
  bound: number;
  evidence: number[];
}

/** A row of the evidence, beside its columns of texts (``evidenceTexts``). */
interface EvidenceRow {
  iri: number;
  title: number[];
  note: number[];
  start: number | null;
  end: number | null;
  derived: number[];
}

/** The scores of all actors by one measure, as integers to be divided by ``per``. */
interface MeasureColumns {
  name: string;
  per: number;
  values: Cells<number | null>;
  lower?: Cells<number | null>;
  upper?: Cells<number | null>;
  rankIntervals?: Cells<[number, number] | null>;
}

/** Another layout: coordinates as x, y, x, y …, and links as differences between indexes. */
interface ViewColumns {
  name: string;
  actors: number[];
  links: Cells<number>;
  coordinates: number[];
  bands: [string, number, number][];
  days: [number, number] | null;
  viewport: number[] | null;
  cities: [string | null, string | null, number, number, number[]][];
  graticule: [string | null, string | null, ...number[]][];
}

/** The actor that a page is about, with its rank and the number of ranked actors by each measure. */
interface FocusRow {
  actor: number;
  ranks: ([number, number] | null)[];
}

/** A finding: its kind, its sentence in both languages, and the indexes of its links. */
interface FindingRow {
  name: string;
  text: (string | null)[];
  links: number[];
}

/** A step of the story: heading and text in both languages, and the address of its view. */
interface StepRow {
  title: (string | null)[];
  text: (string | null)[];
  view: string;
}

/** The common part of the payloads of both pages. */
interface CommonPayload {
  title: (string | null)[];
  subtitle: (string | null)[];
  notes: [string, string][];
  lang: string;
  theme: string | null;
  base: string;
  words: Record<string, (string | null)[]>;
  nameKeys: NameKeysJson;
  terms: Record<string, (string | null)[]>;
}

/** The payload of the canvas page. */
interface Payload {
  title: (string | null)[];
  subtitle: (string | null)[];
  notes: [string, string][];
  lang: string;
  theme: string | null;
  base: string;
  words: Record<string, (string | null)[]>;
  nameKeys: NameKeysJson;
  terms: Record<string, (string | null)[]>;
  styles: ScriptStyle[];
  findings: FindingRow[];
  headings: Record<string, (string | null)[]>;
  story: StepRow[];
  initialView: string;
  focus: FocusRow | null;
  maxDashes: number;
  leastShare: number;
  hyperedges: number[];
  measures: MeasureColumns[];
  views: ViewColumns[];
  evidenceTexts: string[];
  actors: Columns<ActorRow>;
  links: Columns<LinkRow>;
  evidence: Columns<EvidenceRow>;
  shared: number[];
  texts: string[];
}

/** Properties that many links share. */
interface LargeForm {
  kind: string;
  stage: string | null;
  point: boolean;
  start: boolean;
  latest: boolean;
  unnamed: boolean;
  bound: boolean;
  sources: number;
  roles: [string[], number][];
}

/** Texts as pieces, and the numbers of their pieces. */
interface LargeNames {
  pieces: string[];
  names: string;
}

/** Sources and their publishers. */
interface LargeSources {
  publishers: [string, string][];
  publisherOf: string;
  sourceIris: [string, string[]];
}

/** Links as numbers (`kg.map.webgl.links`). */
interface LargeLinks {
  publishers: [string, string][];
  publisherOf: string;
  sourceIris: [string, string[]];
  origin: number;
  forms: LargeForm[];
  links: string;
  linkIris: [string, string[]];
}

/** A finding with the differences between the indexes of its links. */
interface LargeFinding {
  name: string;
  text: (string | null)[];
  links: string;
}

/** The payload of the page of a large network; numbers are base64 of bytes (`kg.map.webgl.binary`). */
interface LargePayload {
  title: (string | null)[];
  subtitle: (string | null)[];
  notes: [string, string][];
  lang: string;
  theme: string | null;
  base: string;
  words: Record<string, (string | null)[]>;
  nameKeys: NameKeysJson;
  terms: Record<string, (string | null)[]>;
  pieces: string[];
  names: string;
  publishers: [string, string][];
  publisherOf: string;
  sourceIris: [string, string[]];
  origin: number;
  forms: LargeForm[];
  links: string;
  linkIris: [string, string[]];
  styles: LargeStyle[];
  findings: LargeFinding[];
  measure: string;
  shapes: string[];
  step: number;
  actors: number;
  hyperedgeSize: number;
  positions: string;
  area: number[];
  style: string;
  scores: string;
  stated: Record<string, (string | null)[]>;
  linkNames: LargeNames | null;
}
