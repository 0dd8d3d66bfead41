import assert from 'node:assert/strict';
import test from 'node:test';
import { largest, moved, resized, shares, sizeOf } from '../../designer_static/src/lib/picture_part.js';

const WIDE = { width: 400, height: 200 };

test('the largest part has the shape asked for and lies in the middle', () => {
  assert.deepEqual(largest(WIDE, 1), { left: 100, top: 0, width: 200, height: 200 });
  assert.deepEqual(largest(WIDE, 4), { left: 0, top: 50, width: 400, height: 100 });
  assert.deepEqual(largest({ width: 100, height: 300 }, 0.5), { left: 0, top: 50, width: 100, height: 200 });
});

test('a part goes no further than the picture', () => {
  const part = largest(WIDE, 1);
  assert.deepEqual(moved(part, WIDE, 30, 30), { ...part, left: 130 });
  assert.deepEqual(moved(part, WIDE, -500, -1), { ...part, left: 0 });
  assert.deepEqual(moved(part, WIDE, 500, 0), { ...part, left: 200 });
});

test('a part that is made smaller keeps its shape and its middle, and comes back', () => {
  const part = moved(largest(WIDE, 1), WIDE, -40, 0);
  const half = resized(part, WIDE, 0.5);
  assert.deepEqual(half, { left: 110, top: 50, width: 100, height: 100 });
  assert.equal(sizeOf(half, WIDE), 0.5);
  assert.deepEqual(resized(half, WIDE, 1), part);
});

test('a part at the edge that grows is pushed into the picture', () => {
  const corner = moved(resized(largest(WIDE, 1), WIDE, 0.25), WIDE, 500, 500);
  assert.deepEqual(corner, { left: 350, top: 150, width: 50, height: 50 });
  assert.deepEqual(resized(corner, WIDE, 0.5), { left: 300, top: 100, width: 100, height: 100 });
});

test('shares are of the picture and never outside it', () => {
  assert.equal(
    shares({ left: 100, top: 50, width: 200, height: 100 }, WIDE),
    '0.250000,0.250000,0.500000,0.500000',
  );
  assert.equal(
    shares({ left: -1e-9, top: 0, width: 400.0001, height: 200 }, WIDE),
    '0.000000,0.000000,1.000000,1.000000',
  );
});
