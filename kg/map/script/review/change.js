// The form in which a person changes the values of a proposal, within the names of the document.
import { make } from "../shared/dom.js";
import { current, decide, decisionOf, localised, moveOn, review, session, word } from "./state.js";

/**
 * A list of the names of the document.
 * @param {string} id
 * @param {string} selected
 */
function nameSelect(id, selected) {
  const names = [...new Set([selected, ...current().names.map(({ name }) => name)])];
  const options = names.map((name) =>
    make("option", { value: name, ...(name === selected && { selected: "" }) }, name),
  );
  return make("select", { id }, options);
}

/**
 * A list of stages.
 * @param {string} selected
 */
function stageSelect(selected) {
  const stages = Object.entries(review.stages).map(([key, label]) =>
    make("option", { value: key, ...(key === selected && { selected: "" }) }, localised(label)),
  );
  return make("select", { id: "changeStage" }, make("option", { value: "" }, word("noStage")), stages);
}

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/**
 * The values that differ from those of the proposal.
 * @param {ReviewProposal} proposal
 * @param {Record<string, Field>} fields
 */
function wanted(proposal, fields) {
  /** @type {Record<string, string>} */
  const proposed = {
    head: proposal.head.name,
    tail: proposal.tail.name,
    stage: proposal.stage,
    date: proposal.date,
    role: proposal.role,
  };
  const values = Object.entries(fields).map(([key, field]) => [key, field.value.trim()]);
  return Object.fromEntries(values.filter(([key, value]) => value !== proposed[key]));
}

/** @param {ReviewProposal} proposal */
export function changeForm(proposal) {
  const change = decisionOf(proposal)?.change ?? {};
  /** @type {Record<string, Field>} */
  const fields = { head: nameSelect("changeHead", change.head ?? proposal.head.name) };
  if (proposal.relation !== "countOf") fields.tail = nameSelect("changeTail", change.tail ?? proposal.tail.name);
  fields.stage = stageSelect(change.stage ?? proposal.stage);
  fields.date = make("input", { value: change.date ?? proposal.date, placeholder: "YYYY-MM-DD" });
  if (proposal.relation === "hasRole") fields.role = make("input", { value: change.role ?? proposal.role });
  const labels = Object.entries(fields).map(([key, field]) => make("label", {}, word(key), field));
  const form = make("form", { class: "change" }, labels, make("button", { type: "submit" }, word("apply")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = wanted(proposal, fields);
    session.changing = "";
    delete current().decisions[proposal.id];
    if (Object.keys(values).length) decide(proposal, "changed", values);
    else decide(proposal, "accepted");
    moveOn();
  });
  return form;
}
