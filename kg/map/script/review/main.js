// The page on which a person accepts, changes or refuses proposals, by mouse or by keys.
import { buttonsIn, byId, fillSelect, inputById } from "../shared/dom.js";
import { drawAdd, openAdd } from "./add.js";
import { drawCards, openChange } from "./cards.js";
import { drawNames } from "./names.js";
import { save } from "./save.js";
import {
  changed,
  current,
  decide,
  localised,
  moveOn,
  moveTo,
  onChange,
  review,
  session,
  tally,
  word,
} from "./state.js";
import { drawText } from "./text.js";

const documents = /** @type {HTMLSelectElement} */ (byId("document"));
const quality = /** @type {HTMLSelectElement} */ (byId("quality"));

function drawHead() {
  document.documentElement.lang = session.lang === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-word]"))
    element.textContent = word(element.getAttribute("data-word") ?? "");
  document.title = word("title");
  for (const one of buttonsIn("languages")) one.setAttribute("aria-pressed", String(one.value === session.lang));
  const { accepted, refused, open } = tally();
  byId("tally").textContent =
    `${word("accepted")} ${accepted} · ${word("refused")} ${refused} · ${word("open")} ${open}`;
  byId("steps").textContent = `${word("steps")} ${session.steps}`;
  fillSelect(
    documents,
    review.documents.map(({ name }, place) => [String(place), name]),
    String(session.document),
  );
  byId("documents").hidden = review.documents.length < 2;
  fillSelect(
    quality,
    Object.entries(review.qualities).map(([key, label]) => [key, localised(label)]),
    current().quality,
  );
  inputById("publisher").value = current().publisher;
}

onChange(drawHead);
onChange(drawText);
onChange(drawCards);
onChange(drawNames);
onChange(drawAdd);

/** @type {Record<string, (proposal: ReviewProposal) => void>} */
const KEYS = {
  a: (proposal) => {
    decide(proposal, "accepted");
    moveOn();
  },
  r: (proposal) => {
    decide(proposal, "refused");
    moveOn();
  },
  c: openChange,
  j: () => moveTo(session.place + 1),
  k: () => moveTo(session.place - 1),
  ArrowDown: () => moveTo(session.place + 1),
  ArrowUp: () => moveTo(session.place - 1),
  n: () => byId("namesTitle").focus(),
  i: openAdd,
  s: () => save(),
};

document.addEventListener("keydown", (event) => {
  if (event.target instanceof Element && event.target.closest("input, select, textarea, summary")) {
    if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  event.preventDefault();
  session.steps += 1;
  const proposal = current().proposals[session.place];
  if (proposal || "sni".includes(event.key)) KEYS[event.key](proposal);
});
document.addEventListener(
  "click",
  (event) => {
    if (event.isTrusted && event.target instanceof Element && event.target.closest("button, input, select"))
      session.steps += 1;
  },
  true,
);

byId("languages").addEventListener("click", ({ target }) => {
  if (target instanceof HTMLButtonElement) session.lang = target.value === "zh" ? "zh" : "en";
  changed();
});
documents.addEventListener("change", () => {
  session.document = Number(documents.value);
  moveTo(0);
});
quality.addEventListener("change", () => {
  current().quality = quality.value;
});
inputById("reviewer").value = session.reviewer;
inputById("reviewer").addEventListener("input", () => {
  session.reviewer = inputById("reviewer").value;
});
inputById("publisher").addEventListener("input", () => {
  current().publisher = inputById("publisher").value;
});
byId("save").addEventListener("click", save);
for (const one of review.documents)
  for (const proposal of one.proposals)
    if (proposal.preaccepted && !one.decisions[proposal.id]) one.decisions[proposal.id] = { verdict: "accepted" };
moveOn();
changed();
