// Types of the modules that both pages share.

type Lang = "en" | "zh";
type Theme = "light" | "dark";

/** A name in English and in Chinese. */
interface Label {
  en?: string | null;
  zh?: string | null;
}

/** Values for the places of a message; `n` selects the singular. */
type Values = Record<string, string | number | null | undefined>;

type Child = Node | string | false | null | undefined | 0;
type Attributes = Record<string, string | number>;
type Cell = string | number | boolean | null | undefined;

/** A result of the search. */
interface Result {
  style: StyleRow;
  name: string;
  other: string;
  why: string;
  choose: () => void;
}

/** The spellings of the names of one thing; `syllables` are the readings of the characters of each Chinese name. */
interface Spellings {
  folded: string[];
  initials: string[];
  syllables: string[][][];
  short: string[];
}

/** An actor that the server finds. */
interface Completion {
  label: Label;
  name: string;
}

/** How a query matches: the index of the kind, the share of the name, and the index of the name, -1 for none. */
interface Match {
  kind: number;
  share: number;
  name: number;
}

type Found = Match & { thing: number };

/** A thing in the index of a site: names, other names, path, sector, kind, number of links. */
type SiteRow = [string | null, string | null, string[], string, string, number, number];

interface SiteIndex {
  rows: SiteRow[];
  kinds: [string, string][];
  keys: NameKeysJson;
}

interface SiteWords {
  lang: Lang;
  resultCount: string;
  noResult: string;
  matches: string[];
}
