// ---- files: the picture as PNG and SVG, what is shown as CSV
function saveActors() {
  const names = [...measures.keys()];
  const rows = orderBy(now.by).filter((actor) => passing.actors.has(actor)).map((actor) => {
    const { iri, label, region, community, named, unnamed, bound } = actors[actor];
    return [iri, label.en, label.zh, lookOf(actor).kind, lookOf(actor).sector, region?.en, community, named, unnamed, Boolean(bound), linksOf[actor].length, ...names.map((name) => measures.get(name).values[actor])];
  });
  save("actors.csv", "text/csv", delimited([["iri", "label_en", "label_zh", "kind", "sector", "region", "community", "partners_named", "partners_unnamed", "is_lower_bound", "links", ...names], ...rows]));
}

function saveLinks() {
  const rows = [...passing.links].map((k) => {
    const { iri, label, kind, stage, stated, start, latest, members, layers, named, declared, bound, evidence: told_ } = links[k];
    return [iri, label.en, label.zh, kind, stage, stated, day(start), day(latest), layers.join(" "), members.map((actor) => actors[actor].iri).join(" "), named, declared, Boolean(bound), told_.map((piece) => evidence[piece].iri).join(" ")];
  });
  save("links.csv", "text/csv", delimited([["iri", "label_en", "label_zh", "kind", "stage", "stated_as", "start_earliest", "start_latest", "layers", "parties", "named", "declared", "is_lower_bound", "evidence"], ...rows]));
}

// The picture is what the screen shows, with its title, twice as fine.
function savePicture() {
  const from = byId("map").querySelector("canvas");
  const scale = from.width / from.clientWidth;
  const top = 64 * scale;
  const to = make("canvas", { width: from.width, height: from.height + top });
  const context = to.getContext("2d");
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, to.width, to.height);
  context.drawImage(from, 0, top);
  context.fillStyle = theme.ink;
  context.font = `650 ${18 * scale}px ${theme.face}`;
  context.fillText(text(inBoth(data.title)), 20 * scale, 28 * scale);
  context.fillStyle = theme.muted;
  context.font = `${13 * scale}px ${theme.face}`;
  context.fillText(counted(), 20 * scale, 50 * scale);
  to.toBlob((blob) => save("map.png", "image/png", blob));
}

const CORNERS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  // As vis-network draws them: side 2.3 times the size, the middle of gravity a little aside.
  triangle: [[0, -1.0525], [1.15, 0.9392], [-1.15, 0.9392]],
  triangleDown: [[0, 1.0525], [1.15, -0.9392], [-1.15, -0.9392]],
  hexagon: [0, 1, 2, 3, 4, 5].map((i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]),
  star: [...Array(10).keys()].map((i) => { const r = 0.82 * (i % 2 ? 0.5 : 1.3); return [r * Math.sin((i * Math.PI) / 5), 0.082 - r * Math.cos((i * Math.PI) / 5)]; }),
};

function shapeOf({ shape, x, y, size }, paint_) {
  if (!CORNERS[shape]) return drawn("circle", { cx: x, cy: y, r: size, ...paint_ });
  return drawn("polygon", { points: CORNERS[shape].map(([dx, dy]) => `${(x + dx * size).toFixed(1)},${(y + dy * size).toFixed(1)}`).join(" "), ...paint_ });
}

function ringDrawn(point) {
  const { radius, from, to, dash } = ringShape(point);
  const at = (angle) => `${(point.x + radius * Math.cos(angle)).toFixed(1)} ${(point.y + radius * Math.sin(angle)).toFixed(1)}`;
  const half = (from + to) / 2;
  const arc = (angle) => `A${radius} ${radius} 0 ${half - from > Math.PI ? 1 : 0} 1 ${at(angle)}`;
  return drawn("path", { d: `M${at(from)}${arc(half)}${arc(to)}`, fill: "none", stroke: theme.muted, "stroke-width": 4, "stroke-opacity": 0.5, "stroke-dasharray": dash.map((one_) => one_.toFixed(2)).join(" ") });
}

function labelDrawn({ rows, size, box, ink }, scale) {
  const x = (box.x + box.width / 2) / scale;
  const spans = rows.map((row, place) => drawn("tspan", { x, y: (box.y + 1 + place * size * 1.2 + size * 0.85) / scale }, row));
  return drawn("text", { "font-size": size / scale, "font-weight": 500, "text-anchor": "middle", fill: theme[ink], stroke: theme.ground, "stroke-width": 3.5 / scale, "stroke-linejoin": "round", "paint-order": "stroke" }, ...spans);
}

// What the window shows, as shapes and text that can be edited.
function saveDrawing() {
  const scale = network.getScale();
  const screen = screenBox(scale);
  const [x, y, width, height] = [screen.x, screen.y, screen.width, screen.height].map((value) => value / scale);
  const up = 64 / scale;
  const svg = drawn("svg", { xmlns: "http://www.w3.org/2000/svg", width: screen.width, height: screen.height + 64, viewBox: `${x} ${y - up} ${width} ${height + up}`, "font-family": theme.face });
  svg.append(drawn("title", {}, text(inBoth(data.title))), drawn("desc", {}, counted()), drawn("rect", { x, y: y - up, width, height: height + up, fill: theme.ground }));
  const dim = (there) => (!part || there ? 1 : 1 - VEIL);
  for (const line of drawing.lines.values()) {
    const { width: thick, dash } = styleOf(line);
    const [a, b] = [drawing.points.get(line.from), drawing.points.get(line.to)];
    const on = part?.lines.has(line.id);
    const bend = bendOf(a, b);
    const course = bend ? { d: `M${a.x} ${a.y}Q${bend.x.toFixed(1)} ${bend.y.toFixed(1)} ${b.x} ${b.y}`, fill: "none" } : { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
    svg.append(drawn(bend ? "path" : "line", { ...course, stroke: on ? theme.accent : theme.edge, "stroke-opacity": on ? 0.9 : 0.5 * dim(), "stroke-width": thick, ...(dash.length && { "stroke-dasharray": dash.join(" ") }) }));
  }
  const points = [...drawing.points.values()];
  svg.append(...points.filter((point) => point.ring.count).map(ringDrawn));
  svg.append(...points.map((point) => {
    const { color, borderWidth } = nodeOf(point);
    return shapeOf(point, { fill: color.background, stroke: color.border, "stroke-width": borderWidth, opacity: dim(part?.points.has(point.id)) });
  }));
  svg.append(...labelsNow(byId("map").querySelector("canvas").getContext("2d")).map((label) => labelDrawn(label, scale)));
  for (const [row, size, ink, at] of [[text(inBoth(data.title)), 18, "ink", 28], [counted(), 13, "muted", 50]]) svg.append(drawn("text", { x: x + 20 / scale, y: y - up + at / scale, "font-size": size / scale, "font-weight": size > 14 ? 650 : 400, fill: theme[ink] }, row));
  save("map.svg", "image/svg+xml", new XMLSerializer().serializeToString(svg));
}

