import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { mutated } from '../../../../src/core/differing/mutate.ts';
import { poolsOf } from '../../../../src/core/differing/pools.ts';
import { fits, fitted, statedRange } from '../../../../src/core/differing/profile.ts';
import { Search, type Candidate } from '../../../../src/core/differing/search.ts';
import { shapeOf, type Shape } from '../../../../src/core/differing/shape.ts';
import { simplerTrees } from '../../../../src/core/differing/shrink.ts';
import type { Space } from '../../../../src/core/differing/space.ts';
import { weightOf, type Tree } from '../../../../src/core/differing/tree.ts';
import { parseJson } from '../../../../src/core/text/exactNumber.ts';
import type { Json } from '../../../../src/core/text/json.ts';
import { seededRandom } from '../../../../src/core/text/random.ts';

function spaceOf(trees: readonly Tree[], seed = 'one', codes: readonly string[] = []): Space {
  const items = trees[0]!.map((_, index) => shapeOf(trees.map((tree) => tree[index]!)));
  const pools = poolsOf({ trees, codes, language: 'python', prompt: '' });
  return { shape: { kind: 'tuple', items }, pools, random: seededRandom(seed) };
}

function inputsOf(
  trees: readonly Tree[],
  seed: string,
  generations: number,
  staysWithinBounds = false,
): Candidate<Tree>[] {
  const space = spaceOf(trees, seed);
  const search = new Search<Tree>({ space, seeds: trees, staysWithinBounds, render: (tree) => tree });
  return Array.from({ length: generations }, () => search.next()).flat();
}

const lists = [
  [[3, 1, 2], 2],
  [[5, 9], 1],
];

/** Any JSON without members, as the arguments of calls often are. */
const values = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: -1000, max: 1000 }),
    fc.string({ maxLength: 8 }),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
})).value;
const trees = fc.array(values, { minLength: 1, maxLength: 3 });

describe('a search for inputs', () => {
  it('begins with the seeds and small inputs', () => {
    const [first] = [inputsOf(lists, 'one', 1)];
    assert.deepEqual(
      first.slice(0, 2).map(({ tree }) => tree),
      lists,
    );
    assert.ok(first.slice(2).every(({ tree }) => JSON.stringify(tree).length < 20));
  });

  it('tries the same inputs for the same seed, and others for another seed', () => {
    const run = (seed: string): string => JSON.stringify(inputsOf(lists, seed, 4).map(({ tree }) => tree));
    assert.equal(run('one'), run('one'));
    assert.notEqual(run('one'), run('two'));
  });

  it('tries no input twice and none that is long', () => {
    const inputs = inputsOf(lists, 'one', 5).map(({ input }) => JSON.stringify(input));
    assert.equal(new Set(inputs).size, inputs.length);
    assert.ok(inputs.every((input) => input.length <= 600));
  });

  it('mostly keeps to what the seeds have in common, and says where it does not', () => {
    const inputs = inputsOf(lists, 'one', 5);
    const outside = inputs.filter(({ withinBounds }) => !withinBounds);
    assert.ok(
      outside.length > 0 && outside.length < inputs.length / 4,
      `${outside.length} of ${inputs.length}`,
    );
    assert.ok(outside.every(({ tree }) => !fits(spaceOf(lists).shape, tree)));
  });

  it('keeps to what the seeds have in common if it is told to', () => {
    const inputs = inputsOf(lists, 'one', 5, true);
    assert.ok(inputs.length > 100);
    assert.ok(inputs.every(({ withinBounds }) => withinBounds));
  });

  it('uses the literals of the answers', () => {
    const space = spaceOf([['x']], 'one', ['if word == "abracadabra": return 77']);
    const search = new Search<Tree>({ space, seeds: [['x']], render: (tree) => tree });
    const inputs = [search.next(), search.next(), search.next()].flat();
    assert.ok(inputs.some(({ tree }) => tree[0] === 'abracadabra'));
  });

  it('changes inputs of any shape without losing arguments', () => {
    fc.assert(
      fc.property(trees, fc.string(), (tree, seed) => {
        const changed = mutated(tree, tree, spaceOf([tree], seed));
        assert.equal(changed.length, tree.length);
        assert.doesNotThrow(() => JSON.stringify(changed));
      }),
    );
  });
});

describe('a simpler input', () => {
  it('is lighter than the input that it was made from', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        assert.ok(simplerTrees(tree).every((simpler) => weightOf(simpler) < weightOf(tree)));
      }),
    );
  });

  it('is reached for any input: nothing remains that could be removed', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        let smallest: Tree = tree;
        for (let next = simplerTrees(smallest)[0]; next !== undefined; next = simplerTrees(smallest)[0])
          smallest = next;
        assert.ok(
          smallest.every(
            (value) => [0, '', false].includes(value as never) || JSON.stringify(value) === '[]',
          ),
        );
      }),
    );
  });

  it('keeps fractions fractions', () => {
    const [tree] = [parseJson('[8.0]') as Tree];
    assert.ok(simplerTrees(tree).every(([value]) => JSON.stringify(value).endsWith('.0')));
  });
});

describe('the profile of the seeds', () => {
  const shape: Shape = shapeOf([
    [1, 4, 6],
    [2, 3],
    [5, 8, 9, 12],
  ]);

  it('has the order, the sign and the uniqueness of their numbers', () => {
    assert.ok(fits(shape, [2, 5, 40]));
    for (const other of [[5, 2], [-3, 4], [4, 4, 5], ['a'], 3])
      assert.ok(!fits(shape, other), JSON.stringify(other));
  });

  it('is restored where that is easy', () => {
    assert.deepEqual(fitted(shape, [9, 4, -2, 4]), [1, 4, 9]);
  });

  it('has the alphabet of their texts: exactly if it is small, else the kinds of characters', () => {
    const two = shapeOf(['VKVKVV', 'KVV']);
    assert.ok(fits(two, 'VVV') && !fits(two, 'VA'));
    const words = shapeOf(['tour', 'word']);
    assert.ok(fits(words, 'zebra') && !fits(words, 'Tour') && !fits(words, 'a b'));
  });

  it('keeps exactly to a range that the prompt states', () => {
    const stated: Shape = { kind: 'integer', range: statedRange({ min: 1, max: 5 }) };
    assert.ok(fits(stated, 5) && !fits(stated, 6));
  });
});
