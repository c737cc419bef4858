// Theme: the colours of the style sheet, and the preferences of the reader's system.
import { icon } from "./dom.js";
import { data } from "./payload.js";
import { reader } from "./words.js";

export const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
export const narrowScreen = window.matchMedia("(max-width: 760px)");
export const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
/** @type {Record<"ground" | "ink" | "muted" | "edge" | "accent" | "face", string>} */
export const theme = { ground: "", ink: "", muted: "", edge: "", accent: "", face: "" };
/** @returns {Theme} */
export const themeName = () => reader.theme ?? (prefersDark.matches ? "dark" : "light");

const NAMES = /** @type {(keyof typeof theme)[]} */ (Object.keys(theme));

export function readTheme() {
  document.documentElement.dataset.theme = themeName();
  const css = getComputedStyle(document.documentElement);
  for (const name of NAMES) theme[name] = css.getPropertyValue(`--${name}`).trim();
}

/** @param {StyleRow} style */
export const colourOfStyle = (style) => style[themeName()];
/** @param {StyleRow} style */
export const swatch = (style) =>
  icon(
    style.path,
    style.hollow ? { fill: "none", stroke: colourOfStyle(style), "stroke-width": 2.2 } : { fill: colourOfStyle(style) },
  );

/** @param {string} sector */
export const swatchOfSector = (sector) =>
  data.styles
    .filter((style) => style.sector === sector)
    .slice(0, 1)
    .map(swatch);
