/**
 * Asks which part of a picture is used before it is sent: a frame of the shape that the form asks for, over the picture. It is
 * dragged, or goes to where the picture is pressed; arrow keys move it, plus, minus, two fingers, the wheel and a slider change
 * its size. The picture is drawn on a canvas: pages show none from elsewhere.
 */
import { loadStyle } from './late_style.js';
import { phrasesOf } from './phrases.js';
import { largest, moved, place, resized, STEPS, shares, sizeOf, within } from './picture_part.js';

/** The smallest part, as a share of the largest; less is a blur. */
const SMALLEST = 0.1;
/** How far a key goes, as a share of the picture; with Shift ten times as far. */
const STEP = 0.01;
/** The larger side of the canvas in pixels, whatever the picture has. */
const DRAWN = 1200;
/** How much larger or smaller a key makes the part. @type {Record<string, number>} */
const SIZES = { '+': 0.05, '=': 0.05, '-': -0.05 };

/**
 * @param {File} file
 * @param {HTMLElement} box the component: data-crop says the shape, data-phrases the words
 * @returns {Promise<string | null>} the part as shares of the picture; "" for the middle, as the browser cannot read the file; null where
 *   the picture is not to be sent
 */
export async function choosePart(file, box) {
  const crop = JSON.parse(box.dataset.crop ?? '{}');
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return '';
  const page = /** @type {HTMLElement} */ (box.closest('form-page'));
  await loadStyle(page.dataset.cropperStyle ?? '');
  return new PictureCropper(picture, crop, phrasesOf(box)).ask(page);
}

class PictureCropper {
  #dialog = document.createElement('dialog');
  #area = document.createElement('div');
  #frame = document.createElement('div');
  #slider = document.createElement('input');
  #said = document.createElement('output');
  /** @type {import('./picture_part.js').Size} */
  #size;
  /** @type {import('./picture_part.js').Box} */
  #box;
  #phrase;
  /** Where fingers, or the mouse, are held on the picture. @type {Map<number, [number, number]>} */
  #held = new Map();
  /** How a drag began. @type {{ at: [number, number], box: import('./picture_part.js').Box, apart: number }} */
  #drag;

  /** @param {ImageBitmap} picture @param {{ shape: string, width: number, height: number }} crop @param {ReturnType<typeof phrasesOf>} phrase */
  constructor(picture, crop, phrase) {
    this.#size = { width: picture.width, height: picture.height };
    this.#box = largest(this.#size, crop.width / crop.height);
    this.#drag = { at: [0, 0], box: this.#box, apart: 0 };
    this.#phrase = phrase;
    this.#frame.dataset.shape = crop.shape;
    this.#build(canvasOf(picture));
    this.#listen();
    this.#show();
  }

  /** @param {HTMLElement} root @returns {Promise<string | null>} */
  ask(root) {
    root.append(this.#dialog);
    this.#dialog.showModal();
    this.#frame.focus();
    return new Promise((resolve) => {
      this.#dialog.addEventListener('close', () => {
        this.#dialog.remove();
        resolve(this.#dialog.returnValue === 'use' ? shares(this.#box, this.#size) : null);
      });
    });
  }

  /** @param {HTMLCanvasElement} canvas */
  #build(canvas) {
    const title = made('h2', 'ds-heading', this.#phrase('title'));
    title.id = 'cropper-title';
    const hint = made('p', 'form-description', `${this.#phrase('hint')} `);
    hint.id = 'cropper-hint';
    hint.append(made('span', 'picture-cropper__keys', this.#phrase('keys')));
    this.#area.className = 'crop-frame';
    this.#frame.className = 'crop-frame__part';
    this.#frame.tabIndex = 0;
    this.#frame.setAttribute('role', 'application'); // its keys are its own
    this.#frame.setAttribute('aria-label', this.#phrase('part'));
    this.#frame.setAttribute('aria-describedby', hint.id);
    this.#area.append(canvas, this.#frame);
    const label = made('label', 'ds-label', this.#phrase('size'));
    Object.assign(this.#slider, { type: 'range', min: '10', max: '100', className: 'picture-cropper__size' });
    label.append(this.#slider);
    this.#said.className = 'ds-sr-only';
    const buttons = made('div', 'form-buttons');
    buttons.append(this.#button('use', 'primary'), this.#button('cancel', 'secondary'));
    this.#dialog.className = 'ds-dialog picture-cropper';
    this.#dialog.setAttribute('aria-labelledby', title.id);
    this.#dialog.append(title, hint, this.#area, label, this.#said, buttons);
  }

  /** @param {string} what @param {string} variant */
  #button(what, variant) {
    const button = made('button', 'ds-button', this.#phrase(what));
    button.type = 'button';
    button.dataset.variant = variant;
    button.addEventListener('click', () => this.#dialog.close(what));
    return button;
  }

  #listen() {
    this.#slider.addEventListener('input', () => this.#resize(Number(this.#slider.value) / 100));
    this.#frame.addEventListener('keydown', (event) => this.#key(event));
    const area = this.#area;
    area.addEventListener('pointerdown', (event) => this.#press(event));
    area.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of /** @type {const} */ (['pointerup', 'pointercancel']))
      area.addEventListener(end, (event) => this.#release(event));
    area.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        this.#resize(sizeOf(this.#box, this.#size) - Math.sign(event.deltaY) * 0.05);
      },
      { passive: false },
    );
  }

  #show() {
    const percent = Math.round(100 * sizeOf(this.#box, this.#size));
    place(this.#frame, this.#box, this.#size);
    this.#slider.value = String(percent);
    this.#slider.setAttribute('aria-valuetext', `${percent} %`);
  }

  #say() {
    const { left, top } = this.#box;
    const { width, height } = this.#size;
    this.#said.value = this.#phrase('now', {
      left: Math.round((100 * left) / width),
      top: Math.round((100 * top) / height),
      size: Math.round(100 * sizeOf(this.#box, this.#size)),
    });
  }

  /** @param {number} share */
  #resize(share) {
    this.#box = resized(this.#box, this.#size, within(share, SMALLEST, 1));
    this.#show();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const change = SIZES[event.key];
    if (!step && !change) return;
    event.preventDefault();
    const far = STEP * (event.shiftKey ? 10 : 1);
    if (step) {
      const { width, height } = this.#size;
      this.#box = moved(this.#box, this.#size, step[0] * far * width, step[1] * far * height);
    }
    this.#resize(sizeOf(this.#box, this.#size) + (change ?? 0));
    this.#say();
  }

  /** A place of a pointer in pixels of the picture. @param {PointerEvent} event @returns {[number, number]} */
  #at(event) {
    const seen = this.#area.getBoundingClientRect();
    const { width, height } = this.#size;
    return [
      ((event.clientX - seen.left) * width) / seen.width,
      ((event.clientY - seen.top) * height) / seen.height,
    ];
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#frame.focus({ preventScroll: true });
    this.#area.setPointerCapture(event.pointerId);
    const at = this.#at(event);
    if (!this.#held.size && event.target !== this.#frame) {
      const { left, top, width, height } = this.#box;
      this.#box = moved(this.#box, this.#size, at[0] - left - width / 2, at[1] - top - height / 2);
      this.#show();
    }
    this.#held.set(event.pointerId, at);
    this.#begin();
  }

  /** A drag goes on from here, with as many fingers as there are. */
  #begin() {
    const [at = [0, 0]] = this.#held.values();
    this.#drag = { at, box: this.#box, apart: this.#apart };
  }

  /** How far two fingers are from each other; 0 where there is one. */
  get #apart() {
    const [one, other] = this.#held.values();
    return one && other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : 0;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.#held.has(event.pointerId)) return;
    const at = this.#at(event);
    this.#held.set(event.pointerId, at);
    const { at: from, box, apart } = this.#drag;
    if (apart) return this.#resize((sizeOf(box, this.#size) * this.#apart) / apart);
    this.#box = moved(box, this.#size, at[0] - from[0], at[1] - from[1]);
    this.#show();
  }

  /** @param {PointerEvent} event */
  #release(event) {
    if (!this.#held.delete(event.pointerId)) return;
    this.#begin();
    this.#say();
  }
}

/** @param {ImageBitmap} picture is not needed afterwards */
function canvasOf(picture) {
  const canvas = document.createElement('canvas');
  const scale = DRAWN / Math.max(picture.width, picture.height);
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} className @param {string} [words] @returns {HTMLElementTagNameMap[T]}
 */
function made(tag, className, words = '') {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = words;
  return element;
}
