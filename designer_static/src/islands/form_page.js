/**
 * A page of a form. What is written is kept in the background, the server's answer changes what has to change, pages turn
 * without a reload, and what follows from rules is shown at once (data-ready). Without this code it is a plain form.
 *
 *   <form-page data-saving data-saved data-waiting data-refused><form …>…</form><p class="form-state"></p></form-page>
 */
import { isTakenBack, mayDelete } from '../lib/asking_first.js';
import { showCount } from '../lib/character_count.js';
import { keepFocus } from '../lib/focus_kept.js';
import { FollowedRules } from '../lib/followed_rules.js';
import { fieldsWith, lateWords, writeAgain } from '../lib/late_words.js';
import { beforeLeading } from '../lib/leading_away.js';
import { morph } from '../lib/morph.js';
import { beforeTurning, turnTo } from '../lib/page_turning.js';
import { post } from '../lib/posting.js';
import { released, whenReleased } from '../lib/pressing.js';
import { digestsIn, fieldsOf, hiddenTexts, partOf } from '../lib/rule_parts.js';
import { say } from '../lib/saving_state.js';
import { handleTabs, raiseTabs, reveal } from '../lib/tabs.js';
import { dropPlace, markRefused, sendFiles, withParts } from '../lib/uploads.js';
import { pause, quiet } from '../lib/waiting.js';

const WAIT = 400;
/** Only what was changed is sent, and only what is new is wanted back. */
const SAVING = { headers: { 'X-Form-Save': '1' } };
const LONGEST_PAUSE = 30_000;
/** How long somebody waits for the rules of an older app to come to rest, and for a save before a page goes, in milliseconds. */
const PATIENCE = 3000;
/** The field in which rules of older apps keep what they say (islands/old_rules.js): theirs, whatever the server answers. */
const OLD_RULES = ':old-rules';

class FormPage extends HTMLElement {
  /** Names of fields that were changed and are not known to be kept. @type {Set<string>} */
  #changed = new Set();
  /** Names of fields on their way to the server. @type {Set<string>} */
  #sent = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Promise<void>} */
  #saving = Promise.resolve();
  #busy = false;
  /** The rules of the page, once they are there. @type {FollowedRules | null} */
  #rules = null;
  #pause = 1000;
  /** Parts of the page that are not as the server has told them: their keys. @type {Set<string>} */
  #touched = new Set();
  /** Whether the server is to tell the whole page, whatever is shown. */
  #asksForAll = false;

  connectedCallback() {
    this.addEventListener('input', this);
    this.addEventListener('change', this);
    this.addEventListener('submit', this);
    this.addEventListener('click', this);
    this.addEventListener('keydown', this);
    this.addEventListener('dragover', this);
    this.addEventListener('dragleave', this);
    this.addEventListener('drop', this);
    addEventListener('online', this);
    addEventListener('focus', this); // somebody may have signed in again in another window
    addEventListener('beforeunload', this);
    addEventListener('pagehide', this);
    beforeTurning(() => this.#flush());
    beforeLeading(
      () => this.#changed.size + this.#sent.size > 0,
      () => this.#flush(),
    );
    whenReleased(() => this.#enhance());
    this.#learnRules();
  }

  disconnectedCallback() {
    removeEventListener('online', this);
    removeEventListener('focus', this);
    removeEventListener('beforeunload', this);
    removeEventListener('pagehide', this);
    clearTimeout(this.#timer);
    this.#sendAlong();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === 'submit') return this.#submitted(/** @type {SubmitEvent} */ (event));
    if (event.type === 'click' || event.type === 'keydown') return this.#pressed(event);
    if (event instanceof DragEvent) return this.#dragged(event);
    if (event.type === 'online' || event.type === 'focus') return this.#saveIn(0);
    if (event.type === 'pagehide') return this.#sendAlong();
    if (event.type === 'beforeunload') {
      if (this.#changed.size || this.#sent.size) event.preventDefault();
      return;
    }
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.type === 'file') return this.#chosen(event, field);
    if (!isKept(field.name) || isTakenBack(event, field)) return;
    this.#changed.add(field.name);
    const writing = event.type === 'input' ? field.name : undefined;
    const isDecided = this.#rules?.follow(this.#form, [field.name], writing) ?? false;
    showCount(field);
    // Typing waits for a pause; a choice, leaving a field, and an answer that decides what else is shown do not. What it
    // decides is shown already where the browser follows the rules.
    const now = event.type === 'change' || (field.dataset.decides !== undefined && !isDecided);
    this.#saveIn(now ? 0 : Number(field.dataset.wait) || WAIT);
  }

  /** @param {Event} event @param {HTMLInputElement} input */
  #chosen(event, input) {
    if (event.type !== 'change' || !input.files?.length) return;
    this.#attach(input.files, input);
    input.value = '';
  }

  /** @param {DragEvent} event */
  #dragged(event) {
    const place = dropPlace(event);
    if (!place) return;
    event.preventDefault();
    place.toggleAttribute('data-over', event.type === 'dragover');
    if (event.type === 'drop' && event.dataTransfer) this.#attach(event.dataTransfer.files, place);
  }

  /** @param {FileList} files @param {Element} place */
  async #attach(files, place) {
    const box = /** @type {HTMLElement | null} */ (place.closest('[data-upload]'));
    if (!box) return;
    const all = [...files];
    const chosen = box.dataset.crop ? await withParts(all, box) : all.map((file) => ({ file }));
    const way = {
      form: this.#form,
      show: (/** @type {string} */ html) => whenReleased(() => this.#show(html)),
    };
    this.#saving = this.#saving.then(() => sendFiles(chosen, box, way));
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form'));
  }

  /** @param {number} wait */
  #saveIn(wait) {
    clearTimeout(this.#timer);
    const save = () => {
      this.#saving = this.#saving.then(() => this.#save());
    };
    if (wait) this.#timer = setTimeout(save, wait);
    else save();
  }

  async #save() {
    if (!this.#changed.size) return;
    await this.#rulesThere();
    if (!this.#changed.size || !this.isConnected || this.#busy) return;
    this.#sent = this.#changed;
    this.#changed = new Set();
    for (const name of this.#sent) this.#touched.add(partOf(fieldsOf(this.#form, name)[0]));
    const touched = this.#touched;
    this.#touched = new Set();
    say(this, 'saving');
    try {
      const answer = await post(this.#form, this.#changes(this.#sent, touched), SAVING);
      if (!answer) return this.#refused('signedOut');
      // 409: another window was faster by a moment. What was changed here goes on top of it.
      if (answer.status >= 500 || answer.status === 409) throw new Error(String(answer.status));
      if (!answer.ok || answer.redirected) return this.#refused();
      this.#pause = 1000;
      const html = await answer.text();
      await released();
      this.#show(html);
      this.#sent = new Set();
      this.#asksForAll = false;
      say(this, this.#changed.size ? 'saving' : 'saved');
    } catch {
      this.#keep();
      for (const key of touched) this.#touched.add(key);
      this.#asksForAll = true;
      say(this, 'waiting');
      this.#saveIn(this.#pause);
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    }
  }

  /** What was sent is still to be kept. */
  #keep() {
    for (const name of this.#sent) this.#changed.add(name);
    this.#sent = new Set();
  }

  /** When the page goes away, what is not known to be kept is sent along. */
  #sendAlong() {
    const names = new Set([...this.#sent, ...this.#changed]);
    if (names.size) this.#post(names).catch(() => {});
  }

  /** @param {Set<string>} names of fields @returns {Promise<unknown>} that keeps them, also when this page is gone by then */
  #post(names) {
    return post(this.#form, this.#changes(names, new Set()), { ...SAVING, keepalive: true });
  }

  /** Before another page is shown in the place of this one. @returns {Promise<unknown>} */
  #flush() {
    if (!this.#changed.size) return this.#saving;
    this.#saveIn(0);
    return Promise.race([this.#saving, pause(PATIENCE)]);
  }

  /**
   * Rules of older apps tell what was written from what the server drew: an answer that is shown before they are there would
   * hide from them what was written until then.
   * @returns {Promise<(Element & {settled: Promise<void>}) | null>} once they are there, or are not awaited any longer
   */
  async #rulesThere() {
    const rules = /** @type {{settled: Promise<void>} & Element | null} */ (this.querySelector('old-rules'));
    if (rules) await Promise.race([customElements.whenDefined('old-rules'), pause(PATIENCE)]);
    return rules;
  }

  /** What rules of older apps work out belongs to what is sent. @returns {Promise<void>} once they have nothing more to say */
  async #settled() {
    const rules = await this.#rulesThere();
    if (rules) await Promise.race([rules.settled, pause(PATIENCE)]);
  }

  /** @param {'refused' | 'signedOut'} [state] */
  #refused(state = 'refused') {
    this.#keep();
    this.#asksForAll = true;
    say(this, state);
  }

  /**
   * The fields that are being sent, and what the server must know about the page.
   * @param {Set<string>} names @param {Set<string>} touched parts that it has to tell anew
   */
  #changes(names, touched) {
    const all = new FormData(this.#form);
    const body = new URLSearchParams({ do: 'save' });
    if (!this.#asksForAll) body.append(':parts', digestsIn(this.#form, touched));
    for (const [name, value] of all) {
      const counts =
        names.has(name) ||
        name === ':attempted' ||
        name === ':open' ||
        name === OLD_RULES ||
        name === ':back' ||
        name === ':revision';
      if (counts || (name === ':shown' && names.has(String(value)))) body.append(name, String(value));
    }
    for (const [name, value] of hiddenTexts(this.#form, names)) body.append(name, value);
    return body;
  }

  /** @param {string} html the form as the server now has it */
  #show(html) {
    const next = /** @type {HTMLFormElement | null} */ (
      new DOMParser().parseFromString(html, 'text/html').querySelector('form.form')
    );
    if (!next) return;
    this.#takeData(next);
    const keeps = (/** @type {Element} */ field) => {
      const name = field.getAttribute('name') ?? '';
      return (
        name === OLD_RULES ||
        name.startsWith(':search-') || // words that nobody has searched for yet
        this.#changed.has(name) ||
        (field === document.activeElement && field.matches('textarea, input, select'))
      );
    };
    keepFocus(this.#form, () => morph(this.#form, next, keeps));
    this.#enhance();
  }

  async #learnRules() {
    const rules = jsonIn(this, '#form-rules');
    if (!rules) return this.toggleAttribute('data-ready', true);
    const { FormRules } = await import('../domain/form_rules.js');
    await quiet();
    // Meanwhile something may have been written, and an answer may have come.
    const data = jsonIn(this, '#form-data');
    if (!data || !this.isConnected) return;
    const touch = (/** @type {Element | undefined | null} */ at) => this.#touched.add(partOf(at));
    this.#rules = new FollowedRules(new FormRules(rules, data), rules.words ?? {}, () => this.#form, touch);
    this.#rules.watch(this.#form);
    this.#rules.follow(this.#form, this.#changed);
    this.toggleAttribute('data-ready', true);
  }

  /** @param {HTMLFormElement} next the form as the server now has it; what it has not seen yet is decided here */
  #takeData(next) {
    const data = jsonIn(next, '#form-data');
    if (!this.#rules || !data) return;
    this.#rules.take(data);
    // Of what stays as it is the answer says nothing.
    this.#rules.watch(this.#form, next);
    this.#rules.follow(next, this.#changed);
  }

  /** What scripts add to the page as the server draws it. */
  #enhance() {
    raiseTabs(this);
    markRefused(this);
    for (const field of this.querySelectorAll('[data-max-length]'))
      showCount(/** @type {HTMLInputElement} */ (field));
  }

  /** @param {Event} event */
  #pressed(event) {
    const target = /** @type {Element} */ (event.target);
    if (handleTabs(/** @type {MouseEvent | KeyboardEvent} */ (event))) return;
    if (event.type !== 'click') return;
    if (target.closest('[data-print]')) print();
    const place = target.closest('a[href^="#"]')?.getAttribute('href') ?? '';
    if (place.length > 1) reveal(document.getElementById(decodeURIComponent(place.slice(1))));
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    event.preventDefault();
    if (this.#busy || !mayDelete(event.submitter, this.dataset.deleting)) return;
    clearTimeout(this.#timer);
    this.#busy = true;
    this.setAttribute('aria-busy', 'true');
    // The button is read before the wait: what comes back from a save may put another in its place.
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const pressed = button?.name ? /** @type {const} */ ([button.name, button.value]) : null;
    await this.#saving;
    await this.#settled();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form))
      if (typeof value === 'string') body.append(name, value);
    if (pressed) body.append(...pressed);
    for (const [name, value] of hiddenTexts(this.#form, this.#changed)) body.append(name, value);
    body.append(':script', '1');
    this.#sent = this.#changed;
    this.#changed = new Set();
    try {
      const answer = await post(this.#form, body);
      if (!answer) return this.#refused('signedOut');
      if (answer.status >= 500) throw new Error(String(answer.status));
      const html = await answer.text();
      if (!answer.ok && !html.includes('</form-page>')) return this.#refused();
      this.#sent = new Set();
      await this.#turn(html, answer.url);
    } catch {
      this.#keep();
      say(this, 'waiting');
      this.#saveIn(this.#pause);
    } finally {
      this.#busy = false;
      this.removeAttribute('aria-busy');
    }
  }

  /**
   * Show what the server sent for a button. What was written since it was pressed goes along: onto the new page where that
   * asks for it too, and to this page's data before it goes where it does not.
   * @param {string} html @param {string} address
   */
  async #turn(html, address) {
    const late = lateWords(this.#form, this.#changed);
    const [again, gone] = fieldsWith(late, html);
    if (gone.size && new URL(address, location.href).pathname !== location.pathname) await this.#post(gone);
    this.#changed = new Set();
    turnTo(html, address, true);
    writeAgain(again);
  }
}

/** @param {Element} root @param {string} selector @returns {any} what a data element holds; null where there is none */
function jsonIn(root, selector) {
  const text = root.querySelector(selector)?.textContent;
  return text ? JSON.parse(text) : null;
}

/** @param {string} name whether what is written under a name is kept as it is written */
function isKept(name) {
  return Boolean(name) && (!name.startsWith(':') || name === OLD_RULES || /^:(tag|list)-/.test(name));
}

customElements.define('form-page', FormPage);
