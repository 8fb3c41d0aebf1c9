import { availableParallelism } from 'node:os';
import type { CheckReport } from '../core/diagnostic.ts';
import { codeHash } from '../core/codeHash.ts';
import { contentHash } from '../core/hash.ts';
import { createFairQueue, type FairQueue } from '../runner/queue.ts';
import type { Sandbox } from '../runner/sandbox.ts';
import { createToolchains, type Toolchains } from '../runner/toolchains.ts';
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
import type { CheckMemory } from './tool.ts';
import { createTypeScriptCheck } from './typescript.ts';

export interface ChecksParts {
  readonly sandbox: Sandbox;
  /** The folder of the checkers that ship with Tiebreak. */
  readonly checkersDir: string;
  /** Whether the person trusts the workspace; asked before each check. */
  readonly trusted: () => boolean;
  /** What finds Node.js and Python; the runner's may be shared. */
  readonly toolchains?: Toolchains;
  /** What is known of earlier sessions. */
  readonly memory?: CheckMemory;
}

/** Every check there is. The same code is checked once, whichever answer it belongs to. */
export function createChecks({
  sandbox,
  checkersDir,
  trusted,
  toolchains = createToolchains(checkersDir),
  memory,
}: ChecksParts): readonly Check[] {
  const find = (language: string) => (): ReturnType<Toolchains['detect']> => toolchains.detect(language);
  const bench = { sandbox, memory };
  const parts = { bench, checkersDir, node: find('javascript') };
  const queue = createFairQueue(Math.max(2, availableParallelism()));
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
    .map((check) => takingTurns(check, queue))
    .map(remembering)
    .map((check) => onlyTrusted(check, trusted))
    .map((check) => ({ ...check, languages: withAliases(check.languages, toolchains) }))
    .concat(personalData);
}

/** As many tools at once as there are processors: each takes hundreds of megabytes. Both answers progress side by side. */
function takingTurns(check: Check, queue: FairQueue): Check {
  return { ...check, check: (request, signal) => queue.add(request, () => check.check(request, signal)) };
}

/** Tasks may name a language by an alias. */
function withAliases(languages: Check['languages'], toolchains: Toolchains): Check['languages'] {
  if (languages === 'any') return languages;
  return languages.flatMap((language) => [language, ...toolchains.toolchain(language).aliases]);
}

/** Reports of some hundred answers are kept; the oldest goes. */
const kept = 200;

/** Finished reports are kept by the code they are of; anything else may go otherwise next time. */
function remembering(check: Check): Check {
  const known = new Map<string, CheckReport>();
  return {
    ...check,
    async check(request, signal) {
      const key = contentHash({ code: codeHash(request.files), schema: request.schema });
      const before = known.get(key);
      if (before !== undefined) return { ...before, answerId: request.answerId };
      const report = await check.check(request, signal);
      if (report.status !== 'done') return report;
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
    reason: 'nothing is run in a workspace that is not trusted. Trust the workspace and check again',
    diagnostics: [],
  };
}
