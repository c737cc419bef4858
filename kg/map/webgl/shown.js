// ---- what is shown: kinds of actor and of link that are not switched off, within a window of years
const yearOf = (days) => new Date(days * 864e5).getUTCFullYear();
const yearBegins = (year) => Date.UTC(year, 0, 1) / 864e5;
const dated = (link) => !Number.isNaN(startOf[link]) || !Number.isNaN(latestOf[link]);
const [firstYear, lastYear] = (() => {
  let [low, high] = [Infinity, -Infinity];
  for (const day of [startOf, latestOf]) for (const one_ of day) if (!Number.isNaN(one_)) [low, high] = [Math.min(low, one_), Math.max(high, one_)];
  return low > high ? [0, 0] : [yearOf(low), yearOf(high)];
})();

// What can be switched off; a link's values are those of its form.
const valueOf = { form: ({ kind }) => kind, stage: ({ stage }) => stage ?? "" };
const facets = new Map(Object.entries(valueOf).map(([name, value]) => {
  const counts = new Map();
  for (let link = 0; link < linkCount; link += 1) { const own = value(formAt(link)); counts.set(own, (counts.get(own) ?? 0) + 1); }
  return [name, new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))];
}));
facets.set("kind", new Map(data.looks.map(({ count }, i) => [String(i), count])));
const everything = () => ({ off: new Map([...facets.keys()].map((name) => [name, new Set()])), from: firstYear, to: lastYear, undated: true });
let now = everything();
const isWhole = () => [...now.off.values()].every(({ size }) => !size) && now.from === firstYear && now.to === lastYear && now.undated;

const pointShown = new Uint8Array(all).fill(1);
const lineShown = new Uint8Array(lineCount).fill(1);
const linkShown = new Uint8Array(linkCount).fill(1); // 2: its bounds only overlap the window
const amount = { actors: n, sure: linkCount, perhaps: 0 };

// A bound that is not known may lie anywhere on its side.
function inWindow(link, low, high) {
  const [start, latest] = [startOf[link], latestOf[link]];
  if (!dated(link)) return now.undated ? 1 : 0;
  if (start >= high || latest < low) return 0;
  return start >= low && latest < high ? 1 : 2;
}

// A link is shown when one of its parties is; who has no link that is shown is not.
function reckon() {
  const whole_ = isWhole();
  for (const one_ of [pointShown, lineShown, linkShown]) one_.fill(whole_ ? 1 : 0);
  Object.assign(amount, { actors: whole_ ? n : 0, sure: whole_ ? linkCount : 0, perhaps: 0 });
  if (whole_) return;
  const lookOn = data.looks.map((_, i) => !now.off.get("kind").has(String(i)));
  const pointOn = (point) => point >= n || lookOn[lookOf[point]];
  const formOn = data.forms.map((form) => Object.entries(valueOf).every(([name, value]) => !now.off.get(name).has(value(form))));
  const window_ = [now.from === firstYear ? -Infinity : yearBegins(now.from), now.to === lastYear ? Infinity : yearBegins(now.to + 1)];
  for (let link = 0; link < linkCount; link += 1) {
    const here = formOn[formOf[link]] ? inWindow(link, ...window_) : 0;
    let some = false;
    if (here) for (const actor of partiesOf(link)) if (pointOn(actor)) amount.actors += 1 - pointShown[actor], pointShown[actor] = 1, some = true;
    if (!some) continue;
    linkShown[link] = here;
    amount[here === 1 ? "sure" : "perhaps"] += 1;
    if (pointOf[link]) pointShown[pointOf[link]] = 1;
    for (const line of linesOfLink(link)) if (pointOn(ends[2 * line]) && pointOn(ends[2 * line + 1])) lineShown[line] = 1;
  }
}

function change(what) {
  now = { ...now, ...what };
  reckon();
  deal();
  showFilters();
  attend(chosen);
  remember();
}
