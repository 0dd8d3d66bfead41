/**
 * The rules of older apps (RuleHandler.js), while somebody fills in. Their code runs in a frame without rights; here fields
 * are read for it, and what it says is shown: components come and go, and results are written as if they had been typed.
 *
 *   <old-rules data-source="address of the frame" data-rules="[…]"></old-rules>, beside a form with
 *   <input type="hidden" name=":old-rules"> and <script type="application/json" id="old-rules-data">
 */
import { typedValue } from '../domain/form_values.js';
import { askedIn, asTyped, hiddenBy, valueAt } from '../domain/old_rules.js';
import { fieldsOf, textsOf } from '../lib/rule_parts.js';

/** @typedef {import('../domain/old_rules.js').Asked} Asked */

// Results may be inputs of other rules. What has not come to rest by then never will.
const MOST_ROUNDS = 20;

class OldRules extends HTMLElement {
  /** @type {HTMLIFrameElement | undefined} */
  #frame;
  #sheet = new CSSStyleSheet();
  #observer = new MutationObserver(() => this.#ask());
  /** @type {import('../domain/old_rules.js').OldRule[]} */
  #rules = [];
  /** @type {Asked[]} */
  #asked = [];
  #id = 0;
  #rounds = 0;
  /** The inputs that a result was last worked out for, by its field. @type {Map<string, string>} */
  #inputs = new Map();
  /** Results for fields that are on other pages. @type {Map<string, unknown>} */
  #elsewhere = new Map();

  connectedCallback() {
    if (this.#frame || !this.#form) return;
    this.#rules = JSON.parse(this.dataset.rules ?? '[]');
    document.adoptedStyleSheets.push(this.#sheet);
    addEventListener('message', this);
    this.#form.addEventListener('input', this);
    this.#form.addEventListener('change', this);
    const data = this.#form.querySelector('#old-rules-data');
    if (data) this.#observer.observe(data, { childList: true, characterData: true, subtree: true });
    this.#frame = document.createElement('iframe');
    this.#frame.setAttribute('sandbox', 'allow-scripts');
    this.#frame.hidden = true;
    this.#frame.src = this.dataset.source ?? '';
    this.append(this.#frame);
  }

  disconnectedCallback() {
    removeEventListener('message', this);
    this.#observer.disconnect();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    this.#frame?.remove();
    this.#frame = undefined;
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof MessageEvent) return this.#heard(event);
    if (event.isTrusted) this.#rounds = 0;
    this.#ask();
  }

  get #form() {
    return /** @type {HTMLFormElement | null} */ (
      this.closest('form-page')?.querySelector('form.form') ?? null
    );
  }

  /** @param {MessageEvent} event */
  #heard({ source, origin, data }) {
    if (!this.#frame || source !== this.#frame.contentWindow || origin !== 'null') return;
    if (data?.type === 'ready') this.#ask();
    else if (data?.type === 'ran' && data.id === this.#id && Array.isArray(data.values))
      this.#show(data.values);
  }

  #ask() {
    const form = this.#form;
    if (!form) return;
    const data = JSON.parse(form.querySelector('#old-rules-data')?.textContent || '{}');
    this.#asked = askedIn(this.#rules, data);
    this.#id += 1;
    const calls = this.#asked.map(({ rule, paths }) => {
      const inputs = Object.entries(paths).map(([name, path]) => [
        name,
        this.#read(form, rule, name, path, data),
      ]);
      return [
        rule.holder,
        rule.function,
        Object.fromEntries(inputs.filter(([, value]) => value !== undefined)),
      ];
    });
    // The frame has no origin to address; that it stays on this site is the page's policy (frame-src).
    this.#frame?.contentWindow?.postMessage({ type: 'run', id: this.#id, calls }, '*');
  }

  /**
   * @param {HTMLFormElement} form @param {import('../domain/old_rules.js').OldRule} rule @param {string} name of the input
   * @param {string} path @param {any} data @returns {unknown} what stands there now; undefined for no answer
   */
  #read(form, rule, name, path, data) {
    if (fieldsOf(form, path).length) {
      const texts = textsOf(form, path);
      const control = rule.controls[rule.inputs[name] ?? ''];
      const value = control ? typedValue(texts, control) : texts[0];
      return value === undefined ? texts[0] || undefined : (value ?? undefined);
    }
    if (this.#elsewhere.has(path)) return this.#elsewhere.get(path) ?? undefined;
    return valueAt(data, path);
  }

  /** @param {unknown[]} values */
  #show(values) {
    const hidden = hiddenBy(this.#asked, values);
    // A style sheet and no attributes: the server's answers put those back as they are without the rules.
    this.#sheet.replaceSync(
      [...hidden].map((key) => `#c-${CSS.escape(key)} { display: none !important; }`).join('\n'),
    );
    this.#asked.forEach((asked, place) => {
      if (asked.rule.action === 'write') this.#write(asked, values[place]);
    });
    const field = /** @type {HTMLInputElement | null} */ (this.#form?.elements.namedItem(':old-rules'));
    const results = Object.fromEntries([...this.#elsewhere].map(([name, value]) => [name, asTyped(value)]));
    if (field) field.value = JSON.stringify({ hidden: [...hidden], results });
  }

  /** A result counts when an input has changed, and not when the page is opened. @param {Asked} asked @param {unknown} value */
  #write({ rule, key, paths }, value) {
    const form = this.#form;
    if (!form) return;
    const data = JSON.parse(form.querySelector('#old-rules-data')?.textContent || '{}');
    const inputs = JSON.stringify(
      Object.entries(paths).map(([name, path]) => this.#read(form, rule, name, path, data) ?? null),
    );
    const before = this.#inputs.get(key);
    this.#inputs.set(key, inputs);
    if (before === undefined || before === inputs || value === undefined || this.#rounds >= MOST_ROUNDS)
      return;
    this.#rounds += 1;
    const fields = fieldsOf(form, key).filter(({ type }) => type !== 'hidden');
    if (!fields.length) {
      this.#elsewhere.set(key, value);
      return;
    }
    for (const field of fields) fill(field, asTyped(value));
  }
}

/** As a person would. @param {HTMLInputElement} field @param {string} text */
function fill(field, text) {
  if (field.matches('[type="radio"], [type="checkbox"]')) {
    const chosen = text.split(',').includes(field.value);
    if (field.checked === chosen) return;
    field.checked = chosen;
  } else if (field.value === text) return;
  else field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

customElements.define('old-rules', OldRules);
