// DOM helpers: all text from the data becomes text nodes and attributes, never HTML or code.
/**
 * The element with an id; the page contains all elements that the scripts name.
 * @param {string} id
 */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/**
 * The input with an id.
 * @param {string} id
 */
export const inputById = (id) => /** @type {HTMLInputElement} */ (byId(id));
/**
 * The button with an id.
 * @param {string} id
 */
export const buttonById = (id) => /** @type {HTMLButtonElement} */ (byId(id));
/**
 * The `details` with an id.
 * @param {string} id
 */
export const detailsById = (id) => /** @type {HTMLDetailsElement} */ (byId(id));
/**
 * The buttons in an element.
 * @param {string} id
 */
export const buttonsIn = (id) => [...byId(id).querySelectorAll("button")];
/**
 * The value of the button that an event hits, or an empty text.
 * @param {Event} event
 */
export const pressedValue = ({ target }) => (target instanceof HTMLButtonElement ? target.value : "");
/**
 * The two-dimensional context of a canvas.
 * @param {HTMLCanvasElement} canvas
 */
export const flatContext = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
/**
 * The value of a key that the map contains.
 * @template K, V
 * @param {Map<K, V>} map
 * @param {K} key
 */
export const valueOf = (map, key) => /** @type {V} */ (map.get(key));
/** @param {number[]} values */
export const sum = (values) => values.reduce((all, one) => all + one, 0);
/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
/**
 * @param {string} name
 * @param {number} most
 */
export const truncate = (name, most) =>
  [...name].length > most
    ? `${[...name]
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`
    : name;
/** @param {...(string | false | 0 | null | undefined)} parts */
export const joined = (...parts) => parts.filter(Boolean).join(" · ");

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {...(Child | Child[])} children
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children.flat().filter((child) => child instanceof Node || typeof child === "string"));
  return element;
}

/**
 * @param {Child | Child[]} label
 * @param {() => void} action
 * @param {Attributes} [attributes]
 */
export function button(label, action, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", action);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {...(Node | string)} children
 */
export function svgElement(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * @param {string} path
 * @param {Attributes} attributes
 */
export const icon = (path, attributes) =>
  svgElement("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, svgElement("path", { d: path, ...attributes }));

/**
 * @param {Element} select
 * @param {[string, string][]} options
 * @param {string} selected
 */
export function fillSelect(select, options, selected) {
  select.replaceChildren(
    ...options.map(([value, label]) => make("option", { value, ...(value === selected && { selected: "" }) }, label)),
  );
}
