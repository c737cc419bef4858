// Exports: the visible data as CSV.
import { actors, countLinks, evidence, links, linksOf, measures, orderBy, styleOf } from "./data.js";
import { visible } from "./filter.js";
import { day, now } from "./state.js";
import { download, toCsv } from "../shared/download.js";

/** The name of an actor as the source writes it. @param {Actor} actor */
const sourceLabel = ({ label, stated }) => stated || label;

export function downloadActors() {
  /** @type {Record<string, (actor: number) => Cell>} */
  const scores = Object.fromEntries([...measures].map(([name, { values }]) => [name, (actor) => values[actor]]));
  /** @type {Record<string, (actor: number) => Cell>} */
  const columns = {
    iri: (actor) => actors[actor].iri,
    label_en: (actor) => sourceLabel(actors[actor]).en,
    label_zh: (actor) => sourceLabel(actors[actor]).zh,
    kind: (actor) => styleOf(actor).kind,
    sector: (actor) => styleOf(actor).sector,
    region: (actor) => (actors[actor].region || {}).en,
    community: (actor) => actors[actor].community,
    partners_named: (actor) => actors[actor].named,
    partners_unnamed: (actor) => actors[actor].unnamed,
    is_lower_bound: (actor) => Boolean(actors[actor].bound),
    links: (actor) => countLinks(linksOf[actor]),
    ...scores,
  };
  const items = orderBy(now.by).filter((actor) => visible.actors.has(actor));
  download("actors.csv", "text/csv", toCsv(columns, items));
}

/** @param {number} k */
const membersOf = (k) => links[k].members.map((actor) => actors[actor]);
/** @param {number} k */
const piecesOf = (k) => links[k].evidence.map((place) => evidence[place]);
/** @type {Record<string, (link: number) => Cell>} */
const LINK_COLUMNS = {
  iri: (k) => links[k].iri,
  label_en: (k) => links[k].label.en,
  label_zh: (k) => links[k].label.zh,
  kind: (k) => links[k].kind,
  stage: (k) => links[k].stage,
  stated_as: (k) => links[k].stated,
  start_earliest: (k) => day(links[k].start),
  start_latest: (k) => day(links[k].latest),
  layers: (k) => links[k].layers.join(" "),
  parties: (k) =>
    membersOf(k)
      .map(({ iri }) => iri)
      .join(" "),
  parties_en: (k) =>
    membersOf(k)
      .map(sourceLabel)
      .map(({ en, zh }) => en ?? zh ?? "")
      .join("; "),
  parties_zh: (k) =>
    membersOf(k)
      .map(sourceLabel)
      .map(({ en, zh }) => zh ?? en ?? "")
      .join("；"),
  named: (k) => links[k].named,
  declared: (k) => links[k].declared,
  is_lower_bound: (k) => Boolean(links[k].bound),
  evidence: (k) =>
    piecesOf(k)
      .map(({ iri }) => iri)
      .join(" "),
  publishers: (k) => [...new Set(piecesOf(k).map(({ publisher }) => publisher))].filter(Boolean).join("; "),
  addresses: (k) =>
    piecesOf(k)
      .map(({ address }) => address)
      .filter(Boolean)
      .join(" "),
};

export function downloadLinks() {
  download("links.csv", "text/csv", toCsv(LINK_COLUMNS, [...visible.links]));
}
