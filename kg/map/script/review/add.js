// The form for a statement that the reader missed: its sentence, its trigger and its parties, by selection or by keys.
import { button, byId, detailsById, fillSelect, inputById, make } from "../shared/dom.js";
import { changed, current, localised, review, session, word } from "./state.js";

const FIELDS = ["addHead", "addTrigger", "addTail"];
let focused = "addTrigger";

/** @param {string} id */
const selectById = (id) => /** @type {HTMLSelectElement} */ (byId(id));
const letters = () => [...current().text];

/** The chosen sentence with its offsets. */
function sentence() {
  const [start, end] = current().sentences[Number(selectById("addSentence").value)] ?? [0, 0];
  return { start, end, text: letters().slice(start, end).join("") };
}

/**
 * Whether a sentence contains a name, or another word of the text for it.
 * @param {string} name
 * @param {string} text
 */
function isNamedIn(name, text) {
  const known = current().names.filter((one) => one.name === name);
  return [name, ...known.flatMap(({ aliases }) => aliases)].some((one) => text.includes(one));
}

/**
 * The type that is chosen for a party.
 * @param {"addHead" | "addTail"} id
 */
const typeOf = (id) => selectById(`${id}Type`).value;

/** What is missing in the form, or an empty text. */
function missing() {
  const { text } = sentence();
  const relation = review.kinds[selectById("addRelation").value];
  const counted = !relation.tails.length;
  if (!FIELDS.every((id) => inputById(id).value.trim())) return word("addEmpty");
  if (!text.includes(inputById("addTrigger").value.trim())) return word("addTriggerElsewhere");
  if (!isNamedIn(inputById("addHead").value.trim(), text) || !isNamedIn(inputById("addTail").value.trim(), text))
    return word("addPartyElsewhere");
  const fits = relation.heads.includes(typeOf("addHead")) && (counted || relation.tails.includes(typeOf("addTail")));
  return fits ? "" : word("addKinds");
}

/** @param {Event} event */
function submit(event) {
  event.preventDefault();
  const failed = missing();
  byId("addStatus").textContent = failed;
  if (failed) return;
  const { start, end } = sentence();
  const relation = selectById("addRelation").value;
  const [head, trigger, tail] = FIELDS.map((id) => inputById(id).value.trim());
  const tailType = review.kinds[relation].tails.length ? typeOf("addTail") : "";
  current().added.push({
    relation,
    head,
    head_type: typeOf("addHead"),
    tail,
    start,
    end,
    trigger,
    ...(tailType && { tail_type: tailType }),
  });
  for (const id of FIELDS) inputById(id).value = "";
  changed();
  byId("addStatus").textContent = word("addDone");
  byId("addHead").focus();
}

/** Fill the field that had the focus last with the selected text, and choose its sentence. */
function take() {
  const selection = document.getSelection();
  const text = byId("text");
  if (!detailsById("add").open || !selection?.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const place = [...before.toString()].length;
  const number = current().sentences.findIndex(([start, end]) => start <= place && place < end);
  if (number >= 0) selectById("addSentence").value = String(number);
  inputById(focused).value = selection.toString().trim();
  inputById(focused).dispatchEvent(new Event("input"));
}

/** @param {Addition} one */
function item(one) {
  const remove = () => {
    current().added = current().added.filter((other) => other !== one);
    changed();
  };
  return make(
    "li",
    { class: "card accepted" },
    make("strong", {}, one.head),
    ` ${localised(review.relations[one.relation])} `,
    make("strong", {}, one.tail),
    make("q", {}, one.trigger),
    button(word("remove"), remove),
  );
}

function fillForm() {
  const { sentences, names } = current();
  const all = letters();
  const shown = current().proposals[session.place]?.spans[0]?.[0] ?? 0;
  const place = Math.max(
    0,
    sentences.findIndex(([start, end]) => start <= shown && shown < end),
  );
  /** @type {[string, string][]} */
  const listed = sentences.map(([start, end], number) => [
    String(number),
    `${number + 1}. ${all.slice(start, Math.min(end, start + 60)).join("")}`,
  ]);
  fillSelect(selectById("addSentence"), listed, String(place));
  byId("addNames").replaceChildren(
    ...[...new Set(names.map(({ name }) => name))].map((value) => make("option", { value })),
  );
  const relation = selectById("addRelation").value || "signed";
  fillSelect(
    selectById("addRelation"),
    Object.keys(review.kinds).map((key) => [key, localised(review.relations[key])]),
    relation,
  );
  for (const id of ["addHeadType", "addTailType"])
    fillSelect(
      selectById(id),
      Object.entries(review.types).map(([key, label]) => [key, localised(label)]),
      selectById(id).value,
    );
}

export function drawAdd() {
  byId("added").replaceChildren(...current().added.map(item));
  if (!detailsById("add").contains(document.activeElement)) fillForm();
}

/** Open the form and move to its first field. */
export function openAdd() {
  detailsById("add").open = true;
  fillForm();
  byId("addHead").focus();
}

byId("addForm").addEventListener("submit", submit);
document.addEventListener("selectionchange", take);
for (const id of FIELDS) {
  byId(id).addEventListener("focus", () => {
    focused = id;
  });
}
for (const id of ["addHead", "addTail"])
  byId(id).addEventListener("input", () => {
    const known = current().names.find(({ name }) => name === inputById(id).value);
    if (known) selectById(`${id}Type`).value = known.type;
  });
