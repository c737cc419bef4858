// ---- the window of dates: two ends, a tick for what has no date, and a play that moves the last day on
const dated = links.filter(({ start, latest }) => start !== null || latest !== null);
const undatedCount = links.length - dated.length;
const days = dated.flatMap(({ start, latest }) => [start, latest]).filter((one_) => one_ !== null);
const monthIndex = (days_) => { const date = new Date(days_ * 864e5); return date.getUTCFullYear() * 12 + date.getUTCMonth(); };
const firstDay = (index) => Date.UTC(Math.floor(index / 12), index % 12, 1) / 864e5;
const [earliest, last_] = days.length ? [monthIndex(days.reduce((a, b) => Math.min(a, b))), monthIndex(days.reduce((a, b) => Math.max(a, b)))] : [0, 0];
const monthText = (index) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;

const windowNow = () => [now.from === null ? earliest : monthIndex(now.from), now.to === null ? last_ : monthIndex(now.to)].map((index) => clamp(index, earliest, last_));

function setWindow(from, to) {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  change({ from: low <= earliest ? null : firstDay(low), to: high >= last_ ? null : firstDay(high + 1) - 1 });
}

// How many links may have begun in each of some equal spans, as bars.
function drawBars() {
  const [low, high] = windowNow();
  const spans = Math.min(60, last_ - earliest + 1);
  const width = (last_ - earliest + 1) / spans;
  const spanOf = (day_) => Math.floor((monthIndex(day_) - earliest) / width);
  const counts = new Array(spans).fill(0);
  for (const { start, latest } of dated) counts[spanOf(start ?? latest)] += 1;
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, place) => {
    const height = count && Math.max(2, (26 * count) / most);
    const begins = earliest + place * width;
    const on = begins + width > low && begins <= high;
    return drawn("rect", { x: (100 * place) / spans + 0.15, y: 26 - height, width: 100 / spans - 0.3, height, class: on ? "on" : "off" });
  });
  byId("bars").replaceChildren(...bars);
}

function showTime() {
  byId("time").hidden = !days.length || earliest === last_;
  if (byId("time").hidden) return;
  const [low, high] = windowNow();
  for (const [id, value] of [["from", low], ["to", high]]) {
    Object.assign(byId(id), { min: earliest, max: last_, step: 1 });
    byId(id).value = value;
    byId(id).setAttribute("aria-valuetext", monthText(value));
  }
  byId("undated").checked = now.undated;
  byId("undated").parentElement.hidden = !undatedCount;
  byId("undatedCount").textContent = word("undatedLinks", { n: undatedCount });
  const possible = [...passing.links].filter((k) => passing.how[k] === "possible").length;
  const sure = passing.links.size - possible;
  byId("span").textContent = together(`${monthText(low)} – ${monthText(high)}`, word("inWindow", { n: sure }), possible > 0 && word("perhaps", { n: possible }));
  drawBars();
}

let playing = 0;
function stop() {
  window.clearInterval(playing);
  playing = 0;
  byId("play").setAttribute("aria-pressed", "false");
}

// A step for each month, or more at once where there are many, so that a play takes half a minute at most.
function play() {
  if (playing) return stop();
  const [low, high] = windowNow();
  let at = high >= last_ ? low : high;
  const step = Math.max(1, Math.ceil((last_ - low) / 60));
  const tick = (advance) => {
    at = Math.min(at + advance, last_);
    become({ ...now, from: low <= earliest ? null : firstDay(low), to: at >= last_ ? null : firstDay(at + 1) - 1 });
    if (at >= last_) stop();
  };
  change({});
  tick(0);
  byId("play").setAttribute("aria-pressed", "true");
  playing = window.setInterval(() => tick(step), 450);
}

