// The editor of the page for queries: SPARQL with completion of the vocabulary, and the error at its place.
import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const area = document.getElementById("query");
const place = document.getElementById("editor");
const { terms, prefixes } = JSON.parse(document.getElementById("terms").textContent);
const words =
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION GROUP BY ORDER DESC LIMIT OFFSET VALUES BIND GRAPH ASK CONSTRUCT DESCRIBE COUNT EXISTS NOT MINUS HAVING".split(
    " ",
  );
const options = [
  ...terms.map(([label, detail]) => ({ label, detail, type: "property" })),
  ...Object.entries(prefixes).map(([name, iri]) => ({ label: `${name}:`, detail: iri, type: "namespace" })),
  ...words.map((label) => ({ label, type: "keyword" })),
];

/** Complete variables of the query, names of the vocabulary and words of SPARQL. */
function complete(context) {
  const typed = context.matchBefore(/[?$]?[\w-]*:?[\w/-]*/);
  if (!typed || (typed.from === typed.to && !context.explicit)) return null;
  const variables = [...new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? [])];
  const own = variables.filter((label) => label !== typed.text).map((label) => ({ label, type: "variable" }));
  return { from: typed.from, options: [...own, ...options], validFor: /^[?$]?[\w-]*:?[\w/-]*$/ };
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--firm)" },
  { tag: tags.comment, color: "var(--muted)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.propertyName], color: "var(--ink)" },
]);
const look = EditorView.theme({
  "&": { border: "1px solid var(--edge)", borderRadius: "7px", background: "var(--raised)", fontSize: "13.5px" },
  ".cm-content": { fontFamily: "ui-monospace, monospace", minHeight: "14em", caretColor: "var(--ink)" },
  ".cm-gutters": { background: "transparent", border: "0", color: "var(--muted)" },
  ".cm-tooltip": { background: "var(--raised)", border: "1px solid var(--edge)", color: "var(--ink)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--ground)" },
  ".cm-lintRange-error": { textDecoration: "underline wavy #d33", backgroundImage: "none" },
  "&.cm-focused .cm-cursor": { borderLeftColor: "var(--ink)" },
});

/** The style rules of the editor are objects in a shadow tree, which the policy of the page allows. */
const shadow = place.attachShadow({ mode: "open" });
const run = () => (area.form.requestSubmit(), true);
const editor = new EditorView({
  parent: shadow,
  root: shadow,
  doc: area.value,
  extensions: [
    lineNumbers(),
    history(),
    bracketMatching(),
    closeBrackets(),
    sparql(),
    syntaxHighlighting(colours),
    autocompletion({ override: [complete], icons: false }),
    keymap.of([{ key: "Mod-Enter", run }, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    EditorView.contentAttributes.of({ "aria-label": "SPARQL" }),
    EditorView.lineWrapping,
    look,
  ],
});
area.hidden = true;
area.form.addEventListener("submit", () => {
  area.value = editor.state.doc.toString();
});

/** Mark the error that the server found, and put the cursor there. */
function markError() {
  const { line, column } = area.dataset;
  if (!line) return;
  const { doc } = editor.state;
  const at = doc.line(Math.min(Number(line), doc.lines));
  const from = Math.min(at.from + Math.max(Number(column) - 1, 0), Math.max(at.to - 1, at.from));
  const message = document.getElementById("query-error")?.textContent ?? "";
  const to = Math.min(from + 1, doc.length);
  editor.dispatch(setDiagnostics(editor.state, [{ from, to, severity: "error", message }]), {
    selection: { anchor: from },
  });
}
markError();
