// How long the panel takes to compare two long files, relative to the library's comparison of their lines.

import { diffArrays } from 'diff';
import { randomIndex, seededRandom } from '../../src/core/text/random.ts';
import { diffFiles, compareExactly } from '../../src/sessions/review/answers.ts';
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

/** The same lines, of which a share from 0 to 1 is changed, removed or followed by a new line. */
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
  const panel = timed(9, () => diffFiles(file(written), file(other), 'javascript', compareExactly));
  const without = timed(9, () =>
    diffFiles(file(written), file(other), 'javascript', { ...compareExactly, ignoreComments: true }),
  );
  const library = timed(3, () => diffArrays(written, other));
  const name = `${lineCount} lines, ${what} differ`;
  const row = (of: string, ms: number) => ({ name: `${name}: ${of}`, measured: `${ms.toFixed(0)} ms` });
  printRow({ ...row('aligned and marked', panel), goal: `< ${goalMs} ms`, ratio: panel / goalMs });
  printRow({ ...row('the same without comments', without), ratio: without / panel });
  printRow({ ...row('lines by diff alone', library), ratio: library / panel });
}

/** The median of several rounds, in milliseconds. */
function timed(rounds: number, act: () => unknown): number {
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now();
      act();
      return performance.now() - start;
    }),
  );
}
