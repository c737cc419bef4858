// The text of the document, with marks at the names and at the sentence of the current proposal.
import { byId, make } from "../shared/dom.js";
import { current, session, word } from "./state.js";

/**
 * Offsets count code points, so the text is divided into them.
 * @param {string[]} letters
 * @param {number[]} cuts
 */
function pieces(letters, cuts) {
  const places = [...new Set([0, ...cuts, letters.length])]
    .filter((one) => one <= letters.length)
    .sort((a, b) => a - b);
  return places.slice(1).map((end, index) => ({
    start: places[index],
    end,
    text: letters.slice(places[index], end).join(""),
  }));
}

export function drawText() {
  const shown = current();
  const spans = shown.proposals[session.place]?.spans ?? [];
  const cuts = [...shown.names.flatMap(({ start, end }) => [start, end]), ...spans.flat()];
  const parts = pieces([...shown.text], cuts).map((piece) => {
    /** @param {{ start: number, end: number }} span */
    const within = ({ start, end }) => start <= piece.start && piece.end <= end;
    const isName = shown.names.some(within);
    const isEvidence = spans.some(([start, end]) => within({ start, end }));
    if (!isName && !isEvidence) return piece.text;
    return make(isEvidence ? "mark" : "span", { class: isName ? "name" : "plain" }, piece.text);
  });
  byId("text").replaceChildren(...parts);
  byId("text").querySelector("mark")?.scrollIntoView({ block: "nearest" });
  const facts = [shown.publisher, shown.date, shown.address].filter(Boolean).join(" · ");
  byId("source").replaceChildren(make("h2", {}, shown.title || shown.name), make("p", {}, facts || word("noSource")));
}
