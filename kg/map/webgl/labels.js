// Labels: as many names as fit without overlap at this scale, by descending score.
const labelContext = byId("names").getContext("2d");
const MAX_LABELS = 110;
const CELL = 12; // pixels; a label occupies the cells that it touches
const toScreen = (point) => [(positions[2 * point] - camera.x) * camera.scale + canvas.clientWidth / 2, (positions[2 * point + 1] - camera.y) * camera.scale + canvas.clientHeight / 2];

const textWidths = new Map();
function textWidth(name, size) {
  if (!textWidths.has(name)) textWidths.set(name, labelContext.measureText(name).width / size);
  return textWidths.get(name) * size;
}

let placedLabels = [];
function placeLabels() {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const columns = Math.ceil(width / CELL) + 1;
  const taken = new Uint8Array(columns * (Math.ceil(height / CELL) + 1));
  const labels = [];
  const candidates = highlight && [...(chosen.point < n ? [chosen.point] : []), ...highlight.points.filter((point) => point < n && point !== chosen.point)];
  const total = candidates ? candidates.length : n;
  for (let turn = 0, tried = 0; turn < total && tried < 1500 && labels.length < MAX_LABELS; turn += 1) {
    const point = candidates ? candidates[turn] : turn;
    const [x, y] = toScreen(point);
    if (x < 0 || y < 0 || x > width || y > height || !(candidates || pointVisible[point])) continue;
    tried += 1;
    const size = 11.5 + Math.min(4, sizes[point] / 8);
    labelContext.font = `500 ${size}px ${theme.face}`;
    const name = truncate(nameOf(point), 30);
    const wide = textWidth(name, size);
    const away = Math.max(sizes[point] * camera.scale, 1) + 3;
    const offset = [[-wide / 2, away], [-wide / 2, -away - size * 1.2], [away, -size * 0.6], [-away - wide, -size * 0.6]].find(([dx, dy]) => {
      const [left, top] = [x + dx, y + dy];
      if (left < 0 || top < 0 || left + wide > width || top + size * 1.2 > height) return false;
      for (let row = Math.floor(top / CELL); row <= (top + size * 1.2) / CELL; row += 1) for (let column = Math.floor(left / CELL); column <= (left + wide) / CELL; column += 1) if (taken[row * columns + column]) return false;
      return true;
    });
    if (!offset) continue;
    const [left, top] = [x + offset[0], y + offset[1]];
    for (let row = Math.floor(top / CELL); row <= (top + size * 1.2) / CELL; row += 1) for (let column = Math.floor(left / CELL); column <= (left + wide) / CELL; column += 1) taken[row * columns + column] = 1;
    labels.push({ point, name, size, dx: offset[0], dy: offset[1], wide });
  }
  return labels;
}

// Visible part of a line, from the edge of one shape to the edge of the other.
function visibleEnds(line) {
  const [[ax, ay], [bx, by]] = endsOf(line).map(toScreen);
  const long = Math.hypot(bx - ax, by - ay) || 1;
  const [a, b] = endsOf(line).map((end) => (sizes[end] * camera.scale) / long);
  return a + b < 1 ? [[ax + a * (bx - ax), ay + a * (by - ay)], [bx - b * (bx - ax), by - b * (by - ay)]] : [[ax, ay], [bx, by]];
}

// A ring around the chosen point, or thick lines for a chosen line or link.
function drawSelection() {
  Object.assign(labelContext, { lineWidth: 2.5, strokeStyle: theme.accent });
  labelContext.beginPath();
  if (chosen.point === undefined) {
    for (const line of highlight.lines) for (const [turn, end] of visibleEnds(line).entries()) labelContext[turn ? "lineTo" : "moveTo"](...end);
  } else {
    const [x, y] = toScreen(chosen.point);
    labelContext.arc(x, y, Math.max(sizes[chosen.point] * camera.scale, 2) * 1.2 + 4, 0, 2 * Math.PI);
  }
  labelContext.stroke();
}

// While the map moves, labels move with their points. They are placed again afterwards.
function drawLabels() {
  const ratio = window.devicePixelRatio;
  if (!moving) placedLabels = placeLabels();
  labelContext.setTransform(ratio, 0, 0, ratio, 0, 0);
  labelContext.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  if (highlight) drawSelection();
  Object.assign(labelContext, { textAlign: "left", textBaseline: "top", lineJoin: "round", lineWidth: 3.5, strokeStyle: theme.ground, fillStyle: theme.ink });
  for (const { point, name, size, dx, dy } of placedLabels) {
    const [x, y] = toScreen(point);
    labelContext.font = `500 ${size}px ${theme.face}`;
    labelContext.strokeText(name, x + dx, y + dy);
    labelContext.fillText(name, x + dx, y + dy);
  }
}
