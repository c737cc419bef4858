// Panel: details of the chosen point or line, with each link and all its evidence.
import { actorBody } from "./actor_panel.js";
import { network, panTo } from "./canvas.js";
import {
  actors,
  cities,
  cityAt,
  communities,
  communityAt,
  countLinks,
  firstParts,
  isActor,
  isCity,
  isLink,
  isPack,
  linkAt,
  orderBy,
  packAt,
  pointOfCommunity,
  styleOf,
} from "./data.js";
import { drawing, pointAt } from "./drawing.js";
import { facets, matchesFacet, visible } from "./filter.js";
import { chosenFinding, linksOfFinding } from "./findings.js";
import { linkItem } from "./link_panel.js";
import { openPack } from "./packs.js";
import { askPathEnd, endPathQuestion, drawnPath, pathStart } from "./paths.js";
import { change, changed, nameOf, nameOfCommunity, now, toggled, without } from "./state.js";
import { cityPanel } from "./unplaced.js";
import { button, byId, clamp, detailsById, make } from "../shared/dom.js";
import { narrowScreen, swatch } from "../shared/theme.js";
import { localise, word } from "../shared/words.js";

/** @param {number} actor */
export function actorActions(actor) {
  const pinned = now.pins.has(actor);
  const focused = now.focus === actor;
  const { community } = actors[actor];
  const unpinned = new Map([...now.pins].filter(([one]) => one !== actor));
  const { x, y } = pointAt(actor) ?? { x: 0, y: 0 };
  const steps = make("input", { type: "number", min: "1", max: "9", value: String(now.hops), id: "hops" });
  steps.addEventListener("change", () =>
    change({ focus: actor, hops: clamp(Math.round(steps.valueAsNumber) || 1, 1, 9) }),
  );
  return make(
    "div",
    { class: "actions" },
    button(word(focused ? "focusEnd" : "focus"), () => change({ focus: focused ? null : actor }), {
      "aria-pressed": String(focused),
    }),
    make("label", { class: "hops" }, word("hops"), steps),
    button(word("path"), () => askPathEnd(actor)),
    button(
      word(pinned ? "unpin" : "pin"),
      () => change({ pins: pinned ? unpinned : new Map(now.pins).set(actor, [x, y]) }),
      { "aria-pressed": String(pinned) },
    ),
    button(
      word(now.selected.has(actor) ? "deselect" : "select"),
      () => change({ selected: toggled(now.selected, actor), only: false }),
      { "aria-pressed": String(now.selected.has(actor)) },
    ),
    communities[community].length > 1 &&
      button(word("fold"), () =>
        change({ closed: new Set(now.closed).add(community), chosen: { point: pointOfCommunity(community) } }),
      ),
  );
}

/** @param {number} community */
function communityBody(community) {
  const members = orderBy(now.by).filter((actor) => actors[actor].community === community && visible.actors.has(actor));
  return [
    make(
      "div",
      { class: "actions" },
      button(word("unfold"), () => change({ closed: without(now.closed, community), chosen: null })),
    ),
    make(
      "ul",
      { class: "items" },
      ...members.map((actor) =>
        make(
          "li",
          {},
          swatch(styleOf(actor)),
          button(nameOf(actors[actor]), () => choose({ point: actor }, true)),
        ),
      ),
    ),
  ];
}

/** @param {number[]} ends */
function pathBody(ends) {
  const { steps, count } = drawnPath(ends);
  const turn = (/** @type {number} */ by) => () => change({ way: (now.way + by + count) % count });
  const turns = make(
    "p",
    { class: "actions" },
    make("span", {}, word("pathCount", { i: now.way + 1, n: count })),
    button("‹", turn(-1), { "aria-label": word("pathBefore") }),
    button("›", turn(1), { "aria-label": word("pathNext") }),
  );
  const actorItem = (/** @type {number} */ actor) =>
    make(
      "p",
      { class: "stop" },
      swatch(styleOf(actor)),
      button(nameOf(actors[actor]), () => choose({ point: actor }, true)),
    );
  if (!steps.length) return [make("p", {}, word("pathNone"))];
  return [
    count > 1 && turns,
    actorItem(ends[0]),
    ...steps.flatMap(({ k, to }) => [linkItem(k, steps.length < 3), actorItem(to)]),
  ];
}

function panelContent() {
  const finding = chosenFinding();
  if (finding) {
    const count = make("h3", { class: "part" }, word("linksN", { n: countLinks(linksOfFinding()) }));
    const body = [count, ...firstParts(linksOfFinding()).map((k) => linkItem(k, false))];
    return { title: localise(finding.text), body, end: () => change({ finding: null }) };
  }
  if (now.path) {
    const [a, b] = now.path.map((actor) => nameOf(actors[actor]));
    return { title: word("pathTitle", { a, b }), body: pathBody(now.path), end: () => change({ path: null }) };
  }
  const { point, line } = now.chosen ?? {};
  if (point !== undefined && isActor(point)) {
    return { title: nameOf(actors[point]), body: actorBody(point) };
  }
  if (point !== undefined && isCity(point)) return cityPanel(cityAt(point));
  if (point !== undefined && !isLink(point))
    return { title: nameOfCommunity(communityAt(point)), body: communityBody(communityAt(point)) };
  const linkIds = point !== undefined ? [linkAt(point)] : (drawing.lines.get(line ?? "")?.links ?? []);
  const ends = line === undefined ? [] : line.split("-").map(Number);
  const named = ends.length > 0 && !ends.some(isLink) && !ends.some(isPack);
  const [a, b] = named ? ends.map(nameOfEnd) : [];
  return {
    title: word(named ? "between" : "link", { n: linkIds.length, a, b }),
    body: linkIds.map((k) => linkItem(k, linkIds.length < 3)),
  };
}

/** @type {Element | null} */
let opener = null;

/** @param {State} [before] */
export function showPanel(before) {
  const panel = byId("panel");
  const isTold = document.body.classList.contains("told"); // the story itself describes a finding
  const open = Boolean(now.chosen || now.path || (now.finding && !isTold));
  const isNewTarget = before && changed(before, "chosen", "path", "finding");
  if (isNewTarget && open && panel.hidden) opener = document.activeElement;
  const top = isNewTarget ? 0 : panel.scrollTop;
  if (panel.hidden === open) {
    panel.hidden = !open;
    network.setSize("100%", "100%"); // immediately; vis-network itself checks its size once a second
    network.redraw();
  }
  panel.replaceChildren();
  if (!open) {
    if (isNewTarget && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    return;
  }
  const { title, body, end } = panelContent();
  const heading = make("h2", { id: "heading", tabindex: "-1" }, title);
  panel.append(
    make(
      "div",
      { class: "top" },
      heading,
      button("×", end ?? (() => choose(null)), { "aria-label": word("close"), class: "close" }),
    ),
    ...body.flat().filter((part) => part instanceof Node),
  );
  panel.scrollTop = top;
  if (isNewTarget) heading.focus({ preventScroll: true });
}

/** @param {number} end */
export function nameOfEnd(end) {
  if (isPack(end)) return word("packed", { n: pointAt(end)?.inside?.length ?? 0 });
  if (isActor(end)) return nameOf(actors[end]);
  return isCity(end) ? nameOf(cities[cityAt(end)]) : nameOfCommunity(communityAt(end));
}

/**
 * The changes that make an actor visible: its community is unfolded, and no filter hides it.
 * @param {number} actor
 */
function unhidden(actor) {
  /** @type {Partial<State>} */
  const patch = {};
  const { community } = actors[actor];
  if (now.closed.has(community)) patch.closed = without(now.closed, community);
  const hides = facets.filter((facet) => facet.ofActor && !matchesFacet(facet, actor)).map(({ name }) => name);
  if (hides.length) patch.off = new Map([...now.off].filter(([name]) => !hides.includes(name)));
  return patch;
}

/**
 * @param {Choice | null} chosen
 * @param {boolean} [move]
 */
export function choose(chosen, move = false) {
  if (pathStart !== null && chosen?.point !== undefined && isActor(chosen.point) && chosen.point !== pathStart) {
    const path = [pathStart, chosen.point];
    endPathQuestion();
    return change({ path, way: 0, chosen: null, finding: null });
  }
  if (chosen?.point !== undefined && isPack(chosen.point)) return openPack(packAt(chosen.point));
  const back = move && chosen?.point !== undefined && isActor(chosen.point) ? unhidden(chosen.point) : {};
  change({ chosen, finding: null, path: chosen ? null : now.path, ...back });
  if (move && narrowScreen.matches) for (const id of ["side", "list"]) detailsById(id).open = false; // a narrow screen has room for one of them
  if (chosen && (move || narrowScreen.matches)) panTo(chosen.point, move);
}
