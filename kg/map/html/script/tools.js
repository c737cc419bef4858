// ---- elements: all text from the data goes through here, as text nodes and attributes, never as HTML or code
const byId = (id) => document.getElementById(id);
const sum = (values) => values.reduce((all, one) => all + one, 0);
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const cut = (name, most) => ([...name].length > most ? `${[...name].slice(0, most - 1).join("").trimEnd()}…` : name);
const together = (...parts) => parts.filter(Boolean).join(" · ");

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.flat().filter(Boolean));
  return element;
}

function button(label, action, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", action);
  return element;
}

function drawn(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const picture = (path, attributes) => drawn("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, drawn("path", { d: path, ...attributes }));

function choice(select, options, chosen) {
  select.replaceChildren(...options.map(([value, label]) => make("option", { value, ...(value === chosen && { selected: "" }) }, label)));
}

