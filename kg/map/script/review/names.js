// The names of the document: each is linked to somebody known, or becomes somebody new.
import { byId, make } from "../shared/dom.js";
import { changed, current, localised, nameKey, review, word } from "./state.js";

/**
 * @param {ReviewName} name
 * @param {string | null} actor
 * @param {string} spelling
 */
function choose(name, actor, spelling) {
  current().choices[nameKey(name)] = { actor, spelling };
  changed();
}

/**
 * One of the actors that a name may mean.
 * @param {ReviewName} name
 * @param {number} place
 * @param {string | null} actor
 * @param {(Node | string)[]} label
 */
function option(name, place, actor, label) {
  const choice = current().choices[nameKey(name)];
  const isChosen = (choice ? choice.actor : name.known) === actor;
  const input = make("input", { type: "radio", name: `name${place}`, ...(isChosen && { checked: "" }) });
  input.addEventListener("change", () => choose(name, actor, choice?.spelling ?? ""));
  return make("label", { class: "option" }, input, ...label);
}

/**
 * @param {ReviewName} name
 * @param {number} place
 */
function row(name, place) {
  const value = current().choices[nameKey(name)]?.spelling ?? "";
  const spelling = make("input", { value, placeholder: name.name, "aria-label": word("spelling") });
  spelling.addEventListener("change", () => choose(name, null, spelling.value.trim()));
  const suggestions = name.suggestions.map(({ iri, label, score, reasons }) => {
    const parts = [make("strong", {}, label), ` ${Math.round(100 * score)} % `, make("small", {}, localised(reasons))];
    return option(name, place, iri, parts);
  });
  return make(
    "li",
    {},
    make("p", {}, make("strong", {}, name.name), ` ${localised(review.types[name.type])}`),
    make(
      "fieldset",
      { "aria-label": name.name },
      suggestions,
      option(name, place, null, [word("newActor"), " ", spelling]),
    ),
  );
}

export function drawNames() {
  const actors = current().names.filter(({ isActor }) => isActor);
  byId("names").replaceChildren(...actors.map(row));
  const open = actors.filter((one) => !one.known && one.suggestions.length && !current().choices[nameKey(one)]);
  const toLink = open.length ? `, ${word("toLink")} ${open.length}` : "";
  byId("nameCount").textContent = `${word("names")} (${actors.length}${toLink})`;
}
