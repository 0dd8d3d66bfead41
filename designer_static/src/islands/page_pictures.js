/**
 * <page-pictures>: pages before and after, each in a frame. Both frames of a pair become as high as the higher of the
 * pages in them, so that nobody has to scroll in two places. Without this script each frame scrolls by itself.
 */
class PagePictures extends HTMLElement {
  connectedCallback() {
    for (const frame of this.querySelectorAll('iframe')) {
      frame.addEventListener('load', () => this.#grow(frame));
      if (frame.contentDocument?.readyState === 'complete') this.#grow(frame);
    }
  }

  /** @param {HTMLIFrameElement} loaded */
  #grow(loaded) {
    // What was folded open in one needs more room.
    loaded.contentDocument?.addEventListener('toggle', () => this.#pair(loaded), { capture: true });
    this.#pair(loaded);
  }

  /** @param {HTMLIFrameElement} one */
  #pair(one) {
    const frames = [...(one.closest('.pair')?.querySelectorAll('iframe') ?? [])];
    const heights = frames.map((frame) => frame.contentDocument?.body?.offsetHeight ?? 0);
    const height = Math.max(...heights);
    if (height) for (const frame of frames) frame.style.blockSize = `${height + 4}px`;
  }
}

customElements.define('page-pictures', PagePictures);
