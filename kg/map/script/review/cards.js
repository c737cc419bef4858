// The proposals, each as a card with its verdict; the current one may be changed.
import { button, byId, make } from "../shared/dom.js";
import { changeForm } from "./change.js";
import { changed, current, decide, decisionOf, localised, moveOn, moveTo, review, session, word } from "./state.js";

/** @type {[Verdict, string, string][]} */
const VERDICTS = [
  ["accepted", "accept", "a"],
  ["refused", "refuse", "r"],
];

/** @param {ReviewProposal} proposal */
function details(proposal) {
  const change = decisionOf(proposal)?.change ?? {};
  const stage = change.stage ?? proposal.stage;
  const date = change.date ?? proposal.date;
  return [
    stage && review.stages[stage] && localised(review.stages[stage]),
    date && (proposal.inferred && change.date === undefined ? `${date} (${word("inferred")})` : date),
    change.role ?? proposal.role,
    proposal.count,
    proposal.modality !== "asserted" && word(`modality_${proposal.modality}`),
    `${word("confidence")} ${Math.round(100 * proposal.confidence)} %`,
  ].filter(Boolean);
}

/** @param {ReviewProposal} proposal */
function statement(proposal) {
  const change = decisionOf(proposal)?.change ?? {};
  return make(
    "p",
    { class: "statement" },
    make("strong", {}, change.head ?? proposal.head.name),
    ` ${localised(review.relations[proposal.relation])} `,
    make("strong", {}, change.tail ?? proposal.tail.name),
  );
}

/** @param {ReviewRefusal} refusal */
function refusalItem({ relation, head, tail, quote, reason, detail }) {
  const label = review.relations[relation];
  const stated = label ? `${head} ${localised(label)} ${tail}` : "";
  const known = review.reasons[reason];
  const why = known ? localised(known) : detail;
  return make("li", {}, make("strong", {}, stated), stated ? ` – ${why} ` : why, make("q", {}, quote));
}

/** @param {ReviewProposal} proposal */
export function openChange(proposal) {
  session.changing = proposal.id;
  changed();
  byId("changeHead").focus();
}

/**
 * @param {ReviewProposal} proposal
 * @param {number} place
 */
function verdictButtons(proposal, place) {
  const verdict = decisionOf(proposal)?.verdict;
  const buttons = VERDICTS.map(([value, key, letter]) =>
    button(
      [word(key), make("kbd", {}, letter)],
      () => {
        session.place = place;
        decide(proposal, value);
        moveOn();
      },
      { "aria-pressed": String(verdict === value), class: value },
    ),
  );
  const change = () => {
    session.place = place;
    openChange(proposal);
  };
  const pressed = { "aria-pressed": String(verdict === "changed"), class: "changed" };
  return make(
    "div",
    { class: "verdicts", role: "group" },
    buttons,
    button([word("change"), make("kbd", {}, "c")], change, pressed),
  );
}

/**
 * @param {ReviewProposal} proposal
 * @param {number} place
 */
function card(proposal, place) {
  const isCurrent = place === session.place;
  const verdict = decisionOf(proposal)?.verdict ?? "open";
  return make(
    "li",
    { class: `card ${verdict}${isCurrent ? " current" : ""}`, ...(isCurrent && { "aria-current": "true" }) },
    button(statement(proposal), () => moveTo(place), { class: "choose" }),
    make("p", { class: "details" }, details(proposal).join(" · ")),
    proposal.reason && make("p", { class: "reason" }, `${word("notWritten")} ${localised(proposal.reason)}`),
    verdictButtons(proposal, place),
    session.changing === proposal.id && changeForm(proposal),
  );
}

export function drawCards() {
  const { proposals, refusals } = current();
  const list = byId("proposals");
  const hadFocus = list.contains(document.activeElement);
  list.replaceChildren(...proposals.map(card));
  const shown = list.querySelector(".current .choose");
  if (hadFocus && shown instanceof HTMLElement) shown.focus({ preventScroll: true });
  shown?.closest("li")?.scrollIntoView({ block: "nearest" });
  byId("refusals").replaceChildren(...refusals.map(refusalItem));
  byId("refusalCount").textContent = `${word("refusals")} (${refusals.length})`;
}
