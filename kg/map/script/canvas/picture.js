// The frame of saved pictures: title, counts, legend, sources and day, in screen pixels.
import { actors, countLinks, scene, styles } from "./data.js";
import { publishersOf, visible } from "./filter.js";
import { createLabel } from "./labels.js";
import { summaryText } from "./main.js";
import { byId } from "../shared/dom.js";
import { colourOfStyle, theme, themeName } from "../shared/theme.js";
import { kindOf, localise, word } from "../shared/words.js";

export const HEAD = 64; // height of title and counts
const EDGE = 20;
const ROW = 22;

/** Ground of saved pictures: white, so that they suit a page of paper; the dark theme keeps its own. */
const pictureGround = () => (themeName() === "light" ? "#ffffff" : theme.ground);

/**
 * Run `draw` with the ground of pictures.
 * @template T
 * @param {() => T} draw
 */
export function onPictureGround(draw) {
  const { ground } = theme;
  theme.ground = pictureGround();
  try {
    return draw();
  } finally {
    theme.ground = ground;
  }
}

/** Publishers of the visible links. */
const publishers = () => new Set([...visible.links].flatMap(publishersOf).filter(Boolean));

export const creditText = () =>
  word("credit", {
    n: publishers().size,
    links: countLinks(visible.links),
    day: new Date().toISOString().slice(0, 10),
  });

/** The signs of the legend on the page that are shown, with their paths. */
function shownSigns() {
  return [...byId("signs").querySelectorAll("li")].flatMap((item) => {
    const path = item.querySelector("path")?.getAttribute("d");
    return item.hidden || !path
      ? []
      : [
          {
            path,
            text: item.textContent?.trim() ?? "",
            style: null,
            dash: item.dataset.sign === "ring" ? [1.6, 2.5] : [],
          },
        ];
  });
}

/** Kinds of the visible actors, with their numbers. */
function shownKinds() {
  const counts = styles.map((_, style) => [...visible.actors].filter((actor) => actors[actor].style === style).length);
  return styles.flatMap((style, i) =>
    counts[i] ? [{ path: style.path, text: `${kindOf(style)} · ${counts[i]}`, style, dash: [] }] : [],
  );
}

/**
 * The entries of the legend in rows, and its height.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @returns {{ entries: PictureEntry[], height: number }}
 */
export function pictureLegend(context, width) {
  let [x, y] = [EDGE, ROW];
  const entries = [...shownKinds(), ...shownSigns()].map((entry) => {
    const wide = createLabel(context, [entry.text], 12.5).width + 44;
    if (x > EDGE && x + wide > width - EDGE) [x, y] = [EDGE, y + ROW];
    x += wide;
    return { ...entry, x: x - wide, y };
  });
  return { entries, height: y + 2 * ROW };
}

/**
 * Rows of text of the frame, with their places from the upper left corner of the picture.
 * @param {number} height
 * @returns {PictureText[]}
 */
export const pictureTexts = (height) => [
  { text: localise(scene.title), x: EDGE, y: 28, size: 18, weight: 650, ink: "ink" },
  { text: summaryText(), x: EDGE, y: 50, size: 13, weight: 400, ink: "muted" },
  { text: creditText(), x: EDGE, y: height - 14, size: 11.5, weight: 400, ink: "muted" },
];

/** @param {PictureEntry} entry */
export function signPaint({ style, dash }) {
  if (!style) return { fill: "none", stroke: theme.edge, width: dash.length ? 3 : 1.4 };
  const colour = colourOfStyle(style);
  return style.hollow ? { fill: "none", stroke: colour, width: 2.2 } : { fill: colour, stroke: "none", width: 0 };
}
