import { EditQueue, outcomeOf } from '../domain/edit_queue.js';
import { applyFragments } from '../lib/fragments.js';
import { whenDrawn } from '../lib/frames.js';
import { keepPlace } from '../lib/keep_place.js';
import { phrasesOf } from '../lib/phrases.js';
import { announce } from '../lib/speech.js';

/** @typedef {import('../domain/edit_queue.js').Edit} Edit */
/** @typedef {import('../domain/edit_queue.js').Outcome} Outcome */

// Edits that change which components there are and where: the page is shown at once, the panel after it.
const LATER = new Set(['add', 'move', 'step', 'remove', 'duplicate', 'paste', 'group', 'ungroup']);

/**
 * <draft-editor data-url data-app data-token data-phrases>: takes the edits of everything inside it
 * (`studio-edit` events and forms with data-edit), sends them one by one, shows the answers, and says how it went.
 * What else the server should know is asked for with `studio-asking`, whose detail.fields takes [name, value] pairs.
 * `studio-pushed` tells of an edit before it is sent: whoever shows it at once says in it what is chosen then.
 * `studio-answered` tells what became of it, `studio-applied` that the answer is shown, `studio-shown` that a panel is.
 */
class DraftEditor extends HTMLElement {
  /** @type {EditQueue | undefined} */
  #queue;
  /** @type {AbortController | undefined} */
  #looking;
  #phrase = phrasesOf(this);
  #leaving = false;
  #withoutPanel = false;
  /** What the panel is about: it begins at its top where that is something else. */
  #about = '';
  /** Why the first edit waits, in the server's words; empty where the usual ones will do. */
  #reason = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #again;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #remembering;

  connectedCallback() {
    this.#phrase = phrasesOf(this);
    this.#about = new URLSearchParams(this.#selection(this.selected)).toString();
    this.#queue = new EditQueue({
      shelf: localStorage,
      key: `edits:${this.dataset.app}`,
      send: (edit) => this.#send(edit),
      tell: ({ state, waiting }) => this.#tell(state, waiting),
    });
    this.addEventListener('studio-edit', (event) =>
      this.#push(/** @type {CustomEvent} */ (event).detail.fields),
    );
    this.addEventListener('studio-select', (event) =>
      this.#look(/** @type {CustomEvent} */ (event).detail.ids),
    );
    this.addEventListener('submit', (event) => this.#submitted(event));
    this.addEventListener('change', (event) => this.#changed(event));
    this.addEventListener('click', (event) => this.#clicked(event));
    document.body.addEventListener('draft-changed', () => this.refresh());
    window.addEventListener('online', () => this.#queue?.flush());
    document.addEventListener('htmx:confirm', (event) => this.#inTurn(/** @type {CustomEvent} */ (event)));
    if (this.#queue.waiting) this.#queue.flush();
  }

  /** @returns {string[]} */
  get selected() {
    return JSON.parse(this.dataset.selected ?? '[]');
  }

  /** @param {[string, string][]} fields @param {string} [url] where they are sent */
  #push(fields, url = `${this.dataset.url}/edits`) {
    /** @type {[string, string][]} */
    const selection = fields.some(([name]) => name === 'selected')
      ? []
      : this.selected.map((id) => ['selected', id]);
    /** @type {Edit} */
    const edit = { id: crypto.randomUUID(), url, fields: [...fields, ...selection] };
    this.dispatchEvent(new CustomEvent('studio-pushed', { detail: edit }));
    if (edit.chosen) {
      this.dataset.selected = JSON.stringify(edit.chosen);
      this.#looking?.abort();
    }
    this.#queue?.push(edit);
  }

  /** @param {Event} event */
  #submitted(event) {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-edit]') || event.defaultPrevented) return;
    event.preventDefault();
    const submitter = /** @type {SubmitEvent} */ (event).submitter;
    // Enter in a field has already been sent as the field's change.
    if (form.matches('[data-autosave]') && !submitter) return;
    const sentence = form.dataset.confirm;
    if (sentence && !window.confirm(sentence)) return;
    this.#push(fieldsOf(form, submitter), addressOf(form));
    form.closest('dialog')?.close();
  }

  /** @param {Event} event */
  #changed(event) {
    const control = event.target;
    if (!(control instanceof HTMLElement)) return;
    const form = control.closest('form');
    if (!form?.matches('[data-edit][data-autosave]')) return;
    if (!form.reportValidity()) return;
    this.#push(fieldsOf(form, null), addressOf(form));
  }

  /** @param {Event} event */
  #clicked(event) {
    const more = event.target instanceof Element ? event.target.closest('a[data-more]') : null;
    if (more instanceof HTMLElement) {
      event.preventDefault();
      this.dataset.more = '1';
      this.#look(this.selected).then(() => document.getElementById(more.dataset.more ?? '')?.focus());
      return;
    }
    if (event.target instanceof Element && event.target.closest('[data-note-read]')) note('');
    const button = event.target instanceof Element ? event.target.closest('[data-queue]') : null;
    if (!(button instanceof HTMLElement)) return;
    if (button.dataset.queue === 'retry') this.#queue?.flush();
    if (button.dataset.queue !== 'discard') return;
    this.#answered(this.#queue?.first);
    this.#queue?.discardFirst().then(() => this.refresh());
  }

  /** Undo is about the last edit, also where that is still on its way. @param {CustomEvent} event */
  #inTurn(event) {
    const { elt, verb } = event.detail;
    if (verb !== 'post' || !elt.closest('#draft-bar') || !this.#queue?.running) return;
    const { id = '' } = elt.querySelector('button') ?? {};
    event.preventDefault();
    this.#queue.running.then(() => document.getElementById(id)?.click());
  }

  /** @param {Edit} edit @returns {Promise<Outcome>} */
  async #send(edit) {
    const body = new URLSearchParams(edit.fields);
    body.set('edit_id', edit.id);
    body.set('base', this.dataset.revision ?? '');
    body.set('lang', this.dataset.lang ?? '');
    for (const [name, value] of this.#circumstances()) body.set(name, value);
    if (edit.fields.some(([name, value]) => name === 'do' && LATER.has(value))) body.set('later', '1');
    const answer = await fetch(edit.url, { method: 'POST', body, headers: this.#headers() }).catch(
      () => null,
    );
    const outcome = outcomeOf(answer?.status ?? 0);
    if (!answer) return outcome;
    const html = answer.headers.get('X-Fragments') ? await answer.text() : '';
    if (html && edit.url.startsWith(`${this.dataset.url}/`)) this.#show(html, edit, outcome === 'done');
    else if (outcome === 'done' || outcome === 'refused') {
      this.#answered(edit);
      if (outcome === 'done') await this.refresh();
      else this.#banner(this.#phrase('refused'), false);
    }
    this.#reason = html || outcome !== 'conflict' ? '' : await reasonIn(answer);
    return outcome;
  }

  #headers() {
    return { 'HX-Request': 'true', 'X-CSRFToken': this.dataset.token ?? '' };
  }

  /**
   * Show an answer. The panel stays as it is when the person has gone on to another component meanwhile.
   * @param {string} html
   * @param {Edit} [edit] that it is the answer to
   * @param {boolean} [made] whether the edit was carried out
   */
  #show(html, edit, made = false) {
    const askedFor = edit && asked(edit); // the selection that the edit was made with
    const moved = askedFor !== undefined && askedFor !== JSON.stringify(this.selected);
    const restore = keepPlace(this);
    const later = askedFor !== undefined && !html.includes('id="panel"');
    const fresh = applyFragments(html, (element) => !(moved && element.id === 'panel'));
    const state = document.getElementById('editor-state');
    if (state?.dataset.goto) {
      this.#leaving = true;
      location.assign(state.dataset.goto);
      return;
    }
    this.dataset.revision = state?.dataset.revision ?? this.dataset.revision;
    if (!moved) {
      this.dataset.selected = state?.dataset.selected ?? '[]';
      this.#looking?.abort(); // a panel that was asked for before would take the place of this one
      this.#remember(this.selected);
    }
    this.#answered(edit, made ? JSON.parse(state?.dataset.selected ?? '[]') : []);
    restore(fresh);
    if (state?.dataset.focus && !moved) focusOn(state.dataset.focus);
    const detail = { selected: this.selected, begin: state?.dataset.begin ?? '' };
    this.dispatchEvent(new CustomEvent('studio-applied', { bubbles: true, detail }));
    // The panel is put to rest when the page is drawn: each of its parts would be looked at anew before.
    if (later && !moved) whenDrawn(() => this.#look(this.selected));
    if (state?.dataset.say) announce(state.dataset.say);
    if (state?.dataset.problem) this.#banner(state.dataset.problem, false);
    note(made ? (state?.dataset.note ?? '') : '');
  }

  /**
   * @param {Edit | undefined} edit nothing where the answer is to another question
   * @param {string[]} [selected] what the edit has made or was about; nothing where it was not carried out
   */
  #answered(edit, selected = []) {
    const [shown, named] = [edit?.chosen?.[0], selected[0]];
    // Its id was taken meanwhile: what has been done with it since is about the other one.
    if (shown && named && shown !== named) this.#queue?.rename(shown, named);
    this.dispatchEvent(new CustomEvent('studio-answered', { detail: { edit: edit?.id, selected } }));
  }

  /** Get what has changed since what is shown; after undo, redo, fetch or edits elsewhere. */
  async refresh() {
    const query = new URLSearchParams([
      ['since', this.dataset.revision ?? ''],
      ...this.#selection(this.selected),
    ]);
    const answer = await fetch(`${this.dataset.url}/changes?${query}&${this.#language()}`, {
      headers: this.#headers(),
    }).catch(() => null);
    if (answer?.ok) this.#show(await answer.text());
    else if (answer?.status === 404) location.assign(this.dataset.start ?? '.');
  }

  /**
   * Choose these and get their panel. Until it is there, the panel of what was chosen before takes nothing.
   * @param {string[]} ids
   */
  async #look(ids) {
    this.dataset.selected = JSON.stringify(ids);
    this.#looking?.abort();
    const looking = new AbortController();
    this.#looking = looking;
    this.#remember(ids);
    const held = rest();
    const query = new URLSearchParams(this.#selection(ids)).toString();
    const answer = await fetch(`${this.dataset.url}/panel?${query}&${this.#language()}`, {
      headers: this.#headers(),
      signal: looking.signal,
    }).catch(() => null);
    // It may be called off while the answer is still arriving.
    const html = answer?.ok ? await answer.text().catch(() => '') : '';
    if (looking.signal.aborted) return;
    if (!html) return this.#lookAgain(answer?.status ?? 0, ids);
    applyFragments(html);
    if (this.#about !== query) document.getElementById('panel')?.parentElement?.scrollTo(0, 0);
    this.#about = query;
    if (this.#withoutPanel) this.#banner('', false);
    this.#withoutPanel = false;
    if (held && document.activeElement === document.body) document.getElementById(held)?.focus();
    this.dispatchEvent(new CustomEvent('studio-shown'));
  }

  /** There was no panel to be had: say so, and try again. @param {number} status @param {string[]} ids */
  #lookAgain(status, ids) {
    const outcome = outcomeOf(status);
    this.#withoutPanel = true;
    if (outcome === 'signed-out') this.#banner(this.#phrase('no-panel-signed-out'), false);
    else if (outcome === 'unreachable') {
      this.#banner(this.#phrase('no-panel'), false);
      const looking = this.#looking;
      setTimeout(() => looking === this.#looking && this.#look(ids), 2000);
    } else this.refresh();
  }

  /**
   * Keep the selection in the address, so that a reload shows the same. Not at once: with a new address the browser
   * works out anew how every link on the page looks, and each component has one.
   * @param {string[]} ids
   */
  #remember(ids) {
    clearTimeout(this.#remembering);
    this.#remembering = setTimeout(() => {
      const address = new URL(location.href);
      address.searchParams.delete('selected');
      for (const id of ids) address.searchParams.append('selected', id);
      history.replaceState(null, '', address);
    }, 250);
  }

  /** @param {string[]} ids @returns {[string, string][]} */
  #selection(ids) {
    return ids.map((id) => ['selected', id]);
  }

  #language() {
    return new URLSearchParams([['lang', this.dataset.lang ?? ''], ...this.#circumstances()]);
  }

  /** What the answer depends on beside the selection. @returns {[string, string][]} */
  #circumstances() {
    /** @type {[string, string][]} */
    const fields = this.dataset.more ? [['more', '1']] : [];
    this.dispatchEvent(new CustomEvent('studio-asking', { detail: { fields } }));
    return fields;
  }

  /** @param {import('../domain/edit_queue.js').QueueState['state']} state @param {number} waiting */
  #tell(state, waiting) {
    const sign = document.getElementById('edit-status');
    if (sign && !this.#leaving) {
      sign.dataset.state = state;
      sign.textContent = this.#phrase(
        state === 'refused'
          ? 'not-saved'
          : state === 'saving'
            ? 'saving'
            : state === 'saved'
              ? 'saved'
              : 'waiting',
        { n: waiting },
      );
    }
    if (state === 'saved') this.#banner('', false);
    if (state === 'unreachable' || state === 'signed-out' || state === 'conflict') {
      const reason = state === 'conflict' ? this.#reason : '';
      this.#banner(reason || this.#phrase(state, { n: waiting }), true);
    }
    clearTimeout(this.#again);
    if (state === 'unreachable') this.#again = setTimeout(() => this.#queue?.flush(), 5000);
  }

  /** @param {string} sentence empty takes the banner away @param {boolean} stuck whether an edit waits */
  #banner(sentence, stuck) {
    const banner = document.getElementById('edit-banner');
    if (!banner) return;
    banner.hidden = !sentence;
    const words = banner.querySelector('[data-words]');
    if (words) words.textContent = sentence;
    for (const button of banner.querySelectorAll('[data-queue]')) button.toggleAttribute('hidden', !stuck);
  }
}

/** Say what an edit has left for somebody to see to, until the next one. @param {string} sentence empty takes it away */
function note(sentence) {
  const place = document.getElementById('edit-note');
  const words = place?.querySelector('[data-words]');
  if (!place || !words) return;
  place.hidden = !sentence;
  words.textContent = sentence;
}

/** The id of what had the focus in the panel when it was put to rest: it gets the focus again in the next one. */
let focused = '';

/** Let the panel take nothing, as another one is on its way. @returns {string} the id of what had the focus in it */
function rest() {
  const panel = document.getElementById('panel');
  if (!panel) return '';
  const active = document.activeElement;
  if (!panel.inert) focused = active && panel.contains(active) ? active.id || 'panel-heading' : '';
  panel.inert = true;
  return focused;
}

/** @param {Edit} edit @returns {string} */
function asked(edit) {
  return JSON.stringify(
    edit.chosen ?? edit.fields.filter(([name]) => name === 'selected').map(([, value]) => value),
  );
}

/** Give an element the focus, opened up to it. @param {string} id */
function focusOn(id) {
  const element = document.getElementById(id);
  for (let up = element?.closest('details'); up; up = up.parentElement?.closest('details')) up.open = true;
  element?.focus();
}

/** What the server says of a request that it cannot carry out now. @param {Response} answer @returns {Promise<string>} */
async function reasonIn(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('.message p')?.textContent ?? '';
}

/** @param {HTMLFormElement} form @returns {string} where it is sent, without what the editor adds itself */
function addressOf(form) {
  return new URL(form.action).pathname;
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter @returns {[string, string][]} */
function fieldsOf(form, submitter) {
  return [...new FormData(form, submitter)].map(([name, value]) => [name, String(value)]);
}

customElements.define('draft-editor', DraftEditor);
