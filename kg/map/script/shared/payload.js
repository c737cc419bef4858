// Payload: the JSON block of the page; text that is never executed.
import { byId } from "./dom.js";

export const input = JSON.parse(byId("data").textContent ?? "");
/** @type {CommonPayload & { styles: StyleRow[] }} */
export const data = input.scene;
