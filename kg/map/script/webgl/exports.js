// Exports: the visible map as PNG, the visible data as CSV.
import { byId, flatContext, make } from "../shared/dom.js";
import { download, toCsv } from "../shared/download.js";
import { theme } from "../shared/theme.js";
import { isoDay, localise } from "../shared/words.js";
import { expandIri, iriOf, n, nameIn, scene, scores, styleOf } from "./data.js";
import { sourcesOf } from "./describe.js";
import { nameCanvas } from "./labels.js";
import {
  formAt,
  latestOf,
  linkCount,
  linkKeys,
  linksOf,
  linkText,
  partners,
  rolesOf,
  sourceIris,
  startOf,
  unnamedOf,
  unnamedParties,
} from "./links.js";
import { canvas, paint, setMoving } from "./render.js";
import { linkVisible, pointVisible } from "./visible.js";

/**
 * @param {Uint8Array} flags
 * @param {number} count
 */
const flagged = (flags, count) => Array.from({ length: count }, (_, i) => i).filter((i) => flags[i]);
/** @param {number} value */
const finite = (value) => (Number.isNaN(value) ? null : value);

/** @type {Record<string, (actor: number) => Cell>} */
const ACTOR_COLUMNS = {
  iri: iriOf,
  label_en: (actor) => (scene.stated[actor] ? scene.stated[actor][0] : nameIn(actor, "en")),
  label_zh: (actor) => (scene.stated[actor] ? scene.stated[actor][1] : nameIn(actor, "zh")),
  kind: (actor) => scene.styles[styleOf[actor]].kind,
  sector: (actor) => scene.styles[styleOf[actor]].sector,
  partners_named: (actor) => partners(actor).length,
  partners_unnamed: (actor) => unnamedParties(actor).count,
  is_lower_bound: (actor) => unnamedParties(actor).bound,
  links: (actor) => linksOf(actor).length,
  [scene.measure]: (actor) => finite(scores[actor]),
};

export function downloadActors() {
  download("actors.csv", "text/csv", toCsv(ACTOR_COLUMNS, flagged(pointVisible, n)));
}

/** @param {number} days */
const dayOrNull = (days) => (Number.isNaN(days) ? null : isoDay(days));
/** @type {Record<string, (link: number) => Cell>} */
const LINK_COLUMNS = {
  iri: (link) => expandIri(linkKeys[link]),
  label_en: (link) => linkText?.(2 * link),
  label_zh: (link) => linkText?.(2 * link + 1),
  kind: (link) => formAt(link).kind,
  stage: (link) => formAt(link).stage,
  start_earliest: (link) => dayOrNull(startOf[link]),
  start_latest: (link) => dayOrNull(latestOf[link]),
  parties: (link) =>
    rolesOf(link)
      .map(({ actor }) => iriOf(actor))
      .join(" "),
  parties_en: (link) =>
    rolesOf(link)
      .map(({ actor }) => nameIn(actor, "en") || nameIn(actor, "zh"))
      .join("; "),
  parties_zh: (link) =>
    rolesOf(link)
      .map(({ actor }) => nameIn(actor, "zh") || nameIn(actor, "en"))
      .join("；"),
  roles: (link) =>
    rolesOf(link)
      .map(({ roles }) => roles.join("+"))
      .join(" "),
  unnamed: (link) => unnamedOf[link],
  is_lower_bound: (link) => Boolean(formAt(link).bound),
  sources: (link) =>
    sourcesOf(link)
      .map((source) => sourceIris[source])
      .join(" "),
};

export function downloadLinks() {
  download("links.csv", "text/csv", toCsv(LINK_COLUMNS, flagged(linkVisible, linkCount)));
}

// The PNG contains the screen, the title and the number of visible actors and links.
export function downloadPng() {
  setMoving(false);
  paint();
  const scale = window.devicePixelRatio;
  const top = 64 * scale;
  const to = make("canvas", { width: canvas.width, height: canvas.height + top });
  const context = flatContext(to);
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, to.width, to.height);
  for (const from of [canvas, nameCanvas]) context.drawImage(from, 0, top);
  context.fillStyle = theme.ink;
  context.font = `650 ${18 * scale}px ${theme.face}`;
  context.fillText(localise(scene.title), 20 * scale, 28 * scale);
  context.fillStyle = theme.muted;
  context.font = `${13 * scale}px ${theme.face}`;
  context.fillText(byId("visibleCount").textContent ?? "", 20 * scale, 50 * scale);
  to.toBlob((blob) => blob && download("map.png", "image/png", blob));
}
