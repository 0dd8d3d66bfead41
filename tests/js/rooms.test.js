import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const SOURCE = new URL('../../designer_static/src/', import.meta.url).pathname;

/** What each room may import from, beside packages. */
const MAY = {
  lib: ['lib'],
  domain: ['domain'],
  islands: ['domain', 'lib'],
  entries: ['islands', 'lib', 'domain'],
};

/** @param {string} room */
async function importsOf(room) {
  const found = [];
  for (const name of await readdir(join(SOURCE, room), { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const text = await readFile(join(SOURCE, room, name), 'utf8');
    for (const [, from] of text.matchAll(/^import\s[^'"]*['"](\.[^'"]+)['"]/gm)) {
      const to = relative(SOURCE, join(SOURCE, room, dirname(name), from)).split('/')[0];
      found.push({ file: `${room}/${name}`, to });
    }
  }
  return found;
}

for (const [room, allowed] of Object.entries(MAY)) {
  test(`${room} imports only from ${allowed.join(', ')}`, async () => {
    const wrong = (await importsOf(room)).filter(({ to }) => !allowed.includes(to));
    assert.deepEqual(wrong, []);
  });
}
