// Types of the canvas page: the decoded payload, the state, and what is drawn.

interface Ring {
  count: number;
  bound: boolean;
}

interface Actor {
  iri: string;
  label: Label;
  short: Label | 0;
  stated: Label | 0;
  cuts: ActorRow["cuts"];
  names: [string | undefined, string][];
  style: number;
  named: number;
  unnamed: number;
  bound: number;
  ring: Ring;
  community: number;
  region: Label | 0;
  units: Label[];
}

/** A party of a link: `actor` is -1 for an actor that is not on the map, and -2 for a counted group. */
interface Party {
  role: string;
  actor: number;
  label: Label;
  count?: number | null;
  countKind?: string;
  named?: number;
}

/** A link, or the part of one with several partners, which share a record; days are days since 1970-01-01. */
interface Link {
  iri: string;
  record: string;
  label: Label;
  kind: string;
  stage?: string;
  stated?: string;
  start: number | null;
  latest: number | null;
  about: Label;
  parties: Party[];
  members: number[];
  layers: string[];
  named: number;
  declared: number;
  bound: number;
  evidence: number[];
}

interface Evidence {
  iri: string;
  title: Label;
  note: Label;
  start: number | null;
  end: number | null;
  derived: string[];
  source?: string;
  publisher?: string;
  published?: string;
  address?: string;
  quality?: string;
  reading?: string;
}

interface Measure {
  values: (number | null)[];
  lower?: (number | null)[];
  upper?: (number | null)[];
  rankIntervals?: ([number, number] | null)[];
}

interface Position {
  x: number;
  y: number;
}

interface Box extends Position {
  width: number;
  height: number;
}

/** A point of the drawing; `inside` are the actors that it represents. */
interface Point extends Position {
  id: number;
  size: number;
  shape: string;
  ring: Ring;
  inside?: number[];
}

interface MapLine {
  from: number;
  to: number;
  links: number[];
}

interface Line extends MapLine {
  id: string;
}

interface Drawing {
  points: Map<number, Point>;
  lines: Map<string, Line>;
  at: Map<number, Line[]>;
}

interface View extends ViewColumns {
  positions: Map<number, Position>;
  lines?: MapLine[];
}

interface City extends Position {
  label: Label;
  members: number[];
}

interface Choice {
  point?: number;
  line?: string;
}

/** The state of the page; it is replaced as a whole. */
interface State {
  view: string;
  by: string;
  colour: string;
  top: number;
  off: Map<string, Set<string>>;
  tie: string[] | null;
  from: number | null;
  to: number | null;
  undated: boolean;
  chosen: Choice | null;
  focus: number | null;
  hops: number;
  path: number[] | null;
  way: number;
  closed: Set<number>;
  opened: Set<number>;
  pins: Map<number, number[]>;
  selected: Set<number>;
  only: boolean;
  finding: string | null;
}

/** What the reader set beside the state. */
interface Settings {
  lang?: Lang;
  theme?: Theme;
  viewport?: number[];
}

/** A filter by the values of actors or links; `values` are numbers per value. */
interface Facet {
  name: string;
  ofActor: boolean;
  of: (place: number) => string[];
  label: (value: string) => string;
  values: Map<string, number>;
}

interface Visible {
  actors: Set<number>;
  links: Set<number>;
  certainty: ("" | "certain" | "possible")[];
  outside: number[];
  undated: number[];
}

/** What the canvas shows at this moment; it is not part of the state. */
interface Display {
  fitScale: number;
  hovered: number | null;
  highlight: { points: Set<number>; lines: Set<string> } | null;
  moving: boolean;
  version: number;
  viewport: string[] | null;
  picture: PictureArea | null;
}

/** An entry of the legend of a picture; a sign has no style. */
/** The part of the map that a picture shows: its scale, its size in pixels, and its centre in map units. */
type PictureArea = Position & { scale: number; width: number; height: number };

interface PictureEntry extends Position {
  path: string;
  text: string;
  style: ScriptStyle | null;
  dash: number[];
  filled?: boolean;
}

type TextPart = { text: string; size: number; weight: number; ink: "ink" | "muted" };
/** Links that began in a year, certainly or possibly, and its first and last day. */
type YearLinks = { year: number; sure: number[]; perhaps: number[]; low: number; high: number };
type Disc = Box & { id: number };
type LabelText = { rows: string[]; size: number; width: number; height: number };
type PlacedLabel = LabelText & { box: Box; ink: "ink" | "muted"; id: number; leader: boolean };
type Space = { scale: number; screen: Box; taken: Box[]; dots: Box[]; discs: Disc[] };
type Stroke = { width: number; dash: number[]; ends: [Point, Point][] };
type Ribbon = {
  x: number;
  width: number;
  top: number;
  bottom: number;
  sectors: string[];
  text: string;
};
type SectorPair = { from: number; to: number; records: Set<string>; xs: number[] };
type BandBox = Box & { sector: string };
type Step = { from: number; k: number; to: number };
type Pointers = { nodes: number[]; pointer: { DOM: Position; canvas: Position }; node: number };
type PanelBody = (Child | Child[])[];
type TableCell = string | { press: () => void; text: string };
type TableContent = {
  titles: string[];
  numbers: number[];
  brief: number[];
  rows: number[];
  cells: (row: number) => TableCell[];
};

interface Window {
  kgMap: object;
  kgLarge: object;
}
