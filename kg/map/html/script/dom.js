// DOM helpers: all text from the data becomes text nodes and attributes, never HTML or code.
const byId = (id) => document.getElementById(id);
const sum = (values) => values.reduce((all, one) => all + one, 0);
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const truncate = (name, most) => ([...name].length > most ? `${[...name].slice(0, most - 1).join("").trimEnd()}…` : name);
const joined = (...parts) => parts.filter(Boolean).join(" · ");

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

function svgElement(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const icon = (path, attributes) => svgElement("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, svgElement("path", { d: path, ...attributes }));

function fillSelect(select, options, selected) {
  select.replaceChildren(...options.map(([value, label]) => make("option", { value, ...(value === selected && { selected: "" }) }, label)));
}

