// Printing: the page prints the picture of what is shown, in the light theme.
import { setTheme } from "./main.js";
import { now } from "./state.js";
import { svgPicture } from "./svg_export.js";
import { byId } from "../shared/dom.js";
import { themeName } from "../shared/theme.js";
import { reader } from "../shared/words.js";

/** @type {Theme | null} */
let screenTheme = null;

export function beforePrint() {
  screenTheme = reader.theme;
  if (themeName() === "dark") setTheme("light");
  byId("printed").replaceChildren(now.view === "years" ? "" : svgPicture());
}

export function afterPrint() {
  byId("printed").replaceChildren();
  setTheme(screenTheme);
}
