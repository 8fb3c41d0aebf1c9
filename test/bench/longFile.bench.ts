// How long the checks that read a syntax tree take for one long file: ESLint, and the search for unsafe patterns.

import { nativeDir } from '../../scripts/lib/native.mjs';
import { createChecks } from '../../src/checks/checks.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { median, printRow } from './table.ts';

const checkersDir = new URL('../../node_modules', import.meta.url).pathname;
const sandbox = createSandbox({ nativeDir });
const status = await sandbox.status();
if (!status.usable) {
  console.log(`longFile: skipped, ${status.missing}`);
} else {
  await measure('javascript', 'main.js', ['eslint', 'ast-grep'], javascript);
  await measure('python', 'main.py', ['ast-grep'], python);
}

function javascript(n: number): string {
  return `export function step${n}(items, limit = ${n}) {
  const kept = [];
  for (const { id, name, tags = [] } of items) {
    if (id === undefined || kept.length >= limit) continue;
    kept.push({ id, label: \`\${name.trim()} (\${tags.join(', ')})\`, at: Date.now() });
  }
  try {
    return kept.map((each) => ({ ...each, size: JSON.stringify(each).length }));
  } catch (error) {
    throw new Error('step ${n} failed', { cause: error });
  }
}`;
}

function python(n: number): string {
  return `def step${n}(items, limit=${n}):
    kept = []
    for item in items:
        if item.get("id") is None or len(kept) >= limit:
            continue
        kept.append({"id": item["id"], "label": f"{item['name'].strip()} ({', '.join(item['tags'])})"})
    try:
        return [dict(each, size=len(str(each))) for each in kept]
    except ValueError as error:
        raise RuntimeError("step ${n} failed") from error

`;
}

/** Each check alone on 3,000 lines, with different code each time. */
async function measure(
  language: string,
  path: string,
  ids: readonly string[],
  write: (n: number) => string,
): Promise<void> {
  const lines = Array.from({ length: 300 }, (_, n) => write(n))
    .join('\n')
    .split('\n')
    .slice(0, 3_000);
  for (const check of createChecks({ sandbox, checkersDir, trusted: () => true })) {
    if (!ids.includes(check.id)) continue;
    const times: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const files = [{ path, text: `${lines.join('\n')}${'\n'.repeat(round)}` }];
      const start = performance.now();
      const report = await check.check({ answerId: 'long', language, files });
      times.push(performance.now() - start);
      if (report.status !== 'done') throw new Error(`${check.id}: ${report.reason}`);
    }
    const ms = median(times);
    printRow({
      name: `${lines.length} lines of ${language}, ${check.id}`,
      measured: `${ms.toFixed(0)} ms`,
      goal: '< 3000 ms',
      ratio: ms / 3_000,
    });
  }
}
