// Exports: the visible map as PNG and SVG, the visible data as CSV.
import { mapCanvas } from "./canvas.js";
import { actors, countLinks, evidence, links, linksOf, measures, orderBy, scene, styleOf } from "./data.js";
import { visible } from "./filter.js";
import { summaryText } from "./main.js";
import { day, now } from "./state.js";
import { flatContext, make } from "../shared/dom.js";
import { download, toCsv } from "../shared/download.js";
import { theme } from "../shared/theme.js";
import { text, toLabel } from "../shared/words.js";

export function downloadActors() {
  /** @type {Record<string, (actor: number) => Cell>} */
  const scores = Object.fromEntries([...measures].map(([name, { values }]) => [name, (actor) => values[actor]]));
  /** @type {Record<string, (actor: number) => Cell>} */
  const columns = {
    iri: (actor) => actors[actor].iri,
    label_en: (actor) => actors[actor].label.en,
    label_zh: (actor) => actors[actor].label.zh,
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
      .map(({ label }) => label.en ?? label.zh ?? "")
      .join("; "),
  parties_zh: (k) =>
    membersOf(k)
      .map(({ label }) => label.zh ?? label.en ?? "")
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

// The PNG contains the screen and the title, in device pixels.
export function downloadPng() {
  const from = mapCanvas();
  const scale = from.width / from.clientWidth;
  const top = 64 * scale;
  const to = make("canvas", { width: from.width, height: from.height + top });
  const context = flatContext(to);
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, to.width, to.height);
  context.drawImage(from, 0, top);
  context.fillStyle = theme.ink;
  context.font = `650 ${18 * scale}px ${theme.face}`;
  context.fillText(text(toLabel(scene.title)), 20 * scale, 28 * scale);
  context.fillStyle = theme.muted;
  context.font = `${13 * scale}px ${theme.face}`;
  context.fillText(summaryText(), 20 * scale, 50 * scale);
  to.toBlob((blob) => blob && download("map.png", "image/png", blob));
}
