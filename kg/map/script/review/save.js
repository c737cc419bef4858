// The file of decisions, made in the page without a request.
import { download } from "../shared/download.js";
import { byId, inputById } from "../shared/dom.js";
import { review, session, word } from "./state.js";

/** @param {ReviewDocument} one */
function decided(one) {
  const decisions = one.proposals
    .filter(({ id }) => one.decisions[id])
    .map(({ id }) => ({ proposal: id, ...one.decisions[id] }));
  const names = one.names
    .filter((name) => one.choices[`${name.type}/${name.name}`])
    .map(({ type, name }) => ({
      type,
      name,
      ...one.choices[`${type}/${name}`],
    }));
  return {
    document: one.sha256,
    reviewer: session.reviewer.trim(),
    day: review.day,
    decisions,
    names,
    ...(one.added.length && { added: one.added }),
    ...(one.publisher && { publisher: one.publisher }),
    quality: one.quality,
    steps: session.steps,
  };
}

/** The content of the file. */
export const content = () =>
  `${JSON.stringify({ format: review.format, documents: review.documents.map(decided) }, null, 1)}\n`;

/** Save the file, after what is missing has been filled in. */
export function save() {
  const missing = session.reviewer.trim() ? review.documents.findIndex((one) => !one.publisher.trim()) : 0;
  if (missing >= 0 || !session.reviewer.trim()) {
    const field = inputById(session.reviewer.trim() ? "publisher" : "reviewer");
    byId("status").textContent = word(session.reviewer.trim() ? "needPublisher" : "needReviewer");
    field.focus();
    return;
  }
  download(`${review.stem}.decisions.json`, "application/json", content());
  byId("status").textContent = word("saved");
}
