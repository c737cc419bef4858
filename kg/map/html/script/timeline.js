// Views over time: dots, spans and years of the timeline, and small maps per year.
const undatedLinks = () => [...visible.links].filter((k) => !views.get("timeline")?.positions.has(n + k));
const dotsByParties = () => [...drawing.points.keys()].sort((a, b) => links[linkAt(b)].members.length - links[linkAt(a)].members.length || a - b);

// The name of a link without its kind, because its band states the kind.
function shortName(link) {
  const [name, kind] = [nameOf(link), term("kind", link.kind)];
  const shortened = name.toLowerCase().startsWith(kind.toLowerCase()) ? name.slice(kind.length).replace(/^\s*[:：]\s*/, "") || name : name;
  return truncate(shortened, 34);
}

// Sizes are limited so that dots of adjacent rows do not touch.
const mostMembers = links.reduce((most, { members }) => Math.max(most, members.length), 1);
function linkDot(k) {
  const { x, y } = viewPositions().get(n + k);
  return { id: n + k, x, y, size: 7 + 10 * Math.sqrt(links[k].members.length / mostMembers), shape: "dot", ring: ringAt(0) };
}

// Years as vertical lines, and a span for each start that is not a single day.
function drawSpans(context) {
  const time = now.view === "timeline" && currentView().days;
  if (!time) return;
  const [origin, unit] = time;
  const scale = network.getScale();
  const boxes = bandBoxes();
  const [top, bottom] = [boxes.reduce((least, { y }) => Math.min(least, y), 0) - 38 / scale, boxes.reduce((most, { y, height }) => Math.max(most, y + height), 0)];
  context.save();
  Object.assign(context, { strokeStyle: theme.edge, lineWidth: 1 / scale, fillStyle: theme.muted, font: `${11 / scale}px ${theme.face}`, textBaseline: "top", textAlign: "left" });
  const [firstYear, lastYear] = [origin, linkDays.reduce((a, b) => Math.max(a, b), origin)].map((one) => Number(day(one).slice(0, 4)));
  const yearStep = Math.max(1, Math.ceil(44 / (365 * unit * scale)));
  for (let year = firstYear; year <= lastYear + 1; year += 1) {
    if (year % yearStep) continue;
    const x = (Date.UTC(year, 0, 1) / 864e5 - origin) * unit;
    context.globalAlpha = 0.3;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
    context.globalAlpha = 1;
    context.fillText(String(year), x + 3 / scale, top);
  }
  Object.assign(context, { globalAlpha: 0.4, lineWidth: 11, lineCap: "round" });
  for (const { id, x, y } of drawing.points.values()) {
    const { start, latest } = links[linkAt(id)];
    if (start === null || latest === null || start === latest) continue;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + (latest - start) * unit, y);
    context.stroke();
  }
  context.restore();
}

// Links that began in a year, certainly or possibly.
function linksOfYear(year) {
  const [low, high] = [Date.UTC(year, 0, 1) / 864e5, Date.UTC(year + 1, 0, 1) / 864e5 - 1];
  const result = { sure: [], perhaps: [], low, high };
  for (const k of visible.links) {
    const { start, latest } = links[k];
    if (start === null && latest === null) continue;
    const [first, last] = [start ?? -Infinity, latest ?? Infinity];
    if (first > high || last < low) continue;
    result[first >= low && last <= high ? "sure" : "perhaps"].push(k);
  }
  return result;
}

// All points in grey, and those of the links of the year in their colours.
function drawYear(canvas, { sure, perhaps }) {
  const ratio = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth || 180, 130];
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = canvas.getContext("2d");
  const positions = [...visible.actors].map((actor) => mapPositions.get(actor));
  const range = (axis) => positions.reduce(([low, high], position) => [Math.min(low, position[axis]), Math.max(high, position[axis])], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [range("x"), range("y")];
  const scale = Math.min((width - 8) / (right - left || 1), (height - 8) / (bottom - top || 1));
  const at = ({ x, y }) => [width / 2 + (x - (left + right) / 2) * scale, height / 2 + (y - (top + bottom) / 2) * scale];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const dot = (position, radius, colour, alpha) => {
    Object.assign(context, { fillStyle: colour, globalAlpha: alpha });
    context.beginPath();
    context.arc(...at(position), radius, 0, 2 * Math.PI);
    context.fill();
  };
  for (const position of positions) dot(position, 1, theme.edge, 0.35);
  for (const [list, alpha] of [[perhaps, 0.35], [sure, 1]]) {
    for (const k of list) {
      const members = links[k].members.filter((actor) => visible.actors.has(actor));
      const middle = { x: sum(members.map((actor) => mapPositions.get(actor).x)) / members.length, y: sum(members.map((actor) => mapPositions.get(actor).y)) / members.length };
      Object.assign(context, { strokeStyle: theme.edge, globalAlpha: 0.7 * alpha, lineWidth: 1 });
      for (const actor of members) {
        context.beginPath();
        context.moveTo(...at(mapPositions.get(actor)));
        context.lineTo(...at(middle));
        context.stroke();
      }
      for (const actor of members) dot(mapPositions.get(actor), 2.6, colourOf(actor), alpha);
    }
  }
}

function showYears() {
  const panel = byId("years");
  panel.hidden = now.view !== "years";
  panel.replaceChildren();
  if (panel.hidden) return;
  const known = [...visible.links].flatMap((k) => [links[k].start, links[k].latest]).filter((one) => one !== null);
  if (!known.length) return;
  const yearOf = (one) => Number(day(one).slice(0, 4));
  const [from, to] = [yearOf(known.reduce((a, b) => Math.min(a, b))), yearOf(known.reduce((a, b) => Math.max(a, b)))];
  for (let year = from; year <= to; year += 1) {
    const yearLinks = linksOfYear(year);
    if (!yearLinks.sure.length && !yearLinks.perhaps.length) continue;
    const canvas = make("canvas", { "aria-hidden": "true" });
    const caption = joined(word("inWindow", { n: yearLinks.sure.length }), yearLinks.perhaps.length > 0 && word("perhaps", { n: yearLinks.perhaps.length }));
    panel.append(button([make("strong", {}, String(year)), canvas, make("small", {}, caption)], () => change({ view: "map", from: yearLinks.low, to: yearLinks.high })));
    drawYear(canvas, yearLinks);
  }
  panel.append(make("p", { class: "quiet" }, word("undatedLinks", { n: undatedLinks().length })));
}
