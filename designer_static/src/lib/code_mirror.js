// CodeMirror as this house sets it up. Loaded on demand, by code_editor.js alone: it is larger than all else together.
// It lies in a shadow root, where its styles are sheets made by script and not elements, which the page's policy forbids.

import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
  syntaxTree,
} from '@codemirror/language';
import { forceLinting, linter, lintGutter, lintKeymap, openLintPanel } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { ChangeSet, EditorState } from '@codemirror/state';
import {
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

/**
 * @typedef {import('@codemirror/language').Language} Language
 * @typedef {import('@lezer/common').Tree} Tree
 * @typedef {(from: number, to: number) => string} Read
 * @typedef {{ label: string, insert: string, info: string }} Suggestion in `insert`, "|" is where the cursor goes
 * @typedef {{ from: number, to: number, severity: 'error' | 'warning' | 'info', message: string, actions?: { name: string, apply(): void }[] }} Mark
 * @typedef {object} Help what is known about the text; offsets count from 0
 * @property {(tree: Tree, read: Read, offset: number) => { from: number, to: number, suggestions: Suggestion[] } | null} [complete]
 * @property {(tree: Tree, read: Read, offset: number, side: -1 | 1) => { from: number, to: number, words: string } | null} [explain]
 * @property {import('@codemirror/lang-xml').ElementSpec[]} [elements] what can be written in mode "xml"
 * @property {(tree: Tree, read: Read, text: string) => Promise<Mark[]>} [check]
 */

/** Language packs by mode; each is a chunk of its own. @type {Record<string, (help: Help) => Promise<import('@codemirror/language').LanguageSupport>>} */
const MODES = {
  css: async () => (await import('@codemirror/lang-css')).css(),
  javascript: async () => (await import('@codemirror/lang-javascript')).javascript(),
  json: async () => (await import('@codemirror/lang-json')).json(),
  markdown: async () => (await import('@codemirror/lang-markdown')).markdown(),
  python: async () => (await import('@codemirror/lang-python')).python(),
  xml: async ({ elements }) => (await import('@codemirror/lang-xml')).xml(elements ? { elements } : {}),
};

const CHECK_AFTER = 600; // milliseconds of rest

/**
 * An editor in a shadow root.
 * @param {object} options
 * @param {ShadowRoot} options.root
 * @param {string} options.text
 * @param {string} options.mode
 * @param {Record<string, string>} options.labels attributes of the text area for screen readers
 * @param {Record<string, string>} options.phrases CodeMirror's own words, translated
 * @param {boolean} options.readOnly
 * @param {Help} options.help
 * @param {() => void} options.save what Ctrl+S does
 * @param {() => void} options.changed called at every change of the text
 */
export async function codeMirror({ root, text, mode, labels, phrases, readOnly, help, save, changed }) {
  const language = await MODES[mode]?.(help);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorState.phrases.of(phrases),
        EditorState.readOnly.of(readOnly),
        EditorState.tabSize.of(2),
        indentUnit.of(mode === 'python' ? '    ' : '  '),
        EditorView.contentAttributes.of(labels),
        EditorView.updateListener.of((update) => update.docChanged && changed()),
        ...looks(),
        ...editing(save),
        ...(language ? [language] : []),
        ...(help.complete ? [completion(help.complete)] : []),
        ...(help.elements ? [autocompletion({ icons: false })] : []),
        ...(help.explain ? [explanation(help.explain)] : []),
        ...(help.check ? checking(help.check) : []),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    /** Put the cursor at a place and the place in the middle. @param {number} from @param {number} to */
    show(from, to) {
      view.dispatch({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    /**
     * Put `now` in the place of `since`, changing only what differs: what was typed after `since` stays. False, and
     * nothing is done, where that is at the same place. @param {string} now @param {string} since
     */
    replace(now, since) {
      const typed = difference(since, view.state.doc.toString());
      const theirs = difference(since, now);
      const isTyped = isChange(typed);
      if (!isChange(theirs)) return true;
      if (isTyped && typed.from <= theirs.to && theirs.from <= typed.to) return false;
      const changes = ChangeSet.of(theirs, since.length);
      view.dispatch({ changes: isTyped ? changes.map(ChangeSet.of(typed, since.length)) : changes });
      return true;
    },
    /** What stands at the cursor. @template T @param {(tree: Tree, read: Read, offset: number) => T} asked */
    atCursor: (asked) => asked(syntaxTree(view.state), reader(view.state), view.state.selection.main.head),
    focus: () => view.focus(),
    check: () => forceLinting(view),
    destroy: () => view.destroy(),
  };
}

/** @typedef {Awaited<ReturnType<typeof codeMirror>>} Editor */

/** What lies between the beginning and the end that two texts share. @param {string} before @param {string} now */
function difference(before, now) {
  const shorter = Math.min(before.length, now.length);
  let from = 0;
  while (from < shorter && before[from] === now[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return { from, to: before.length - tail, insert: now.slice(from, now.length - tail) };
}

/** @param {ReturnType<typeof difference>} difference */
const isChange = ({ from, to, insert }) => from < to || insert !== '';

function looks() {
  return [
    lineNumbers(),
    foldGutter(),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    bracketMatching(),
    dropCursor(),
    EditorView.lineWrapping,
    syntaxHighlighting(colours),
    theme,
  ];
}

/** @param {() => void} save */
function editing(save) {
  const own = {
    key: 'Mod-s',
    preventDefault: true,
    run: () => {
      save();
      return true;
    },
  };
  return [
    history(),
    typingOver,
    indentOnInput(),
    closeBrackets(),
    keymap.of([
      own,
      { key: 'Tab', run: acceptCompletion },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
  ];
}

/**
 * What is typed over a selection is written by the editor. Chromium would first put it into the page, dressed as what
 * was there by attributes that the page's policy forbids.
 */
const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to } = view.state.selection.main;
    const { data } = event;
    if (event.inputType !== 'insertText' || event.isComposing || !data || from === to || view.state.readOnly)
      return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(data), { scrollIntoView: true, userEvent: 'input.type' });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
    return true;
  },
});

/** @param {EditorState} state @returns {Read} */
const reader = (state) => (from, to) => state.doc.sliceString(from, to);

/** @param {NonNullable<Help['complete']>} complete */
function completion(complete) {
  return autocompletion({
    override: [
      (context) => {
        const { state, pos } = context;
        const found = complete(syntaxTree(state), reader(state), pos);
        if (!found || (!context.explicit && found.from === pos)) return null;
        return {
          from: found.from,
          to: found.to,
          options: found.suggestions.map(({ label, insert, info }) => ({
            ...snippetCompletion(snippet(insert), { label }),
            // What is compared with what was typed: a name may be begun with its quote or without.
            displayLabel: label,
            label: insert.startsWith('"') && !label.startsWith('"') ? `"${label}"` : label,
            ...(info ? { info } : {}),
          })),
          filter: true,
        };
      },
    ],
    activateOnTyping: true,
    icons: false,
  });
}

/** In CodeMirror's templates braces begin a field; "|" is the place of the cursor. @param {string} insert */
function snippet(insert) {
  return insert.replace(/[#$]\{|\\/g, '\\$&').replace('|', '$' + '{}');
}

/** @param {NonNullable<Help['explain']>} explain */
function explanation(explain) {
  return hoverTooltip((view, offset, side) => {
    const found = explain(syntaxTree(view.state), reader(view.state), offset, side);
    if (!found) return null;
    const dom = document.createElement('div');
    dom.className = 'cm-explanation';
    dom.textContent = found.words;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom }) };
  });
}

/** @param {NonNullable<Help['check']>} check */
function checking(check) {
  const source = async (/** @type {EditorView} */ { state }) => {
    const marks = await check(syntaxTree(state), reader(state), state.doc.toString());
    return marks.map((mark) => ({
      ...mark,
      to: Math.max(mark.to, Math.min(mark.from + 1, state.doc.length)),
    }));
  };
  return [
    linter(source, { delay: CHECK_AFTER }),
    lintGutter(),
    keymap.of([{ key: 'Alt-F8', run: openLintPanel }]),
  ];
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--ds-color-accent-text-subtle)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ds-color-success-text-subtle)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--ds-color-brand2-text-subtle)' },
  {
    tag: [tags.keyword, tags.tagName, tags.heading],
    color: 'var(--ds-color-accent-text-subtle)',
    fontWeight: '600',
  },
  { tag: [tags.comment, tags.meta], color: 'var(--ds-color-neutral-text-subtle)', fontStyle: 'italic' },
  { tag: tags.attributeName, color: 'var(--ds-color-brand1-text-subtle)' },
  { tag: tags.link, textDecoration: 'underline' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.invalid, color: 'var(--ds-color-danger-text-subtle)' },
]);

const border = '1px solid var(--ds-color-neutral-border-subtle)';
const theme = EditorView.theme({
  '&': {
    height: '100%',
    color: 'var(--ds-color-neutral-text-default)',
    backgroundColor: 'var(--ds-color-neutral-background-default)',
    fontSize: '0.9375rem',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--code-font, ui-monospace, monospace)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--ds-color-neutral-text-default)', paddingBlock: '0.5rem' },
  '.cm-gutters': {
    color: 'var(--ds-color-neutral-text-subtle)',
    backgroundColor: 'var(--ds-color-neutral-surface-tinted)',
    borderInlineEnd: border,
  },
  '.cm-activeLine': {
    backgroundColor: 'transparent',
    boxShadow: 'inset 0 0 0 1px var(--ds-color-neutral-border-subtle)',
  },
  '.cm-activeLineGutter': {
    color: 'var(--ds-color-neutral-text-default)',
    backgroundColor: 'var(--ds-color-neutral-surface-hover)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--ds-color-accent-surface-hover)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--ds-color-accent-surface-active)',
    outline: '1px solid var(--ds-color-accent-border-default)',
  },
  '.cm-tooltip': {
    color: 'var(--ds-color-neutral-text-default)',
    backgroundColor: 'var(--ds-color-neutral-background-default)',
    border,
    borderRadius: 'var(--ds-border-radius-md)',
    boxShadow: 'var(--ds-shadow-md)',
    maxWidth: 'min(34rem, 90vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.25rem 0.75rem' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--ds-color-accent-base-contrast-default)',
    backgroundColor: 'var(--ds-color-accent-base-default)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionInfo, .cm-explanation': {
    padding: '0.5rem 0.75rem',
    fontFamily: 'var(--text-font, inherit)',
  },
  '.cm-diagnostic': { padding: '0.5rem 0.75rem', fontFamily: 'var(--text-font, inherit)' },
  '.cm-panels': {
    color: 'var(--ds-color-neutral-text-default)',
    backgroundColor: 'var(--ds-color-neutral-surface-tinted)',
  },
  '.cm-panels-bottom': { borderTop: border },
  '.cm-panel input, .cm-panel button': { font: 'inherit', minHeight: '1.75rem' },
  '.cm-textfield, .cm-button': {
    color: 'inherit',
    backgroundColor: 'var(--ds-color-neutral-background-default)',
    backgroundImage: 'none',
    border: '1px solid var(--ds-color-neutral-border-default)',
    borderRadius: 'var(--ds-border-radius-sm)',
  },
});
