// Export: the visible part of the map as PNG or PDF, at three times the resolution of the screen.
import { mapContext, network } from "./canvas.js";
import { scene } from "./data.js";
import { drawing } from "./drawing.js";
import { LAYERS_ABOVE, LAYERS_BELOW } from "./layers.js";
import { HEAD, onPictureGround, pictureLegend, pictureTexts, signPaint } from "./picture.js";
import { byId, flatContext, make } from "../shared/dom.js";
import { download } from "../shared/download.js";
import { pdfOfImage } from "../shared/pdf.js";
import { theme } from "../shared/theme.js";
import { localise } from "../shared/words.js";

const RESOLUTION = 3;

export const downloadPng = () =>
  onPictureGround(() => pngCanvas().toBlob((blob) => blob && download("map.png", "image/png", blob)));

/** The picture as a PDF of one page, 174 mm wide, which two columns of a journal are. */
export const downloadPdf = () =>
  onPictureGround(() => {
    const canvas = pngCanvas();
    canvas.toBlob(
      async (blob) => {
        const size = { width: canvas.width, height: canvas.height };
        if (blob)
          download("map.pdf", "application/pdf", pdfOfImage(await blob.arrayBuffer(), size, localise(scene.title)));
      },
      "image/jpeg",
      0.93,
    );
  });

function pngCanvas() {
  const { clientWidth: width, clientHeight: map } = byId("map");
  const legend = pictureLegend(mapContext(), width);
  const height = HEAD + map + legend.height;
  const canvas = make("canvas", { width: width * RESOLUTION, height: height * RESOLUTION });
  const context = flatContext(canvas);
  context.scale(RESOLUTION, RESOLUTION);
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, width, height);
  paintMap(context, width, map);
  context.fillStyle = theme.ground;
  context.fillRect(0, HEAD + map, width, legend.height);
  for (const entry of legend.entries) paintEntry(context, entry, HEAD + map);
  for (const { text, x, y, size, weight, ink } of pictureTexts(height)) {
    Object.assign(context, { fillStyle: theme[ink], font: `${weight} ${size}px ${theme.face}` });
    context.fillText(text, x, y);
  }
  return canvas;
}

/**
 * Paint the layers of the map as on the screen.
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} height
 */
function paintMap(context, width, height) {
  const { x, y } = network.getViewPosition();
  const scale = network.getScale();
  context.save();
  context.beginPath();
  context.rect(0, HEAD, width, height);
  context.clip();
  context.translate(width / 2 - x * scale, HEAD + height / 2 - y * scale);
  context.scale(scale, scale);
  for (const draw of LAYERS_BELOW) draw(context);
  for (const id of drawing.points.keys()) network.body.nodes[id]?.draw(context);
  for (const draw of LAYERS_ABOVE) draw(context);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PictureEntry} entry
 * @param {number} top
 */
function paintEntry(context, entry, top) {
  const { fill, stroke, width } = signPaint(entry);
  const path = new Path2D(entry.path);
  context.save();
  context.translate(entry.x, top + entry.y - 9);
  Object.assign(context, { fillStyle: fill, strokeStyle: stroke, lineWidth: width });
  context.setLineDash(entry.dash);
  if (fill === "none") context.stroke(path);
  else context.fill(path);
  Object.assign(context, { fillStyle: theme.ink, font: `400 12.5px ${theme.face}`, textBaseline: "middle" });
  context.fillText(entry.text, 24, 9);
  context.restore();
}
