// Sharing: the address of what is shown, a citation, and a frame for another page.
import { scene } from "./data.js";
import { summaryText } from "./main.js";
import { announce } from "./state.js";
import { byId, inputById } from "../shared/dom.js";
import { localise, word } from "../shared/words.js";

const COPIES = ["copyAddress", "copyCitation", "copyFrame"];

/** The address without the fragment and the query. */
const pageAddress = () => window.location.href.replace(/[?#].*$/s, "");

/** @param {string} id */
function shareText(id) {
  if (id === "copyFrame") {
    const address = `${pageAddress()}?embed${window.location.hash}`;
    return `<iframe src="${address.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}" width="100%" height="600"></iframe>`;
  }
  if (id === "copyAddress") return window.location.href;
  const day = new Date().toISOString().slice(0, 10);
  const counts = summaryText();
  return word("citation", { title: localise(scene.title), counts, address: window.location.href, day });
}

/**
 * Copy a text; where the browser forbids it, the text is selected to be copied by hand.
 * @param {string} id
 */
async function copy(id) {
  const field = inputById("shareText");
  field.value = shareText(id);
  field.hidden = false;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    announce(word("copied"));
  } catch {
    announce(word("copyByHand"));
  }
}

export function addShareListeners() {
  for (const id of COPIES) byId(id).addEventListener("click", () => copy(id));
  byId("openWhole").addEventListener("click", () =>
    window.open(pageAddress() + window.location.hash, "_blank", "noopener"),
  );
}

const isEmbedded = new URLSearchParams(window.location.search).has("embed");
document.body.classList.toggle("embed", isEmbedded);
