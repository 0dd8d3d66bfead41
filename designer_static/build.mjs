// Bundles the browser code into designer_static/dist with hashed names, and writes manifest.json
// (logical name -> hashed name) that the templates read. Nothing in dist is committed.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

/** Every file directly in src/entries and css/entries is a bundle of its own. */
async function entries(folder, ending) {
  const names = await readdir(join(here, folder)).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).map((name) => join(here, folder, name));
}

await mkdir(dist, { recursive: true });

/**
 * Selectors of Designsystemet are written so that whatever is put anywhere on a page makes the browser work out the styles of
 * everything around it anew: what :has() asks for holds for any element (:not inside it), or what stands behind any other is
 * meant (* + *). On a page of a thousand components that takes longer than all else. They are put so that they say the same
 * of our pages.
 */
const BEHIND_ANOTHER = ['>*+*', '>:where(:not(:first-child))'];
const QUICKER = {
  'card.css': [BEHIND_ANOTHER],
  // What is ticked stands right in its field. Looking for it below costs a page of fields more than all its other styles.
  'field.css': [
    [':has(input:not(:only-child))', ':has(label)'],
    [':has(input[type=radio],input[type=checkbox])', ':has(>input[type=radio],>input[type=checkbox])'],
    BEHIND_ANOTHER,
  ],
  'fieldset.css': [
    [':has(.ds-input[readonly]):not(:has(.ds-input:not([readonly])))', ':has(.ds-input[readonly])'],
    BEHIND_ANOTHER,
  ],
};
const quicker = {
  name: 'quicker selectors',
  setup({ onLoad }) {
    onLoad({ filter: /designsystemet-css.*[/\\](card|field|fieldset)\.css$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [slow, quick] of QUICKER[basename(path)]) {
        if (!contents.includes(slow))
          throw new Error(`${path} has no ${slow} any more: look at QUICKER again.`);
        contents = contents.replaceAll(slow, quick);
      }
      return { contents, loader: 'css' };
    });
  },
};

/**
 * Letters are asked for with the page (document.html) and are there when it is first drawn. Where they are not, the page keeps
 * the letters that it was drawn with: changing them would lay out everything a second time, under the eyes of the reader.
 */
const calmLetters = {
  name: 'calm letters',
  setup({ onLoad }) {
    onLoad({ filter: /fontsource-variable.inter.index\.css$/ }, async ({ path }) => {
      const contents = await readFile(path, 'utf8');
      return { contents: contents.replaceAll('font-display: swap', 'font-display: optional'), loader: 'css' };
    });
  },
};
const FIRST_LETTERS = 'inter-latin-wght-normal.woff2';

/** What the public loads for a form: each a file of its own, as every request costs a page more than a few KiB do. */
const FORM = ['form_filling.js', 'form.js'];
/** What forms load where it is on the page. */
const ON_DEMAND = ['islands/old_rules.js', 'lib/map_canvas.js', 'lib/picture_cropper.js'];

const options = {
  outdir: dist,
  entryNames: '[name]-[hash]',
  assetNames: 'assets/[name]-[hash]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  metafile: true,
  sourcemap: false,
  loader: { '.woff2': 'file', '.svg': 'file', '.png': 'file' },
  legalComments: 'linked',
  logLevel: 'warning',
};
const sources = (await entries('src/entries', '.js')).filter((each) => !FORM.includes(basename(each)));
const result = await build({
  ...options,
  entryPoints: [
    ...sources,
    ...ON_DEMAND.map((name) => join(here, 'src', name)),
    ...(await entries('css/entries', '.css')),
  ],
  plugins: [quicker, calmLetters],
  splitting: true, // what two bundles share exists once: there must be one htmx on a page
});
const { outputs } = result.metafile;

/** What is built already is imported from there when it is asked for. */
const builtBefore = {
  name: 'built before',
  setup({ onResolve }) {
    onResolve({ filter: /\.js$/ }, ({ path, kind }) => {
      if (kind !== 'dynamic-import') return undefined;
      const found = Object.entries(outputs).find(
        ([, { entryPoint }]) => entryPoint && basename(entryPoint) === basename(path),
      );
      return found && { path: `./${inDist(found[0])}`, external: true };
    });
  },
};
for (const name of FORM) {
  const built = await build({
    ...options,
    entryPoints: [join(here, 'src/entries', name)],
    plugins: [builtBefore],
    // The first of all is no module: those wait until the whole page has been read.
    ...(name === 'form.js' && { banner: { js: '(()=>{"use strict";' }, footer: { js: '})();' } }),
  });
  Object.assign(outputs, built.metafile.outputs);
}

/** @type {Record<string, string>} */
const manifest = {};
for (const [output, { entryPoint, inputs }] of Object.entries(outputs)) {
  if (entryPoint) manifest[basename(entryPoint)] = inDist(output);
  if (Object.keys(inputs).some((input) => basename(input) === FIRST_LETTERS) && output.endsWith('.woff2'))
    manifest[FIRST_LETTERS] = inDist(output);
}

// Studio hands it to a browser of its own, as it is: the licence asks for the text that it begins with, and for its own beside it.
const axe = await readFile(join(here, '..', 'node_modules', 'axe-core', 'axe.min.js'));
manifest['axe.js'] = `axe-${hashOf(axe)}.js`;
manifest['axe-LICENSE.txt'] = `axe-${hashOf(axe)}.LICENSE.txt`;
await writeFile(join(dist, manifest['axe.js']), axe);
await writeFile(join(dist, manifest['axe-LICENSE.txt']), await licences('axe-core'));

const icons = await sprite(JSON.parse(await readFile(join(here, 'icons.json'), 'utf8')));
manifest['icons.svg'] = `icons-${hashOf(icons)}.svg`;
await writeFile(join(dist, manifest['icons.svg']), icons);
// Last, and in one step: a server that runs meanwhile sees the old bundles or the new ones, never half.
await writeFile(join(dist, 'manifest.json.new'), `${JSON.stringify(manifest, null, 2)}\n`);
await rename(join(dist, 'manifest.json.new'), join(dist, 'manifest.json'));
await sweep(new Set(['manifest.json', ...Object.values(manifest), ...Object.keys(outputs).map(inDist)]));

/** What stands in a name for a content. */
function hashOf(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();
}

/** The licence of a package and of what is inside it. */
async function licences(name) {
  const folder = join(here, '..', 'node_modules', name);
  const texts = ['LICENSE', 'LICENSE-3RD-PARTY.txt'].map((file) => readFile(join(folder, file), 'utf8'));
  return (await Promise.all(texts)).join('\n\n');
}

/** The path inside dist of an output that esbuild names from where it was started. */
function inDist(output) {
  return relative(dist, join(process.cwd(), output));
}

/** Delete what an earlier build left and this one has not made. */
async function sweep(kept) {
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const path = relative(dist, join(entry.parentPath ?? entry.path, entry.name));
    if (entry.isFile() && !kept.has(path)) await rm(join(dist, path));
  }
}

/** One SVG file with a symbol per icon name of @navikt/aksel-icons that icons.json lists. */
async function sprite(names) {
  const folder = join(here, '..', 'node_modules', '@navikt', 'aksel-icons', 'dist', 'svg');
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(folder, `${name}.svg`), 'utf8');
      const viewBox = /viewBox="([^"]+)"/.exec(svg)?.[1] ?? '0 0 24 24';
      const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
      return `<symbol id="${name}" viewBox="${viewBox}">${body}</symbol>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}
