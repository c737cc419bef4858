// Completion of the search field of a served page: names that the server finds while a person types.
const nameField = /** @type {HTMLInputElement} */ (document.querySelector("header input[name=q]"));
const names = document.createElement("datalist");
const inChinese = document.documentElement.lang.startsWith("zh");
let lastTyped = "";

/** @param {Completion} hit */
function nameOption({ label, name }) {
  const shown = (inChinese ? (label.zh ?? label.en) : (label.en ?? label.zh)) ?? name;
  const option = document.createElement("option");
  option.value = shown;
  if (name !== shown) option.label = `${shown} · ${name}`;
  return option;
}

async function complete() {
  const typed = nameField.value.trim();
  if (!typed || typed === lastTyped) return;
  lastTyped = typed;
  const address = new URL("../search", nameField.form?.action);
  address.searchParams.set("q", typed);
  const reply = await fetch(address, { headers: { Accept: "application/json" } });
  if (!reply.ok || typed !== nameField.value.trim()) return;
  const { hits } = /** @type {{ hits: Completion[] }} */ (await reply.json());
  names.replaceChildren(...hits.map(nameOption));
}

names.id = "names";
nameField.after(names);
nameField.setAttribute("list", names.id);
nameField.autocomplete = "off";
nameField.addEventListener("input", complete);
