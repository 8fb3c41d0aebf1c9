// How long the panel takes to hold two long files against each other, beside the comparison of their lines by the
// library alone.

import { diffArrays } from 'diff';
import { randomIndex, seededRandom } from '../../src/core/statistics/random.ts';
import { diffFiles, everything } from '../../src/extension/session/answers.ts';
import { median, printRow } from './table.ts';

const lineCount = 5_000;
const random = seededRandom('diff');
const written = Array.from({ length: lineCount }, (_, index) => lineOf(index));

measure('a tenth', 0.1, 60);
measure('half', 0.5, 150);

/** Lines like those of a program: some blank, some closing a block, some twice. */
function lineOf(index: number): string {
  if (index % 7 === 6) return '';
  if (index % 5 === 0) return '  }';
  return `  const value${randomIndex(random, 900)} = compute(item${randomIndex(random, 50)}, ${randomIndex(random, 100)});`;
}

/** The same lines, some changed, left out or with another one after them: so many of them, from 0 to 1. */
function revised(share: number): string[] {
  return written.flatMap((line) => {
    if (random() > share) return [line];
    const kind = random();
    if (kind < 0.6) return [line.replace('compute', 'derive').replace('  }', '  };')];
    return kind < 0.8 ? [] : [line, `  log(item${randomIndex(random, 50)});`];
  });
}

function measure(what: string, share: number, goalMs: number): void {
  const other = revised(share);
  const file = (lines: readonly string[]) => [{ path: 'main.js', text: `${lines.join('\n')}\n` }];
  const panel = timed(9, () => diffFiles(file(written), file(other), 'javascript', everything));
  const without = timed(9, () =>
    diffFiles(file(written), file(other), 'javascript', { ...everything, ignoreComments: true }),
  );
  const library = timed(3, () => diffArrays(written, other));
  const name = `${lineCount} lines, ${what} differ`;
  const row = (of: string, ms: number) => ({ name: `${name}: ${of}`, measured: `${ms.toFixed(0)} ms` });
  printRow({ ...row('aligned and marked', panel), goal: `< ${goalMs} ms`, ratio: panel / goalMs });
  printRow({ ...row('the same without comments', without), ratio: without / panel });
  printRow({ ...row('lines by diff alone', library), ratio: library / panel });
}

/** Milliseconds, the median of some rounds. */
function timed(rounds: number, act: () => unknown): number {
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now();
      act();
      return performance.now() - start;
    }),
  );
}
