// ---- time: the timeline's dots, bars and years, and one small map for each year
const undatedNow = () => [...passing.links].filter((k) => !views.get("timeline")?.places.has(n + k));
const dotsByParties = () => [...drawing.points.keys()].sort((a, b) => links[linkAt(b)].members.length - links[linkAt(a)].members.length || a - b);

// What a link is called, without its kind, which its band tells.
function shortName(link) {
  const [name, kind] = [nameOf(link), term("kind", link.kind)];
  const told_ = name.toLowerCase().startsWith(kind.toLowerCase()) ? name.slice(kind.length).replace(/^\s*[:：]\s*/, "") || name : name;
  return cut(told_, 34);
}

// Not so large that dots of two rows could touch.
const mostMembers = links.reduce((most, { members }) => Math.max(most, members.length), 1);
function dotDrawn(k) {
  const { x, y } = placesNow().get(n + k);
  return { id: n + k, x, y, size: 7 + 10 * Math.sqrt(links[k].members.length / mostMembers), shape: "dot", ring: ring(0) };
}

// The years as upright lines, and for each start that is no single day a bar over the days on which it may lie.
function drawSpans(context) {
  const time = now.view === "timeline" && viewNow().days;
  if (!time) return;
  const [origin, unit] = time;
  const scale = network.getScale();
  const boxes = bandBoxes();
  const [top, bottom] = [boxes.reduce((least, { y }) => Math.min(least, y), 0) - 38 / scale, boxes.reduce((most, { y, height }) => Math.max(most, y + height), 0)];
  context.save();
  Object.assign(context, { strokeStyle: theme.edge, lineWidth: 1 / scale, fillStyle: theme.muted, font: `${11 / scale}px ${theme.face}`, textBaseline: "top", textAlign: "left" });
  const [first_, end] = [origin, days.reduce((a, b) => Math.max(a, b), origin)].map((one_) => Number(day(one_).slice(0, 4)));
  const step_ = Math.max(1, Math.ceil(44 / (365 * unit * scale)));
  for (let year = first_; year <= end + 1; year += 1) {
    if (year % step_) continue;
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

// Which links may have begun in a year: surely, or perhaps, where the bounds reach beyond it.
function linksOfYear(year) {
  const [low, high] = [Date.UTC(year, 0, 1) / 864e5, Date.UTC(year + 1, 0, 1) / 864e5 - 1];
  const found = { sure: [], perhaps: [], low, high };
  for (const k of passing.links) {
    const { start, latest } = links[k];
    if (start === null && latest === null) continue;
    const [first_, end] = [start ?? -Infinity, latest ?? Infinity];
    if (first_ > high || end < low) continue;
    found[first_ >= low && end <= high ? "sure" : "perhaps"].push(k);
  }
  return found;
}

// All points faintly in their places on the map, and those of the year's links in their colours.
function drawYear(canvas, { sure, perhaps }) {
  const ratio = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth || 180, 130];
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = canvas.getContext("2d");
  const spots = [...passing.actors].map((actor) => base.get(actor));
  const range = (axis) => spots.reduce(([low, high], spot) => [Math.min(low, spot[axis]), Math.max(high, spot[axis])], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = [range("x"), range("y")];
  const scale = Math.min((width - 8) / (right - left || 1), (height - 8) / (bottom - top || 1));
  const at = ({ x, y }) => [width / 2 + (x - (left + right) / 2) * scale, height / 2 + (y - (top + bottom) / 2) * scale];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const dot = (spot, radius, colour, alpha) => {
    Object.assign(context, { fillStyle: colour, globalAlpha: alpha });
    context.beginPath();
    context.arc(...at(spot), radius, 0, 2 * Math.PI);
    context.fill();
  };
  for (const spot of spots) dot(spot, 1, theme.edge, 0.35);
  for (const [list, alpha] of [[perhaps, 0.35], [sure, 1]]) {
    for (const k of list) {
      const members = links[k].members.filter((actor) => passing.actors.has(actor));
      const middle = { x: sum(members.map((actor) => base.get(actor).x)) / members.length, y: sum(members.map((actor) => base.get(actor).y)) / members.length };
      Object.assign(context, { strokeStyle: theme.edge, globalAlpha: 0.7 * alpha, lineWidth: 1 });
      for (const actor of members) {
        context.beginPath();
        context.moveTo(...at(base.get(actor)));
        context.lineTo(...at(middle));
        context.stroke();
      }
      for (const actor of members) dot(base.get(actor), 2.6, colourOf(actor), alpha);
    }
  }
}

function showYears() {
  const panel = byId("years");
  panel.hidden = now.view !== "years";
  panel.replaceChildren();
  if (panel.hidden) return;
  const known = [...passing.links].flatMap((k) => [links[k].start, links[k].latest]).filter((one_) => one_ !== null);
  if (!known.length) return;
  const yearOf = (one_) => Number(day(one_).slice(0, 4));
  const [from, to] = [yearOf(known.reduce((a, b) => Math.min(a, b))), yearOf(known.reduce((a, b) => Math.max(a, b)))];
  for (let year = from; year <= to; year += 1) {
    const found = linksOfYear(year);
    if (!found.sure.length && !found.perhaps.length) continue;
    const canvas = make("canvas", { "aria-hidden": "true" });
    const said = together(word("inWindow", { n: found.sure.length }), found.perhaps.length > 0 && word("perhaps", { n: found.perhaps.length }));
    panel.append(button([make("strong", {}, String(year)), canvas, make("small", {}, said)], () => change({ view: "map", from: found.low, to: found.high })));
    drawYear(canvas, found);
  }
  panel.append(make("p", { class: "quiet" }, word("undatedLinks", { n: undatedNow().length })));
}
