// Pictures as files and in print: SVG; PNG at three times its resolution; PDF by the printing of the browser.
import { mapContext, paint } from "./canvas.js";
import { setTheme } from "./main.js";
import { drawPicture, headingText, PICTURE } from "./picture.js";
import { byId, flatContext, make, svgElement } from "../shared/dom.js";
import { download } from "../shared/download.js";
import { SvgContext } from "../shared/svg_context.js";
import { themeName } from "../shared/theme.js";
import { reader } from "../shared/words.js";

const RESOLUTION = 3;

export const downloadSvg = () =>
  download("map.svg", "image/svg+xml", new XMLSerializer().serializeToString(svgPicture().svg));

/** The picture as editable shapes and text, and its height in millimetres. */
function svgPicture() {
  const context = new SvgContext(mapContext());
  let height = 0;
  drawPicture(context, (all) => (height = all));
  const { width, millimetres } = PICTURE;
  const tall = ((height * millimetres) / width).toFixed(1);
  const size = { width: `${millimetres}mm`, height: `${tall}mm`, viewBox: `0 0 ${width} ${height}` };
  const svg = svgElement("svg", { xmlns: "http://www.w3.org/2000/svg", ...size }, context.root);
  svg.prepend(svgElement("title", {}, headingText()));
  return { svg, tall };
}

export function downloadPng() {
  const canvas = make("canvas", {});
  const context = flatContext(canvas);
  drawPicture(context, (height) => {
    Object.assign(canvas, { width: PICTURE.width * RESOLUTION, height: height * RESOLUTION });
    context.scale(RESOLUTION, RESOLUTION);
  });
  canvas.toBlob((blob) => blob && download("map.png", "image/png", blob));
}

/** The size of the paper while a PDF is printed. */
const paper = new CSSStyleSheet();

/** Print the picture on paper of its size: the browser draws shapes as vectors and embeds the fonts. */
export function printPdf() {
  paper.replaceSync(`@page { size: ${PICTURE.millimetres}mm ${svgPicture().tall}mm; margin: 0 }`);
  document.adoptedStyleSheets = [paper];
  document.body.classList.add("paper");
  window.print();
}

/** @type {Theme | null} */
let screenTheme = null;

/** The page prints its picture, in the light theme. */
export function beforePrint() {
  screenTheme = reader.theme;
  if (themeName() === "dark") setTheme("light");
  byId("printed").replaceChildren(svgPicture().svg);
}

export function afterPrint() {
  byId("printed").replaceChildren();
  document.adoptedStyleSheets = [];
  document.body.classList.remove("paper");
  setTheme(screenTheme);
  paint();
}
