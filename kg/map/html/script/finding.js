// ---- finding: how names are compared, and the keys of the field that asks for them
const fold = (name) => name.normalize("NFKD").replace(/[\p{M}\p{P}\p{Z}\p{S}]/gu, "").toLowerCase();
const initials = (name) => name.split(/[\s'’-]+/).map((part) => part[0] ?? "").join("").toLowerCase();

// Enter takes the first; arrows walk between the field and what was found; Escape begins anew.
function searchKey(event) {
  const stops = [byId("search"), ...byId("results").querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  else if (event.key === "Enter" && document.activeElement === stops[0]) stops[1]?.click();
  else if (event.key === "Escape" && stops[0].value) stops[0].value = "", search(), stops[0].focus(), event.stopPropagation();
  else return;
  event.preventDefault();
}

