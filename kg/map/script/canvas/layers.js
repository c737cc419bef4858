// Layers of the map, from the bottom up; vis-network draws the points between them.
import { drawGraticule } from "./cities.js";
import { drawLabels } from "./labels.js";
import { drawHighlight, drawLines } from "./lines.js";
import { drawBands, drawHulls, drawRings, drawSelection } from "./overlays.js";
import { drawRibbons } from "./ribbons.js";
import { drawSpans } from "./timeline.js";

export const LAYERS_BELOW = [drawGraticule, drawBands, drawRibbons, drawSpans, drawHulls, drawLines, drawRings];
export const LAYERS_ABOVE = [drawHighlight, drawSelection, drawLabels];
