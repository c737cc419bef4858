// Matching: normalisation of names, and keys of the search field.
const foldName = (name) => name.normalize("NFKD").replace(/[\p{M}\p{P}\p{Z}\p{S}]/gu, "").toLowerCase();
const initials = (name) => name.split(/[\s'’-]+/).map((part) => part[0] ?? "").join("").toLowerCase();

// Enter chooses the first result, arrow keys move between field and results, Escape clears the field.
function onSearchKey(event) {
  const stops = [byId("search"), ...byId("results").querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  else if (event.key === "Enter" && document.activeElement === stops[0]) stops[1]?.click();
  else if (event.key === "Escape" && stops[0].value) stops[0].value = "", search(), stops[0].focus(), event.stopPropagation();
  else return;
  event.preventDefault();
}

