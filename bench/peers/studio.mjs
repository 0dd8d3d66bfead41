// Studio as a contestant of the harness, served at the addresses in the JSON file that $STUDIO_PLACES names:
// { addresses: { "viewer-paged-10": url, … }, cookies: { viewer: […], editor: […] } }. Written by bench/peers.
import fs from 'node:fs';
import { visibleCount } from '../lib/formspec.mjs';

const places = process.env.STUDIO_PLACES ? JSON.parse(fs.readFileSync(process.env.STUDIO_PLACES, 'utf8')) : null;

/** Adds a text field as a click in the palette does; ms from the click to the paint that shows it. */
const addField = async ({ page }) => {
  await page.hover('#editor-palette [data-palette-type="Input"]'); // as a pointer comes before its press
  return page.evaluate(async () => {
    const items = () => document.querySelectorAll('.canvas-item');
    const before = items().length;
    const frame = () => new Promise(requestAnimationFrame);
    const began = performance.now();
    document.querySelector('#editor-palette [data-palette-type="Input"]').click();
    while (items().length === before) {
      if (performance.now() - began > 30000) return { error: 'timeout' };
      await frame();
    }
    await frame();
    await new Promise((done) => {
      const channel = new MessageChannel(); // as lib/page.js: the first task behind the frame's paint
      channel.port1.onmessage = done;
      channel.port2.postMessage(0);
    });
    return { ms: performance.now() - began };
  });
};

const beginAnew = async (page) => {
  await page.fill('[name="f5"]', 'ye');
  await page.waitForTimeout(1500);
};

const fieldsOf = (spec, layout) => (layout === 'flat' ? spec.fields : spec.pages[0].fields);

export default {
  id: 'studio',
  label: 'Studio',
  disabled: places === null,
  layouts: ['paged', 'flat'],
  beforeNavigate: ({ ctx, mode }) => ctx.addCookies(places.cookies[mode]),
  url: ({ mode, spec, layout }) => places.addresses[`${mode}-${layout}-${spec.n}`],
  modes: {
    viewer: {
      ready: (spec, layout) => ({
        selector: 'form-page .form-grid [name^="f"]',
        count: visibleCount(fieldsOf(spec, layout)),
      }),
      // The same answers serve all runs, and a run ends before its last letter is kept.
      keystroke: () => ({ input: '[name="f5"]', dependent: '[name="f9"]', key: 's', prepare: beginAnew }),
    },
    editor: {
      // Every field of the page stands on the canvas, also those that are sometimes hidden.
      ready: (spec, layout) => ({ selector: '.canvas-item[data-component^="field"]', count: fieldsOf(spec, layout).length }),
      addField,
    },
  },
};
