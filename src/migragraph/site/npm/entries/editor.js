// The SPARQL editor, as a global. Tab is not bound, so that the keyboard can leave; it is drawn in a shadow root, where
// the styles of CodeMirror need no leave of a Content Security Policy.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const setMark = StateEffect.define();
const faulty = Decoration.line({ class: "faulty" });
const mark = StateField.define({
  create: () => Decoration.none,
  update(marks, change) {
    const next = change.effects.find((effect) => effect.is(setMark));
    if (next) return next.value === null ? Decoration.none : Decoration.set(faulty.range(next.value));
    return change.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Colours come from the page's stylesheet; each falls back on that of the text.
const colour = (name) => `var(--code-${name}, currentColor)`;
const colours = HighlightStyle.define([
  { tag: tags.comment, color: colour("comment"), fontStyle: "italic" },
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: colour("keyword"), fontWeight: "600" },
  { tag: [tags.string, tags.literal, tags.number, tags.bool], color: colour("literal") },
  { tag: [tags.variableName, tags.atom], color: colour("variable") },
  { tag: [tags.url, tags.namespace, tags.propertyName], color: colour("name") },
]);
const theme = EditorView.theme({
  "&": { color: "inherit", backgroundColor: "transparent", height: "100%" },
  ".cm-scroller": { fontFamily: "ui-monospace, monospace", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "currentColor" },
  ".cm-cursor": { borderLeftColor: "currentColor" },
  ".cm-gutters": { color: "inherit", backgroundColor: "transparent", border: "none" },
  ".faulty": { textDecoration: "underline wavy var(--code-fault, currentColor)", textUnderlineOffset: "0.2em" },
});

function extensions(label, onRun) {
  return [
    lineNumbers(),
    history(),
    highlightSpecialChars(),
    bracketMatching(),
    sparql(),
    syntaxHighlighting(colours),
    mark,
    theme,
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0", translate: "no" }),
    keymap.of([{ key: "Mod-Enter", run: () => (onRun(), true) }, ...defaultKeymap, ...historyKeymap]),
  ];
}

// Mount an editor with a text inside an element; `onRun` is called by Ctrl or Command with Enter.
function mount(parent, { text, label, onRun }) {
  const root = parent.attachShadow({ mode: "open" });
  const state = (doc) => EditorState.create({ doc, extensions: extensions(label, onRun) });
  const view = new EditorView({ state: state(text), root, parent: root });
  return {
    read: () => view.state.doc.toString(),
    write: (doc) => view.setState(state(doc)),
    focus: () => view.focus(),
    // Mark the line (from 1) where a fault is, or with null none.
    mark(line) {
      const inside = line !== null && line >= 1 && line <= view.state.doc.lines;
      view.dispatch({ effects: setMark.of(inside ? view.state.doc.line(line).from : null) });
    },
  };
}

globalThis.MigragraphEditor = { mount };
