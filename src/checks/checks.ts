import { availableParallelism } from 'node:os';
import type { CheckReport } from '../core/run/diagnostic.ts';
import { otherNames } from '../core/code/languages.ts';
import { codeHash } from '../core/task/codeHash.ts';
import { contentHash } from '../core/text/hash.ts';
import { untrustedText } from '../core/run/untrusted.ts';
import { createFairQueue } from '../runner/queue.ts';
import type { Sandbox } from '../runner/sandbox/sandbox.ts';
import { createToolchains, type Toolchains } from '../runner/toolchains/toolchains.ts';
import { createAstGrep } from './astGrep.ts';
import type { Check, CheckRequest } from './check.ts';
import { createEslint } from './eslint.ts';
import { createNativeChecks } from './gcc.ts';
import { createGoVet } from './goVet.ts';
import { createInterpreterChecks } from './interpreters.ts';
import { createJavac } from './javac.ts';
import { personalData } from './personalData.ts';
import { createPyright } from './pyright.ts';
import { createRParse } from './rParse.ts';
import { createRuff } from './ruff.ts';
import { createRustc } from './rustc.ts';
import { createShellcheck } from './shellcheck.ts';
import { createSqlite } from './sqlite.ts';
import { isLasting, type CheckMemory } from './tool.ts';
import { createTypeScriptCheck } from './typescript.ts';
import { visibleCases } from './visibleCases.ts';
import type { WarmCheckers } from './warm/warmCheckers.ts';

export interface ChecksParts {
  readonly sandbox: Sandbox;
  /** The folder of the checkers that ship with Tiebreak. */
  readonly checkersDir: string;
  /** Whether the user trusts the workspace; checked before each check. */
  readonly trusted: () => boolean;
  /** Finds Node.js and Python; may be shared with the runner. */
  readonly toolchains?: Toolchains;
  /** Reports of earlier sessions. */
  readonly memory?: CheckMemory;
  /** The number of tools that run together. Defaults to the number of processors, and at least two. */
  readonly atOnce?: number;
  /** Processes of checkers that stay up. The caller disposes of them. */
  readonly warm?: WarmCheckers;
}

/** All checks. The same code is checked once, whichever answer it belongs to. */
export function createChecks({
  sandbox,
  checkersDir,
  trusted,
  toolchains = createToolchains(checkersDir),
  memory,
  atOnce = Math.max(2, availableParallelism()),
  warm,
}: ChecksParts): readonly Check[] {
  const find = (language: string) => (): ReturnType<Toolchains['detect']> => toolchains.detect(language);
  const turns = createFairQueue(atOnce);
  const bench = { sandbox, memory, warm, turns };
  const parts = { bench, checkersDir, node: find('javascript') };
  return [
    createPyright({ ...parts, python: find('python') }),
    createRuff(bench),
    createTypeScriptCheck(parts),
    createEslint(parts),
    createAstGrep(parts),
    createSqlite(bench, find('sql')),
    ...createNativeChecks(bench),
    createJavac(bench, find('java')),
    createGoVet(bench, find('go')),
    createRustc(bench, find('rust')),
    createRParse(bench, find('r')),
    createShellcheck(bench),
    ...createInterpreterChecks(bench, toolchains),
  ]
    .map(remembering)
    .map((check) => onlyTrusted(check, trusted))
    .map((check) => ({ ...check, languages: withOtherNames(check.languages) }))
    .concat(personalData, visibleCases);
}

/** Adds the other names of each language, because tasks may use any of them. */
function withOtherNames(languages: Check['languages']): Check['languages'] {
  if (languages === 'any') return languages;
  return languages.flatMap((language) => [language, ...otherNames(language)]);
}

/** The number of reports that are kept. The oldest are dropped first. */
const kept = 200;

/**
 * Keeps finished reports by their code. Other reports are not kept, because the next check may give a
 * different result.
 */
function remembering(check: Check): Check {
  const known = new Map<string, CheckReport>();
  return {
    ...check,
    async check(request, signal) {
      const key = contentHash({ code: codeHash(request.files), schema: request.schema });
      const before = known.get(key);
      if (before !== undefined) return { ...before, answerId: request.answerId };
      const report = await check.check(request, signal);
      if (!isLasting(report)) return report;
      known.set(key, report);
      const [oldest] = known.keys();
      if (known.size > kept && oldest !== undefined) known.delete(oldest);
      return report;
    },
  };
}

function onlyTrusted(check: Check, trusted: () => boolean): Check {
  return {
    ...check,
    check: async (request, signal) => (trusted() ? check.check(request, signal) : untrusted(check, request)),
  };
}

function untrusted(check: Check, request: CheckRequest): CheckReport {
  return {
    check: check.id,
    version: '',
    answerId: request.answerId,
    codeHash: codeHash(request.files),
    status: 'missing',
    reason: untrustedText,
    diagnostics: [],
  };
}
