// State of a review: the decisions, the current proposal, the language, and the keys and clicks so far.
import { byId } from "../shared/dom.js";

/** @type {ReviewData} */
export const review = JSON.parse(byId("data").textContent ?? "");
export const session = {
  lang: review.lang,
  reviewer: review.reviewer,
  document: 0,
  place: -1,
  changing: "",
  steps: 0,
};

/** @type {(() => void)[]} */
const listeners = [];
/** @param {() => void} listener */
export const onChange = (listener) => {
  listeners.push(listener);
};
export const changed = () => listeners.forEach((listener) => listener());

/** @param {Pair} pair */
export const localised = (pair) => (session.lang === "zh" ? pair[1] : pair[0]);
/** @param {string} key */
export const word = (key) => localised(review.words[key]);
export const current = () => review.documents[session.document];
/** @param {ReviewProposal} proposal */
export const decisionOf = (proposal) => current().decisions[proposal.id];

/**
 * Record a verdict about the current proposal, or take it back if it is given twice.
 * @param {ReviewProposal} proposal
 * @param {Verdict} verdict
 * @param {ReviewChange} [change]
 */
export function decide(proposal, verdict, change) {
  const { decisions } = current();
  if (decisions[proposal.id]?.verdict === verdict && !change) delete decisions[proposal.id];
  else decisions[proposal.id] = change ? { verdict, change } : { verdict };
  changed();
}

/** @param {number} place */
export function moveTo(place) {
  session.place = Math.min(Math.max(place, 0), current().proposals.length - 1);
  changed();
}

/** Move to the next proposal without a verdict, or stay at the last one. */
export function moveOn() {
  const { proposals, decisions } = current();
  const next = proposals.findIndex((one, place) => place > session.place && !decisions[one.id]);
  const open = next < 0 ? proposals.findIndex((one) => !decisions[one.id]) : next;
  moveTo(open < 0 ? session.place : open);
}

/** @param {ReviewName} name */
export const nameKey = (name) => `${name.type}/${name.name}`;

/** The numbers of accepted, refused and open proposals of the document. */
export function tally() {
  const { proposals, decisions } = current();
  const verdicts = proposals.map((one) => decisions[one.id]?.verdict ?? "open");
  /** @param {string[]} kinds */
  const count = (...kinds) => verdicts.filter((one) => kinds.includes(one)).length;
  return {
    accepted: count("accepted", "changed"),
    refused: count("refused"),
    open: count("open"),
  };
}
