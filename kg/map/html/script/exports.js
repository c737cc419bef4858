// Exports: the visible map as PNG and SVG, the visible data as CSV.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g; // XML 1.0 cannot contain them, not even escaped

function downloadActors() {
  const names = [...measures.keys()];
  const rows = orderBy(now.by).filter((actor) => visible.actors.has(actor)).map((actor) => {
    const { iri, label, region, community, named, unnamed, bound } = actors[actor];
    return [iri, label.en, label.zh, styleOf(actor).kind, styleOf(actor).sector, region?.en, community, named, unnamed, Boolean(bound), linksOf[actor].length, ...names.map((name) => measures.get(name).values[actor])];
  });
  download("actors.csv", "text/csv", toCsv([["iri", "label_en", "label_zh", "kind", "sector", "region", "community", "partners_named", "partners_unnamed", "is_lower_bound", "links", ...names], ...rows]));
}

function downloadLinks() {
  const rows = [...visible.links].map((k) => {
    const { iri, label, kind, stage, stated, start, latest, members, layers, named, declared, bound, evidence: pieces } = links[k];
    return [iri, label.en, label.zh, kind, stage, stated, day(start), day(latest), layers.join(" "), members.map((actor) => actors[actor].iri).join(" "), named, declared, Boolean(bound), pieces.map((piece) => evidence[piece].iri).join(" ")];
  });
  download("links.csv", "text/csv", toCsv([["iri", "label_en", "label_zh", "kind", "stage", "stated_as", "start_earliest", "start_latest", "layers", "parties", "named", "declared", "is_lower_bound", "evidence"], ...rows]));
}

// The PNG contains the screen and the title, in device pixels.
function downloadPng() {
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
  context.fillText(text(toLabel(data.title)), 20 * scale, 28 * scale);
  context.fillStyle = theme.muted;
  context.font = `${13 * scale}px ${theme.face}`;
  context.fillText(summaryText(), 20 * scale, 50 * scale);
  to.toBlob((blob) => download("map.png", "image/png", blob));
}

const CORNERS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  // As in vis-network: the side is 2.3 times the size, and the centroid is slightly off the centre.
  triangle: [[0, -1.0525], [1.15, 0.9392], [-1.15, 0.9392]],
  triangleDown: [[0, 1.0525], [1.15, -0.9392], [-1.15, -0.9392]],
  hexagon: [0, 1, 2, 3, 4, 5].map((i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]),
  star: [...Array(10).keys()].map((i) => { const r = 0.82 * (i % 2 ? 0.5 : 1.3); return [r * Math.sin((i * Math.PI) / 5), 0.082 - r * Math.cos((i * Math.PI) / 5)]; }),
};

function svgShape({ shape, x, y, size }, attributes) {
  if (!CORNERS[shape]) return svgElement("circle", { cx: x, cy: y, r: size, ...attributes });
  return svgElement("polygon", { points: CORNERS[shape].map(([dx, dy]) => `${(x + dx * size).toFixed(1)},${(y + dy * size).toFixed(1)}`).join(" "), ...attributes });
}

function svgRing(point) {
  const { radius, from, to, dash } = ringShape(point);
  const at = (angle) => `${(point.x + radius * Math.cos(angle)).toFixed(1)} ${(point.y + radius * Math.sin(angle)).toFixed(1)}`;
  const half = (from + to) / 2;
  const arc = (angle) => `A${radius} ${radius} 0 ${half - from > Math.PI ? 1 : 0} 1 ${at(angle)}`;
  return svgElement("path", { d: `M${at(from)}${arc(half)}${arc(to)}`, fill: "none", stroke: theme.muted, "stroke-width": 4, "stroke-opacity": 0.5, "stroke-dasharray": dash.map((one) => one.toFixed(2)).join(" ") });
}

function svgLabel({ rows, size, box, ink }, scale) {
  const x = (box.x + box.width / 2) / scale;
  const spans = rows.map((row, place) => svgElement("tspan", { x, y: (box.y + 1 + place * size * 1.2 + size * 0.85) / scale }, row));
  return svgElement("text", { "font-size": size / scale, "font-weight": 500, "text-anchor": "middle", fill: theme[ink], stroke: theme.ground, "stroke-width": 3.5 / scale, "stroke-linejoin": "round", "paint-order": "stroke" }, ...spans);
}

// The SVG contains the visible part of the map as editable shapes and text.
function downloadSvg() {
  const scale = network.getScale();
  const screen = screenBox(scale);
  const [x, y, width, height] = [screen.x, screen.y, screen.width, screen.height].map((value) => value / scale);
  const up = 64 / scale;
  const svg = svgElement("svg", { xmlns: "http://www.w3.org/2000/svg", width: screen.width, height: screen.height + 64, viewBox: `${x} ${y - up} ${width} ${height + up}`, "font-family": theme.face });
  svg.append(svgElement("title", {}, text(toLabel(data.title))), svgElement("desc", {}, summaryText()), svgElement("rect", { x, y: y - up, width, height: height + up, fill: theme.ground }));
  const dim = (isHighlighted) => (!highlight || isHighlighted ? 1 : 1 - DIMMING);
  for (const line of drawing.lines.values()) {
    const { width: thick, dash } = lineStyle(line);
    const [a, b] = [drawing.points.get(line.from), drawing.points.get(line.to)];
    const on = highlight?.lines.has(line.id);
    const bend = bendPoint(a, b);
    const shape = bend ? { d: `M${a.x} ${a.y}Q${bend.x.toFixed(1)} ${bend.y.toFixed(1)} ${b.x} ${b.y}`, fill: "none" } : { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
    svg.append(svgElement(bend ? "path" : "line", { ...shape, stroke: on ? theme.accent : theme.edge, "stroke-opacity": on ? 0.9 : 0.5 * dim(), "stroke-width": thick, ...(dash.length && { "stroke-dasharray": dash.join(" ") }) }));
  }
  const points = [...drawing.points.values()];
  svg.append(...points.filter((point) => point.ring.count).map(svgRing));
  svg.append(...points.map((point) => {
    const { color, borderWidth } = nodeOf(point);
    return svgShape(point, { fill: color.background, stroke: color.border, "stroke-width": borderWidth, opacity: dim(highlight?.points.has(point.id)) });
  }));
  svg.append(...currentLabels(byId("map").querySelector("canvas").getContext("2d")).map((label) => svgLabel(label, scale)));
  for (const [row, size, ink, at] of [[text(toLabel(data.title)), 18, "ink", 28], [summaryText(), 13, "muted", 50]]) svg.append(svgElement("text", { x: x + 20 / scale, y: y - up + at / scale, "font-size": size / scale, "font-weight": size > 14 ? 650 : 400, fill: theme[ink] }, row));
  download("map.svg", "image/svg+xml", new XMLSerializer().serializeToString(svg).replace(NOT_XML, "\ufffd"));
}

