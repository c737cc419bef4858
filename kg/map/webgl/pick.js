// ---- picking: what is under the pointer; all points and lines are looked at, which takes a millisecond or two
const onMap = (x, y) => [(x - board.clientWidth / 2) / eye.scale + eye.x, (y - board.clientHeight / 2) / eye.scale + eye.y];
const CROWD = 12; // where more lines than these are met, none of them is meant

// The nearest point whose shape, or some pixels around its middle, is met.
function pointAt(x, y, reach) {
  const [mx, my] = onMap(x, y);
  let best = Infinity;
  let found = null;
  for (let i = 0; i < all; i += 1) {
    const radius = Math.max(sizes[i] * 1.1, reach / eye.scale);
    const dx = spots[2 * i] - mx;
    if (dx > radius || dx < -radius) continue;
    const away = Math.hypot(dx, spots[2 * i + 1] - my) - radius;
    if (away <= 0 && away < best && pointShown[i]) [best, found] = [away, i];
  }
  return found;
}

// The nearest line within some pixels: of those that are lit while something is chosen, else of all that are shown.
function lineAt(x, y, reach) {
  const [mx, my] = onMap(x, y);
  const near = reach / eye.scale;
  let best = near * near;
  let found = null;
  let met = 0;
  const lines = lit?.lines;
  for (let turn = 0, count = lines ? lines.length : lineCount; turn < count; turn += 1) {
    const line = lines ? lines[turn] : turn;
    const [a, b] = [2 * ends[2 * line], 2 * ends[2 * line + 1]];
    const ax = spots[a] - mx;
    const bx = spots[b] - mx;
    if ((ax > near && bx > near) || (ax < -near && bx < -near)) continue;
    const ay = spots[a + 1] - my;
    const by = spots[b + 1] - my;
    if ((ay > near && by > near) || (ay < -near && by < -near) || !lineShown[line]) continue;
    const [dx, dy] = [bx - ax, by - ay];
    const part = clamp(-(ax * dx + ay * dy) / (dx * dx + dy * dy || 1), 0, 1);
    const away = (ax + part * dx) ** 2 + (ay + part * dy) ** 2;
    if (away > near * near) continue;
    met += 1;
    if (away <= best) [best, found] = [away, line];
  }
  return lines || met <= CROWD ? found : null;
}

function under(x, y, touch) {
  const point = pointAt(x, y, touch ? 10 : 4);
  if (point !== null) return { point };
  const line = lineAt(x, y, touch ? 12 : 5);
  return line === null ? null : { line };
}

// What is under the resting pointer is named beside it, and a line is drawn over.
function hint(found, x, y) {
  board.style.cursor = found ? "pointer" : "grab";
  const [tip, over] = [byId("tip"), byId("over").firstElementChild];
  over.toggleAttribute("hidden", found?.line === undefined);
  tip.hidden = !found;
  if (!found) return;
  tip.replaceChildren(make("strong", {}, titleOf(found)), ...subtitleOf(found).map((line) => make("span", {}, line)));
  const [left, top] = [x + 14, y + 18].map((place, i) => Math.min(place, [board.clientWidth - tip.offsetWidth, board.clientHeight - tip.offsetHeight][i] - 4));
  Object.assign(tip.style, { left: `${Math.max(left, 4)}px`, top: `${Math.max(top, 4)}px` });
  if (found.line === undefined) return;
  const [[x1, y1], [x2, y2]] = seenEnds(found.line);
  for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) over.setAttribute(name, value);
}

let hovering = 0;
function hover(x, y) {
  window.cancelAnimationFrame(hovering);
  hovering = window.requestAnimationFrame(() => hint(under(x, y, false), x, y));
}

function unhover() {
  window.cancelAnimationFrame(hovering);
  hint(null);
}
