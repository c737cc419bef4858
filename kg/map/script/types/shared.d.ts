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
type Test = (query: string, name: string) => boolean;

/** A result of the search. */
interface Result {
  style: StyleRow;
  name: string;
  other: string;
  choose: () => void;
}
