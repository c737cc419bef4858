"use strict";
// The map: pyvis's points and lines in vis-network, and around them what a reader does with them.
// Text from the data becomes text nodes and canvas text only; nothing here reads it as HTML or as code.
(() => {
  const input = JSON.parse(document.getElementById("data").textContent);
  const data = input.scene;
  const state = { lang: data.lang, off: new Set(), chosen: null, hovered: [], whole: 1, opener: null, theme: {} };

  // ---- words and elements
  const byId = (id) => document.getElementById(id);
  const text = (label) => (label && (label[state.lang] || label.en || label.zh)) || "";
  const other = (label) => (label.zh && label.en ? label[state.lang === "zh" ? "en" : "zh"] : "");
  const word = (key, values = {}) => text(data.words[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  const term = (scheme, notation) => (notation ? text(data.terms[`${scheme}/${notation}`]) || notation : "");
  const nameOf = (thing) => text(thing.label) || word("nameless");
  const number = (value) => new Intl.NumberFormat(state.lang, { maximumSignificantDigits: 3 }).format(value);
  const together = (...parts) => parts.filter(Boolean).join(" · ");

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children.filter(Boolean));
    return element;
  }

  function button(label, action, attributes = {}) {
    const element = make("button", { type: "button", ...attributes }, label);
    element.addEventListener("click", action);
    return element;
  }

  function picture(path, attributes) {
    const [svg, shape] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    for (const [name, value] of Object.entries({ d: path, ...attributes })) shape.setAttribute(name, value);
    for (const [name, value] of [["viewBox", "0 0 18 18"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
    svg.append(shape);
    return svg;
  }

  // ---- points and lines: actors come first, knots (links of many parties) after them
  const things = [...data.nodes, ...data.knots];
  const isKnot = (point) => point >= data.nodes.length;
  const looks = new Map(data.looks.map((look) => [`${look.sector} ${look.kind}`, look]));
  const lookOf = (point) => looks.get(`${data.nodes[point].sector} ${data.nodes[point].kind}`);
  // The sector is said where the kind leaves it open, as it does for units.
  const kindOf = ({ kind, sector }) => term("class", kind) + (data.looks.filter((look) => look.kind === kind).length > 1 ? ` (${term("sector", sector)})` : "");
  const linesAt = things.map(() => []);
  for (const line of input.edges) for (const end of [line.from, line.to]) linesAt[end].push(line);
  const order = data.nodes.map((_, point) => point).sort((a, b) => (data.nodes[b].score ?? -1) - (data.nodes[a].score ?? -1) || a - b);
  const places = new Map(data.nodes.map((node, point) => [node.iri, point]));

  // The picture is wide; an upright screen gets it turned.
  if (window.innerHeight > window.innerWidth) for (const node of input.nodes) [node.x, node.y] = [-node.y, node.x];
  const nodes = new vis.DataSet(input.nodes);
  const edges = new vis.DataSet(input.edges);
  const shown = new vis.DataView(nodes, { filter: ({ id }) => isShown(id) });
  const shownEdges = new vis.DataView(edges, { filter: (line) => isShown(line.from) && isShown(line.to) });
  const network = new vis.Network(byId("map"), { nodes: shown, edges: shownEdges }, JSON.parse(input.options));

  function isShown(point) {
    if (!isKnot(point)) return !state.off.has(lookOf(point));
    return linesAt[point].filter((line) => isShown(line.from)).length > 1;
  }

  // The chosen point or line with what hangs together with it; beyond a knot lie the other parties of the same link.
  function focus() {
    if (!state.chosen) return null;
    const { point, line } = state.chosen;
    const lines = new Set(line === undefined ? linesAt[point] : [input.edges[line]]);
    if (line === undefined) for (const { to } of [...lines]) if (isKnot(to)) linesAt[to].forEach((spoke) => lines.add(spoke));
    const near = new Set([...lines].flatMap(({ from, to }) => [from, to]));
    return { lines, near: point === undefined ? near : near.add(point) };
  }

  const marked = () => [...state.hovered, ...(state.chosen?.point === undefined ? [] : [state.chosen.point])].filter(isShown);

  // ---- colours
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const narrow = window.matchMedia("(max-width: 760px)");
  const motion = (duration) => !window.matchMedia("(prefers-reduced-motion: reduce)").matches && { duration };
  const colourOf = ({ style }) => (dark.matches ? style.dark : style.light);

  function paint() {
    const css = getComputedStyle(document.documentElement);
    for (const name of ["ground", "ink", "muted", "edge", "accent", "face"]) state.theme[name] = css.getPropertyValue(`--${name}`).trim();
    const { ground, edge, accent } = state.theme;
    const part = focus();
    nodes.update(things.map((_, id) => {
      const colour = isKnot(id) ? edge : colourOf(lookOf(id));
      const hollow = !isKnot(id) && lookOf(id).style.hollow;
      const fill = { background: hollow ? ground : colour, border: hollow ? colour : ground };
      return { id, color: fill, borderWidth: hollow ? 2.5 : 1, opacity: !part || part.near.has(id) ? 1 : 0.13 };
    }));
    edges.update(input.edges.map((line) => {
      const on = part && part.lines.has(line);
      return { id: line.id, color: { color: on ? accent : edge, opacity: on ? 0.9 : part ? 0.08 : 0.6 } };
    }));
  }

  // ---- what is painted on the canvas beside points and lines
  function circle(context, point, radius, settings, from = 0, to = 2 * Math.PI) {
    Object.assign(context, settings);
    context.beginPath();
    context.arc(input.nodes[point].x, input.nodes[point].y, radius, from, to);
    context.stroke();
  }

  // One stroke for each unnamed party, as far as a ring can show them; a lower bound leaves the ring open.
  function drawHalos(context) {
    const part = focus();
    context.save();
    for (const point of shown.getIds().filter((id) => things[id].halo.count)) {
      const { strokes, bound, radius } = things[point].halo;
      const [from, to] = bound ? [-Math.PI / 4, Math.PI * 1.5] : [-Math.PI / 2, Math.PI * 1.5];
      const stroke = ((to - from) * radius) / strokes;
      context.setLineDash([stroke * 0.4, stroke * 0.6]);
      const globalAlpha = part && !part.near.has(point) ? 0.1 : 0.55;
      circle(context, point, radius, { lineWidth: 4, strokeStyle: state.theme.muted, globalAlpha }, from, to);
    }
    context.restore();
  }

  function drawRings(context) {
    const settings = { lineWidth: 2.5 / network.getScale(), strokeStyle: state.theme.accent };
    for (const point of marked()) circle(context, point, input.nodes[point].size * 1.2 + 4, settings);
  }

  const measured = new Map();
  function labelOf(context, rows, size) {
    const key = rows.join("\n");
    context.font = `500 100px ${state.theme.face}`;
    if (!measured.has(key)) measured.set(key, Math.max(...rows.map((row) => context.measureText(row).width)) / 100);
    return { rows, size, width: measured.get(key) * size + 4, height: rows.length * size * 1.2 + 2 };
  }

  // Boxes are in pixels of the screen, so that labels keep their size; the place of a point is its place times the scale.
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const within = (a, b) => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

  function discOf(point, scale) {
    const { x, y, size } = input.nodes[point];
    return { point, x: (x - size) * scale, y: (y - size) * scale, width: 2 * size * scale, height: 2 * size * scale };
  }

  function screenBox(scale) {
    const { x, y } = network.getViewPosition();
    const { clientWidth: width, clientHeight: height } = byId("map");
    return { x: x * scale - width / 2, y: y * scale - height / 2, width, height };
  }

  // Below, above, right or left of a point, where no label is and the fewest points are covered; else nowhere.
  function freeBox(point, { width, height }, { scale, screen, taken, discs }, bears) {
    const [x, y] = [input.nodes[point].x * scale, input.nodes[point].y * scale];
    const away = (things[point].halo.count ? things[point].halo.radius + 2 : input.nodes[point].size) * scale + 2;
    const corners = [[-width / 2, away], [-width / 2, -away - height], [away, -height / 2], [-away - width, -height / 2]];
    const boxes = corners.map(([dx, dy]) => ({ x: x + dx, y: y + dy, width, height }))
      .filter((box) => within(box, screen) && !taken.some((one) => meet(box, one)));
    const covers = boxes.map((box) => discs.reduce((sum, disc) => sum + (disc.point !== point && meet(box, disc) ? disc.width / 8 : 0), 0));
    const least = Math.min(...covers);
    return least <= bears ? boxes[covers.indexOf(least)] : null;
  }

  function write(context, { rows, size }, box, scale, colour) {
    Object.assign(context, { font: `500 ${size / scale}px ${state.theme.face}`, textAlign: "center", textBaseline: "top", lineJoin: "round" });
    Object.assign(context, { lineWidth: 3.5 / scale, strokeStyle: state.theme.ground, fillStyle: colour });
    rows.forEach((row, place) => {
      const at = [(box.x + box.width / 2) / scale, (box.y + 1 + place * size * 1.2) / scale];
      context.strokeText(row, ...at);
      context.fillText(row, ...at);
    });
  }

  // The most central first; a label that finds no free place waits for a closer view, where there is room for more.
  function drawLabels(context) {
    const scale = network.getScale();
    const screen = screenBox(scale);
    const part = focus();
    const discs = shown.getIds().map((point) => discOf(point, scale)).filter((disc) => meet(screen, disc));
    const room = { scale, screen, taken: [], discs: discs.length > 1200 ? [] : discs };
    const seen = new Set(discs.map(({ point }) => point).filter((point) => !part || part.near.has(point)));
    const first = marked().filter((point) => !isKnot(point));
    let left = part ? 60 : Math.max(discs.length > 40 ? 8 : 40, (screen.width * screen.height) / 34000) * Math.max(1, scale / state.whole) ** 2;
    const sure = new Set([...first, ...order.slice(0, 10)]);
    context.save();
    for (const point of new Set([...first, ...order.filter((id) => seen.has(id)).slice(0, 4 * left)])) {
      if (left < 1) break;
      const { size } = input.nodes[point];
      const rows = text(data.nodes[point].rows) || [word("nameless")];
      const fits = rows.length < 3 || first.includes(point) ? rows : [rows[0], `${rows[1]}…`];
      const label = labelOf(context, fits, 11.5 + Math.min(4, size / 8));
      const box = freeBox(point, label, room, sure.has(point) ? Infinity : (size * scale) / 4);
      if (!box) continue;
      room.taken.push(box);
      write(context, label, box, scale, state.theme.ink);
      left -= 1;
    }
    for (const { point } of discs.filter((disc) => things[disc.point].halo.count && (!part || part.near.has(disc.point)))) {
      const { count, bound, radius } = things[point].halo;
      const label = labelOf(context, [bound ? `≥${count}` : `+${count}`], 10.5);
      const away = radius * 0.71 + 2;
      const box = { ...label, x: (input.nodes[point].x + away) * scale, y: (input.nodes[point].y - away) * scale - label.height };
      if (!room.taken.some((one) => meet(box, one))) room.taken.push(box), write(context, label, box, scale, state.theme.muted);
    }
    context.restore();
  }

  // ---- the panel
  function evidenceItem(place) {
    const piece = data.evidence[place];
    const address = piece.address || "";
    return make("li", {},
      make("div", { class: "source" }, [piece.publisher, piece.title || word("untitled")].filter(Boolean).join(": ")),
      make("div", { class: "quiet" }, together(piece.published, term("quality", piece.quality), term("reading", piece.reading), piece.start !== undefined && word("position", piece))),
      make("p", {}, piece.note),
      make("div", {}, /^https?:\/\//i.test(address) ? make("a", { href: address, rel: "noreferrer", target: "_blank" }, address) : address),
      make("div", { class: "quiet" }, piece.iri, piece.derived_from && ` (${word("derived")} ${piece.derived_from.join(", ")})`));
  }

  function partyItem(party) {
    const role = make("span", { class: "quiet" }, ` · ${term("role", party.role)}`);
    if (party.actor) {
      const point = places.get(party.actor);
      return make("li", {}, point === undefined ? nameOf(party) : button(nameOf(party), () => choose({ point }, true)), role);
    }
    const kind = ["moreThan", "atLeast", "approximate"].includes(party.count_kind) ? party.count_kind : "exact";
    const key = party.count === undefined ? "uncounted" : kind + (party.named ? "Part" : "");
    const what = text(party.label) && ` (${text(party.label)})`;
    return make("li", { class: "unnamed" }, word(key, { n: party.count, named: party.named }), what, role);
  }

  function linkItem(place, open) {
    const card = data.links[place];
    const evidence = card.evidence.map(evidenceItem);
    const date = card.stated_as || card.start || word("noDate");
    return make("details", { class: "link", ...(open && { open: "" }) },
      make("summary", {}, make("h3", {}, nameOf(card)), make("span", { class: "quiet" }, together(term("kind", card.kind), term("stage", card.stage), date))),
      make("p", { class: "quiet" }, other(card.label)),
      make("p", {}, text(card.description)),
      make("h4", {}, together(word("parties"), card.declared > 1 && word(card.bound ? "ofPartiesBound" : "ofParties", card))),
      make("ul", {}, ...card.parties.map(partyItem)),
      make("h4", {}, word("evidence")),
      evidence.length ? make("ul", { class: "evidence" }, ...evidence) : make("p", {}, word("noEvidence")),
      make("p", { class: "quiet" }, card.iri));
  }

  function actorHead(point) {
    const node = data.nodes[point];
    const names = node.names.map(([, name]) => name).filter((name) => name !== nameOf(node));
    const score = { measure: term("measure", data.measure), score: number(node.score ?? 0), rank: node.rank, n: data.nodes.length };
    const coverage = node.unnamed ? (node.bound ? "coverageBound" : "coverage") : "coverageFull";
    return [...names.map((name) => make("p", { class: "quiet" }, name)), make("ul", { class: "facts" },
      make("li", {}, swatch(lookOf(point)), kindOf(node)),
      make("li", {}, word(node.score === undefined ? "noScore" : "score", score)),
      make("li", {}, word(coverage, node)),
      make("li", { class: "quiet" }, node.iri))];
  }

  function showPanel(focused) {
    const panel = byId("panel");
    panel.hidden = !state.chosen;
    panel.replaceChildren();
    if (!state.chosen) return;
    const { point, line } = state.chosen;
    const actor = point !== undefined && !isKnot(point);
    const links = point === undefined ? data.lines[line] : things[point].links;
    const ends = point === undefined ? [input.edges[line].from, input.edges[line].to] : [];
    const among = ends.length && !ends.some(isKnot);
    const [a, b] = among ? ends.map((end) => nameOf(data.nodes[end])) : [];
    const title = actor ? nameOf(data.nodes[point]) : word(among ? (links.length === 1 ? "betweenOne" : "between") : "link", { n: links.length, a, b });
    const heading = make("h2", { id: "heading", tabindex: "-1" }, title);
    panel.append(make("div", { class: "top" }, heading, button("×", () => choose(null), { "aria-label": word("close") })));
    if (actor) panel.append(...actorHead(point));
    panel.append(...links.map((place) => linkItem(place, links.length < 3)));
    if (focused) heading.focus({ preventScroll: true });
  }

  function choose(chosen, move = false) {
    if (chosen && !state.chosen) state.opener = document.activeElement;
    state.chosen = chosen;
    if (move && state.off.delete(lookOf(chosen.point))) filter();
    paint();
    showPanel(true);
    if (!chosen && state.opener) state.opener.focus({ preventScroll: true });
    if (move && narrow.matches) byId("side").open = false;
    const offset = { x: 0, y: narrow.matches ? -byId("map").clientHeight * 0.3 : 0 }; // the panel lies below
    const scale = Math.max(network.getScale(), move ? state.whole * 1.8 : 0);
    if (move || (narrow.matches && chosen?.point !== undefined)) network.focus(chosen.point, { scale, offset, animation: motion(350) });
  }

  // ---- legend and filter
  const swatch = (look) => picture(look.style.path, look.style.hollow ? { fill: "none", stroke: colourOf(look), "stroke-width": 2.2 } : { fill: colourOf(look) });

  function legendItem(look) {
    const box = make("input", { type: "checkbox", value: look.kind });
    box.checked = !state.off.has(look);
    box.addEventListener("change", () => (box.checked ? state.off.delete(look) : state.off.add(look), filter()));
    return make("li", {}, make("label", {}, box, swatch(look), make("span", {}, kindOf(look)), make("small", {}, String(look.count))));
  }

  function showLegend() {
    byId("legend").replaceChildren(...data.looks.map(legendItem));
    byId("all").hidden = !state.off.size;
  }

  function filter() {
    for (const view of [shown, shownEdges]) view.refresh();
    for (const show of [showLegend, showTable]) show();
  }

  // ---- search
  const fold = (name) => name.normalize("NFKD").replace(/[\p{M}\p{P}\p{Z}\p{S}]/gu, "").toLowerCase();
  const folded = data.nodes.map(({ label, names }) => [label.en, label.zh, ...names.map(([, name]) => name)].filter(Boolean).map(fold));

  function search() {
    const asked = fold(byId("search").value);
    const fits = (point, how) => folded[point].some((name) => name[how](asked));
    const found = asked ? order.filter((point) => fits(point, "includes")) : [];
    found.sort((a, b) => fits(b, "startsWith") - fits(a, "startsWith"));
    byId("found").textContent = asked && word(found.length ? "found" : "nothingFound", { n: found.length });
    byId("results").replaceChildren(...found.slice(0, 50).map((point) => {
      const name = make("span", {}, nameOf(data.nodes[point]), make("small", {}, other(data.nodes[point].label)));
      return make("li", {}, button(name, () => choose({ point }, true)));
    }));
  }

  // Enter takes the first; arrows walk between the field and what was found; Escape begins anew.
  function searchKey(event) {
    const stops = [byId("search"), ...byId("results").querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    else if (event.key === "Enter" && document.activeElement === stops[0]) stops[1]?.click();
    else if (event.key === "Escape" && stops[0].value) stops[0].value = "", search(), stops[0].focus(), event.stopPropagation();
    else return;
    event.preventDefault();
  }

  // ---- the table
  function showTable() {
    if (!byId("list").open) return;
    const titles = [word("rank"), word("name"), word("kind"), term("measure", data.measure), word("partners"), word("unnamed"), word("links")];
    const row = (tag, attributes, cells) => make("tr", {}, ...cells.map((cell, at) => make(tag, { ...attributes, ...(at !== 1 && at !== 2 && { class: "number" }) }, cell)));
    const rows = order.filter(isShown).map((point) => {
      const { rank, kind, score, named, unnamed, bound, links } = data.nodes[point];
      const name = button(nameOf(data.nodes[point]), () => choose({ point }, true));
      const numbers = [score === undefined ? "–" : number(score), String(named), `${bound ? "≥ " : ""}${unnamed}`, String(links.length)];
      return row("td", {}, [String(rank ?? "–"), name, term("class", kind), ...numbers]);
    });
    byId("rows").replaceChildren(make("table", {}, make("thead", {}, row("th", { scope: "col" }, titles)), make("tbody", {}, ...rows)));
  }

  // ---- the page
  function speak(lang) {
    state.lang = lang;
    document.documentElement.lang = lang;
    document.title = byId("title").textContent = text(data.title);
    byId("subtitle").textContent = text(data.subtitle);
    const each = (name, act) => document.querySelectorAll(`[data-${name}]`).forEach((element) => act(element, word(element.getAttribute(`data-${name}`), { measure: term("measure", data.measure) })));
    each("word", (element, said) => { element.textContent = said; });
    each("word-label", (element, said) => element.setAttribute("aria-label", said));
    each("word-hint", (element, said) => element.setAttribute("placeholder", said));
    for (const one of byId("languages").children) one.setAttribute("aria-pressed", String(one.value === lang));
    for (const show of [showLegend, showTable, search, showPanel]) show();
    network.redraw();
  }

  function zoom(how) {
    if (how !== "fit") return network.moveTo({ scale: network.getScale() * (how === "in" ? 1.4 : 1 / 1.4), animation: motion(200) });
    network.fit({ animation: false, minZoomLevel: 0.01, maxZoomLevel: 2 });
    state.whole = network.getScale();
  }

  function pick({ pointer }) {
    const point = network.getNodeAt(pointer.DOM);
    const line = point === undefined ? network.getEdgeAt(pointer.DOM) : undefined;
    choose(point !== undefined ? { point } : line !== undefined ? { line } : null);
  }

  const hover = (points) => (byId("map").classList.toggle("over", points.length > 0), state.hovered = points, network.redraw());
  network.on("beforeDrawing", drawHalos);
  network.on("afterDrawing", (context) => (drawRings(context), drawLabels(context)));
  network.on("click", pick);
  network.on("hoverNode", ({ node }) => hover([node]));
  network.on("blurNode", () => hover([]));
  byId("search").addEventListener("input", search);
  byId("finder").addEventListener("keydown", searchKey);
  byId("list").addEventListener("toggle", showTable);
  byId("all").addEventListener("click", () => (state.off.clear(), filter()));
  byId("languages").addEventListener("click", ({ target }) => target.value && speak(target.value));
  byId("zoom").addEventListener("click", ({ target }) => target.value && zoom(target.value));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && state.chosen && choose(null));
  dark.addEventListener("change", () => (paint(), showLegend(), showPanel()));
  byId("side").open = !narrow.matches;
  paint();
  speak(state.lang);
  zoom("fit");
  window.kgMap = Object.freeze({ network, nodes: shown, edges: shownEdges, point: (iri) => places.get(iri) });
})();
