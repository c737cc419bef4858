// ---- names: the most central first, as many as find a free place at this distance
const paper = byId("names").getContext("2d");
const MOST_NAMES = 110;
const CELL = 12; // pixels; a name covers the cells that it touches
const onScreen = (point) => [(spots[2 * point] - eye.x) * eye.scale + board.clientWidth / 2, (spots[2 * point + 1] - eye.y) * eye.scale + board.clientHeight / 2];
const short = (name) => { const letters = [...name]; return letters.length > 30 ? `${letters.slice(0, 29).join("")}…` : name; };

const widths = new Map();
function widthOf(name, size) {
  if (!widths.has(name)) widths.set(name, paper.measureText(name).width / size);
  return widths.get(name) * size;
}

let written = [];
function placeNames() {
  const [width, height] = [board.clientWidth, board.clientHeight];
  const columns = Math.ceil(width / CELL) + 1;
  const taken = new Uint8Array(columns * (Math.ceil(height / CELL) + 1));
  const found = [];
  const candidates = lit && [...(chosen.point < n ? [chosen.point] : []), ...lit.points.filter((point) => point < n && point !== chosen.point)];
  const total = candidates ? candidates.length : n;
  for (let turn = 0, tried = 0; turn < total && tried < 1500 && found.length < MOST_NAMES; turn += 1) {
    const point = candidates ? candidates[turn] : turn;
    const [x, y] = onScreen(point);
    if (x < 0 || y < 0 || x > width || y > height || !(candidates || pointShown[point])) continue;
    tried += 1;
    const size = 11.5 + Math.min(4, sizes[point] / 8);
    paper.font = `500 ${size}px ${theme.face}`;
    const name = short(nameOf(point));
    const wide = widthOf(name, size);
    const away = Math.max(sizes[point] * eye.scale, 1) + 3;
    const spot = [[-wide / 2, away], [-wide / 2, -away - size * 1.2], [away, -size * 0.6], [-away - wide, -size * 0.6]].find(([dx, dy]) => {
      const [left, top] = [x + dx, y + dy];
      if (left < 0 || top < 0 || left + wide > width || top + size * 1.2 > height) return false;
      for (let row = Math.floor(top / CELL); row <= (top + size * 1.2) / CELL; row += 1) for (let column = Math.floor(left / CELL); column <= (left + wide) / CELL; column += 1) if (taken[row * columns + column]) return false;
      return true;
    });
    if (!spot) continue;
    const [left, top] = [x + spot[0], y + spot[1]];
    for (let row = Math.floor(top / CELL); row <= (top + size * 1.2) / CELL; row += 1) for (let column = Math.floor(left / CELL); column <= (left + wide) / CELL; column += 1) taken[row * columns + column] = 1;
    found.push({ point, name, size, dx: spot[0], dy: spot[1], wide });
  }
  return found;
}

// A line as it is seen: from the edge of one shape to that of the other.
function seenEnds(line) {
  const [[ax, ay], [bx, by]] = endsOf(line).map(onScreen);
  const long = Math.hypot(bx - ax, by - ay) || 1;
  const [a, b] = endsOf(line).map((end) => (sizes[end] * eye.scale) / long);
  return a + b < 1 ? [[ax + a * (bx - ax), ay + a * (by - ay)], [bx - b * (bx - ax), by - b * (by - ay)]] : [[ax, ay], [bx, by]];
}

// A ring around the chosen point; thick lines where a line or a link is chosen.
function ring() {
  Object.assign(paper, { lineWidth: 2.5, strokeStyle: theme.accent });
  paper.beginPath();
  if (chosen.point === undefined) {
    for (const line of lit.lines) for (const [turn, end] of seenEnds(line).entries()) paper[turn ? "lineTo" : "moveTo"](...end);
  } else {
    const [x, y] = onScreen(chosen.point);
    paper.arc(x, y, Math.max(sizes[chosen.point] * eye.scale, 2) * 1.2 + 4, 0, 2 * Math.PI);
  }
  paper.stroke();
}

// While the map is being moved, names go along with their points; afterwards they look for new places.
function writeNames() {
  const ratio = window.devicePixelRatio;
  if (!moving) written = placeNames();
  paper.setTransform(ratio, 0, 0, ratio, 0, 0);
  paper.clearRect(0, 0, board.clientWidth, board.clientHeight);
  if (lit) ring();
  Object.assign(paper, { textAlign: "left", textBaseline: "top", lineJoin: "round", lineWidth: 3.5, strokeStyle: theme.ground, fillStyle: theme.ink });
  for (const { point, name, size, dx, dy } of written) {
    const [x, y] = onScreen(point);
    paper.font = `500 ${size}px ${theme.face}`;
    paper.strokeText(name, x + dx, y + dy);
    paper.fillText(name, x + dx, y + dy);
  }
}
