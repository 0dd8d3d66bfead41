// The edits on their way to the server: sent one at a time, in order, and kept until the server has them.
// An edit has an id of its own, so that sending it twice (after a lost answer) does it once.

/**
 * `chosen`: what is chosen once the edit is shown, where it is shown before the server has it.
 * @typedef {{ id: string, url: string, fields: [string, string][], chosen?: string[] }} Edit
 */
/** @typedef {'done' | 'refused' | 'conflict' | 'signed-out' | 'unreachable'} Outcome */
/** @typedef {{ state: 'saved' | 'saving' | Outcome, waiting: number }} QueueState */
/** @typedef {{ getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void }} Shelf */

// The fields that name a component.
const NAMES = new Set(['id', 'ids', 'selected', 'parent', 'before', 'after']);

export class EditQueue {
  /** @type {Edit[]} */
  #edits;
  /** @type {Promise<void> | null} */
  #running = null;
  #shelf;
  #key;
  #send;
  #tell;

  /**
   * @param {{ shelf: Shelf, key: string, send: (edit: Edit) => Promise<Outcome>, tell: (state: QueueState) => void }} parts
   */
  constructor({ shelf, key, send, tell }) {
    this.#shelf = shelf;
    this.#key = key;
    this.#send = send;
    this.#tell = tell;
    this.#edits = readEdits(shelf.getItem(key));
  }

  get waiting() {
    return this.#edits.length;
  }

  get first() {
    return this.#edits[0];
  }

  /** Until the queue has come to rest; null where it rests. */
  get running() {
    return this.#running;
  }

  /** @param {Edit} edit @returns {Promise<void>} when the queue has come to rest */
  push(edit) {
    this.#edits.push(edit);
    this.#keep();
    return this.flush();
  }

  /** Give up the edit that cannot be made, and go on with the rest. */
  discardFirst() {
    this.#edits.shift();
    this.#keep();
    return this.flush();
  }

  /** Send what waits, until there is nothing left or something is in the way. */
  flush() {
    // With nothing to send it is done before it is known to run, so it is not the work itself that ends it.
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /**
   * Call a component by another id in what waits.
   * @param {string} from @param {string} to
   */
  rename(from, to) {
    for (const edit of this.#edits) {
      for (const field of edit.fields) if (NAMES.has(field[0]) && field[1] === from) field[1] = to;
    }
    this.#keep();
  }

  async #work() {
    /** @type {QueueState['state']} */
    let state = 'saved';
    for (let edit = this.#edits[0]; edit; edit = this.#edits[0]) {
      this.#tell({ state: 'saving', waiting: this.#edits.length });
      const outcome = await this.#send(edit);
      if (outcome === 'done' || outcome === 'refused') {
        this.#edits.shift();
        this.#keep();
      }
      state = outcome === 'done' ? 'saved' : outcome;
      if (outcome !== 'done' && outcome !== 'refused') break;
    }
    this.#tell({ state, waiting: this.#edits.length });
  }

  #keep() {
    if (this.#edits.length) this.#shelf.setItem(this.#key, JSON.stringify(this.#edits));
    else this.#shelf.removeItem(this.#key);
  }
}

/** @param {string | null} kept @returns {Edit[]} */
function readEdits(kept) {
  if (!kept) return [];
  try {
    const edits = JSON.parse(kept);
    return Array.isArray(edits)
      ? edits.filter((edit) => typeof edit?.id === 'string' && Array.isArray(edit.fields))
      : [];
  } catch {
    return [];
  }
}

/**
 * What an answer's status means for the edit: 409 the state has moved on, 401/403 nobody is signed in,
 * 4xx the edit is not possible, everything else (also no answer, 0) is worth another try.
 * @param {number} status
 * @returns {Outcome}
 */
export function outcomeOf(status) {
  if (status >= 200 && status < 300) return 'done';
  if (status === 409) return 'conflict';
  if (status === 401 || status === 403) return 'signed-out';
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return 'refused';
  return 'unreachable';
}
