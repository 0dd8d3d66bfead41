/**
 * Files that are sent as soon as they are chosen or dropped: one after the other, with how far each has come and a way to
 * stop it. Without this code the files go with the page, by a button.
 */

/**
 * @typedef {{ form: HTMLFormElement, show: (html: string) => void }} Way
 * The form that files go with, and what is done with the page that comes back.
 */
/** @typedef {{ file: File, part?: string }} Chosen a file, and the part of it that is used where it is a picture that is cut */

/** What the server must know of the page beside the file. */
const KNOWN = new Set(['csrf_token', ':open', ':back', ':attempted']);

/**
 * Where pictures are cut to a shape, somebody chooses the part of the first one. Without what asks for it the middle is used.
 * @param {File[]} files @param {HTMLElement} box the component @returns {Promise<Chosen[]>} what is to be sent
 */
export async function withParts(files, box) {
  const [first, ...others] = files.map((file) => ({ file }));
  if (!first || isTooLarge(first.file, box)) return files.map((file) => ({ file }));
  const part = await import('./picture_cropper.js')
    .then(({ choosePart }) => choosePart(first.file, box))
    .catch(() => '');
  focusIn(box);
  return part === null ? [] : [{ ...first, part }, ...others];
}

/**
 * @param {Chosen[]} chosen @param {HTMLElement} box the component @param {Way} way
 * @returns {Promise<void>} when all have been sent or stopped
 */
export async function sendFiles(chosen, box, way) {
  const list = /** @type {HTMLElement} */ (box.querySelector('.form-sending'));
  const waiting = chosen.map((each) => ({ ...each, line: lineOf(each.file, box, list) }));
  for (const { file, part, line } of waiting) {
    if (!line.isConnected) continue; // stopped before its turn
    if (isTooLarge(file, box)) {
      tell(line, file, box, box.dataset.tooLarge ?? '');
      continue;
    }
    const answer = await send({ file, part }, line, box, way).catch(() => null);
    if (answer?.taken) {
      line.remove();
      way.show(answer.html);
    } else if (line.isConnected)
      tell(line, file, box, (answer && reasonIn(answer.html, box)) || (box.dataset.failed ?? ''));
  }
}

/** @param {DragEvent} event @returns {HTMLElement | null} the place under a drag that takes files */
export function dropPlace(event) {
  const place = /** @type {Element} */ (event.target).closest('.form-drop');
  return event.dataTransfer?.types.includes('Files') ? /** @type {HTMLElement | null} */ (place) : null;
}

/** @param {File} file @param {HTMLElement} box */
function isTooLarge(file, box) {
  return file.size > Number(box.dataset.megabytes) * 1024 * 1024;
}

/** @param {Chosen} chosen @param {HTMLElement} line @param {HTMLElement} box @param {Way} way @returns {Promise<{ taken: boolean, html: string }>} */
function send({ file, part }, line, box, way) {
  return new Promise((resolve, reject) => {
    const key = box.dataset.upload ?? '';
    const body = new FormData();
    for (const [name, value] of new FormData(way.form)) if (KNOWN.has(name)) body.append(name, value);
    body.append('do', `upload:${key}`);
    body.append(':script', '1');
    body.append(`:file-${key}`, file);
    if (part) body.append(`:crop-${key}`, part);
    const request = new XMLHttpRequest();
    const bar = line.querySelector('progress');
    request.upload.onprogress = (event) => {
      if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
    };
    request.onload = () => resolve({ taken: request.status < 400, html: request.responseText });
    request.onerror = request.onabort = reject;
    line.querySelector('button')?.addEventListener('click', () => request.abort());
    request.open('POST', way.form.action);
    request.send(body);
  });
}

/** @param {string} html the page that says why @param {HTMLElement} box @returns {string | undefined} */
function reasonIn(html, box) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return page
    .querySelector(`[data-upload="${CSS.escape(box.dataset.upload ?? '')}"] .ds-validation-message`)
    ?.textContent?.trim();
}

/** @param {File} file @param {HTMLElement} box @param {HTMLElement} list @returns {HTMLElement} */
function lineOf(file, box, list) {
  const line = document.createElement('li');
  line.className = 'form-file';
  const name = document.createElement('span');
  name.textContent = `${box.dataset.sending} ${file.name}`;
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', name.textContent);
  const stop = document.createElement('button');
  stop.type = 'button';
  stop.className = 'ds-button';
  stop.dataset.variant = 'tertiary';
  stop.dataset.size = 'sm';
  label(stop, box.dataset.cancel, file);
  stop.addEventListener('click', () => {
    line.remove();
    mark(box);
    focusIn(box);
  });
  line.append(name, bar, stop);
  list.append(line);
  return line;
}

/** @param {HTMLButtonElement} button @param {string | undefined} words @param {File} file */
function label(button, words = '', file) {
  button.textContent = words;
  button.setAttribute('aria-label', `${words} ${file.name}`);
}

let refusals = 0;

/**
 * Say why a file is not among the others; the line can be taken away.
 * @param {HTMLElement} line @param {File} file @param {HTMLElement} box @param {string} words
 */
function tell(line, file, box, words) {
  line.querySelector('progress')?.remove();
  const name = line.querySelector('span');
  if (name) name.textContent = file.name;
  const button = line.querySelector('button');
  if (button) label(button, box.dataset.remove, file);
  const said = document.createElement('p');
  said.className = 'ds-validation-message';
  refusals += 1;
  said.id = `refused-${refusals}`;
  said.textContent = words;
  line.append(said);
  mark(box);
}

/** @param {HTMLElement} box @returns {HTMLInputElement | null} the field in which files are chosen */
function fieldOf(box) {
  return box.querySelector('input[type="file"]');
}

/** @param {HTMLElement} box whose field takes the focus; itself where it takes no more files */
function focusIn(box) {
  const field = fieldOf(box);
  if (!field) box.tabIndex = -1;
  (field ?? box).focus();
}

/** What the server draws knows nothing of files that it has refused. @param {ParentNode} page */
export function markRefused(page) {
  for (const box of page.querySelectorAll('[data-upload]')) mark(/** @type {HTMLElement} */ (box));
}

/**
 * The field is wrong as long as a file is told of that was refused, and says why to those who do not see it.
 * @param {HTMLElement} box
 */
function mark(box) {
  const field = fieldOf(box);
  if (!field) return;
  const refused = [...box.querySelectorAll('.form-sending .ds-validation-message')].map((each) => each.id);
  const others = (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .filter((id) => !id.startsWith('refused-'));
  field.setAttribute('aria-describedby', [...others, ...refused].join(' ').trim());
  const said = box.querySelector('[data-field="validation"] .ds-validation-message:not([data-color])');
  if (refused.length || said) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}
