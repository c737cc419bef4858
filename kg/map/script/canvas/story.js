// The story of a page: steps of text, each with a view of the map.
import { decodeHash } from "./address.js";
import { motion, network, zoom } from "./canvas.js";
import { scene } from "./data.js";
import { announce, commit } from "./state.js";
import { buttonById, byId, make } from "../shared/dom.js";
import { localise, word } from "../shared/words.js";

let current = -1;

/**
 * Show a step and its view.
 * @param {number} step
 */
function showStep(step) {
  if (step === current || !scene.story[step]) return;
  current = step;
  const { state, settings, isValid } = decodeHash(scene.story[step].view);
  commit(state);
  if (settings.viewport) {
    const [x, y, scale] = settings.viewport;
    network.moveTo({ position: { x, y }, scale, animation: motion(500) });
  } else zoom("fit");
  announce(isValid ? "" : word("addressUnclear"));
  markStep();
}

function markStep() {
  for (const [i, item] of [...byId("steps").children].entries())
    item.setAttribute("aria-current", i === current ? "step" : "false");
  byId("stepCount").textContent = `${current + 1} / ${scene.story.length}`;
  buttonById("stepBack").disabled = current <= 0;
  buttonById("stepOn").disabled = current >= scene.story.length - 1;
}

/** @param {number} step */
function goToStep(step) {
  byId("steps").children[step]?.scrollIntoView({ block: "start", behavior: motion(1) ? "smooth" : "auto" });
  showStep(step);
}

/** The step whose text is nearest to the upper third of the column. */
function onStoryScroll() {
  const line = byId("steps").getBoundingClientRect().top + byId("steps").clientHeight / 3;
  const tops = [...byId("steps").children].map((item) => item.getBoundingClientRect());
  const place = tops.findIndex(({ top, bottom }) => top <= line && bottom > line);
  if (place >= 0) showStep(place);
}

export function showStory() {
  if (!scene.story.length) return;
  byId("steps").replaceChildren(
    ...scene.story.map(({ title, text: body }, i) =>
      make(
        "li",
        { "aria-current": i === current ? "step" : "false" },
        title.some(Boolean) && make("h2", {}, localise(title)),
        ...localise(body)
          .split(/\n{2,}/)
          .map((paragraph) => make("p", {}, paragraph)),
      ),
    ),
  );
}

let scrollTimer = 0;
export function startStory() {
  if (!scene.story.length) return;
  byId("stepBack").addEventListener("click", () => goToStep(current - 1));
  byId("stepOn").addEventListener("click", () => goToStep(current + 1));
  byId("explore").addEventListener("click", () => {
    const on = document.body.classList.toggle("told");
    byId("explore").setAttribute("aria-pressed", String(!on));
    network.setSize("100%", "100%");
    network.redraw();
  });
  byId("steps").addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest("li") : null;
    if (item) goToStep([...byId("steps").children].indexOf(item));
  });
  byId("steps").addEventListener("scroll", () => {
    window.clearTimeout(scrollTimer);
    scrollTimer = window.setTimeout(onStoryScroll, 120);
  });
  if (!window.location.hash) showStep(0);
}
