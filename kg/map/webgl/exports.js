// Exports: the visible map as PNG, the visible data as CSV.
const flagged = (flags, count) => Array.from({ length: count }, (_, i) => i).filter((i) => flags[i]);
const finite = (value) => (Number.isNaN(value) ? null : value);

function downloadActors() {
  const rows = flagged(pointVisible, n).map((actor) => {
    const { kind, sector } = data.styles[styleOf[actor]];
    const { count, bound } = unnamedParties(actor);
    return [iriOf(actor), nameIn(actor, "en"), nameIn(actor, "zh"), kind, sector, partners(actor).length, count, bound, linksOf(actor).length, finite(scores[actor])];
  });
  download("actors.csv", "text/csv", toCsv([["iri", "label_en", "label_zh", "kind", "sector", "partners_named", "partners_unnamed", "is_lower_bound", "links", data.measure], ...rows]));
}

function downloadLinks() {
  const day = (days) => (Number.isNaN(days) ? null : isoDay(days));
  const rows = flagged(linkVisible, linkCount).map((link) => {
    const [{ kind, stage, bound }, members] = [formAt(link), rolesOf(link)];
    return [expandIri(linkKeys[link]), linkText?.(2 * link), linkText?.(2 * link + 1), kind, stage, day(startOf[link]), day(latestOf[link]), members.map(({ actor }) => iriOf(actor)).join(" "), members.map(({ roles }) => roles.join("+")).join(" "), unnamedOf[link], Boolean(bound), sourcesOf(link).map((source) => sourceIris[source]).join(" ")];
  });
  download("links.csv", "text/csv", toCsv([["iri", "label_en", "label_zh", "kind", "stage", "start_earliest", "start_latest", "parties", "roles", "unnamed", "is_lower_bound", "sources"], ...rows]));
}

// The PNG contains the screen, the title and the number of visible actors and links.
function downloadPng() {
  moving = false;
  paint();
  const scale = window.devicePixelRatio;
  const top = 64 * scale;
  const to = make("canvas", { width: canvas.width, height: canvas.height + top });
  const context = to.getContext("2d");
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, to.width, to.height);
  for (const from of [canvas, byId("names")]) context.drawImage(from, 0, top);
  for (const [line, size, place, colour] of [[localise(data.title), `650 ${18 * scale}`, 28, theme.ink], [byId("visibleCount").textContent, 13 * scale, 50, theme.muted]]) {
    context.fillStyle = colour;
    context.font = `${size}px ${theme.face}`;
    context.fillText(line, 20 * scale, place * scale);
  }
  to.toBlob((blob) => download("map.png", "image/png", blob));
}
