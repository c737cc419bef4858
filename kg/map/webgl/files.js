// ---- files: the picture as PNG, what is shown as CSV
const shownOf = (flags, count) => Array.from({ length: count }, (_, i) => i).filter((i) => flags[i]);
const named = (number_) => (Number.isNaN(number_) ? null : number_);

function saveActors() {
  const rows = shownOf(pointShown, n).map((actor) => {
    const { kind, sector } = data.looks[lookOf[actor]];
    const { count, bound } = unnamed(actor);
    return [iriOf(actor), nameIn(actor, "en"), nameIn(actor, "zh"), kind, sector, partners(actor).length, count, bound, linksOf(actor).length, named(scores[actor])];
  });
  save("actors.csv", "text/csv", delimited([["iri", "label_en", "label_zh", "kind", "sector", "partners_named", "partners_unnamed", "is_lower_bound", "links", data.measure], ...rows]));
}

function saveLinks() {
  const day = (days) => (Number.isNaN(days) ? null : isoDay(days));
  const rows = shownOf(linkShown, linkCount).map((link) => {
    const [{ kind, stage, bound }, who] = [formAt(link), rolesOf(link)];
    return [iriFrom(linkKeys[link]), linkText?.(2 * link), linkText?.(2 * link + 1), kind, stage, day(startOf[link]), day(latestOf[link]), who.map(({ actor }) => iriOf(actor)).join(" "), who.map(({ roles }) => roles.join("+")).join(" "), unnamedOf[link], Boolean(bound), sourcesOf(link).map((source) => sourceIris[source]).join(" ")];
  });
  save("links.csv", "text/csv", delimited([["iri", "label_en", "label_zh", "kind", "stage", "start_earliest", "start_latest", "parties", "roles", "unnamed", "is_lower_bound", "sources"], ...rows]));
}

// The picture is what the screen shows, with its title and how much of the whole it is.
function savePicture() {
  moving = false;
  paint();
  const scale = window.devicePixelRatio;
  const top = 64 * scale;
  const to = make("canvas", { width: board.width, height: board.height + top });
  const context = to.getContext("2d");
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, to.width, to.height);
  for (const from of [board, byId("names")]) context.drawImage(from, 0, top);
  for (const [line, size, place, colour] of [[inLang(data.title), `650 ${18 * scale}`, 28, theme.ink], [byId("shown").textContent, 13 * scale, 50, theme.muted]]) {
    context.fillStyle = colour;
    context.font = `${size}px ${theme.face}`;
    context.fillText(line, 20 * scale, place * scale);
  }
  to.toBlob((blob) => save("map.png", "image/png", blob));
}
