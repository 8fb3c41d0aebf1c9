import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLimits } from '../../../src/core/run/run.ts';
import type { Case, FullLimits, SourceFile } from '../../../src/core/task/task.ts';
import type { CaseResult } from '../../../src/core/run/run.ts';
import { createRunner, type RunnerParts } from '../../../src/runner/run.ts';
import type { Runner, RunRequest } from '../../../src/runner/runner.ts';
import type { Sandbox, SandboxJob, SandboxOutcome } from '../../../src/runner/sandbox/sandbox.ts';
import { createSandbox } from '../../../src/runner/sandbox/choose.ts';
import { createContainerSandbox } from '../../../src/runner/sandbox/container/container.ts';
import { createToolchains, type Toolchains } from '../../../src/runner/toolchains/toolchains.ts';

import { containersVariable } from '../../../scripts/lib/outerNamespace.mjs';
import { testPodman } from './podman.ts';

// Everything here runs in real sandboxes: nothing hostile is ever started outside of one.

/** The checkers in the installed packages; the shipped checkers are a copy of these folders. */
export const checkersDir = new URL('../../../node_modules', import.meta.url).pathname;

/** The folder of the helpers that the set-up compiled. */
export const nativeDir = new URL('../../../node_modules/.cache/tiebreak/native', import.meta.url).pathname;

/** The helper for this platform, if it was compiled. */
export const helperPath = join(nativeDir, `${process.platform}-${process.arch}`, 'helper');

/** Whether programs run in containers instead of the sandbox of this machine. */
export const inContainers = process.env[containersVariable] !== undefined;

const podman = inContainers ? await testPodman() : undefined;
const podmanAbsent = podman !== undefined && 'absent' in podman ? podman.absent : undefined;

/** The real sandbox of this machine, found once for all tests. */
export const sandbox =
  podman === undefined
    ? createSandbox({ nativeDir })
    : createContainerSandbox({ nativeDir, image: 'image' in podman ? podman.image : undefined });

/** Why tests that run programs cannot, on a platform without a sandbox. On Linux it is a failure: CI has bubblewrap. */
export async function sandboxAbsent(): Promise<string | undefined> {
  if (podmanAbsent !== undefined) return podmanAbsent;
  const status = await sandbox.status();
  if (status.usable) return undefined;
  const reason = `${status.missing}. ${status.remedy}`;
  if (process.platform === 'linux') throw new Error(reason);
  return reason;
}

/** For `before`: skips a suite and prints the reason if there is no sandbox. */
export function needsSandbox(): (this: Mocha.Context) => Promise<void> {
  return async function () {
    const absent = await sandboxAbsent();
    if (absent === undefined) return;
    console.log(`      skipped: ${absent}`);
    this.skip();
  };
}

/** A runner over the real sandbox in a trusted workspace. */
export function createTestRunner(parts: Partial<RunnerParts> = {}): {
  runner: Runner;
  toolchains: Toolchains;
} {
  const toolchains = parts.toolchains ?? createToolchains(checkersDir);
  return { runner: createRunner({ sandbox, trusted: () => true, ...parts, toolchains }), toolchains };
}

const { runner, toolchains: allToolchains } = createTestRunner();

/** For `before`: skips a suite and prints the install command if a language's toolchain is missing. */
export function needsToolchain(language: string): (this: Mocha.Context) => Promise<void> {
  return async function () {
    const found = await allToolchains.detect(language);
    if (!('missing' in found)) return;
    console.log(`      skipped: ${found.missing}. ${found.remedy}`);
    this.skip();
  };
}

/** A case without the members that every case has; literals in tests are constant. */
export type CaseFacts = Case extends infer One ? Constant<One> : never;
type Constant<One> = One extends Case
  ? {
      readonly [Name in keyof One as Exclude<Name, 'id' | 'origin'>]: One[Name] extends (infer Item)[]
        ? readonly Item[]
        : One[Name];
    }
  : never;

/** A test's source as a case. */
export function unit(source: string, framework?: string): CaseFacts {
  return { kind: 'unit', source, ...(framework === undefined ? {} : { framework }) };
}

export function request(
  language: string,
  text: string | readonly SourceFile[],
  cases: readonly CaseFacts[],
): RunRequest {
  const path = allToolchains.find(language)?.mainFile ?? 'main.txt';
  return {
    taskId: 'task',
    answerId: 'answer',
    language,
    files: typeof text === 'string' ? [{ path, text }] : text,
    cases: cases.map((facts, index) => ({ ...facts, id: `case-${index + 1}`, origin: 'task' }) as Case),
  };
}

/** Runs an answer on some cases and returns their results in order. */
export async function resultsOf(
  language: string,
  text: string | readonly SourceFile[],
  cases: readonly CaseFacts[],
  more: Partial<RunRequest> = {},
): Promise<readonly CaseResult[]> {
  return (await runner.run({ ...request(language, text, cases), ...more })).results;
}

/** Runs an answer on one case. */
export async function resultOf(
  language: string,
  text: string | readonly SourceFile[],
  facts: CaseFacts,
  more: Partial<RunRequest> = {},
): Promise<CaseResult> {
  const [result] = await resultsOf(language, text, [facts], more);
  if (result === undefined) throw new Error('the case has no result');
  return result;
}

/** Limits for a hostile program: it cannot do much even if a limit fails. */
export const tight: FullLimits = {
  ...defaultLimits,
  cpuMs: 1000,
  // All containers together get as much of a busy machine as one program.
  wallMs: inContainers ? 30_000 : 10_000,
  memoryBytes: 128 << 20,
  processes: 16,
  fileBytes: 8 << 20,
  outputBytes: 64 << 10,
};

const python = '/usr/bin/python3';

type Job = Partial<SandboxJob>;

/** Programs of the system's own, straight in a sandbox. */
export interface SandboxUnderTest {
  readonly sandbox: Sandbox;
  readonly runPython: (source: string, job?: Job, signal?: AbortSignal) => Promise<SandboxOutcome>;
  readonly runShell: (source: string, job?: Job, signal?: AbortSignal) => Promise<SandboxOutcome>;
  readonly runJob: (job: Job & Pick<SandboxJob, 'argv'>, signal?: AbortSignal) => Promise<SandboxOutcome>;
}

export function underTest(tested: Sandbox): SandboxUnderTest {
  const runJob: SandboxUnderTest['runJob'] = (job, signal) =>
    tested.run({ files: [], env: { PATH: '/usr/bin:/bin' }, limits: tight, ...job }, signal);
  return {
    sandbox: tested,
    runJob,
    runPython: (source, job = {}, signal) => runJob({ argv: [python, '-c', source], ...job }, signal),
    runShell: (source, job = {}, signal) => runJob({ argv: ['/bin/sh', '-c', source], ...job }, signal),
  };
}

/** The ways in which this platform enforces limits: with the compiled helper, and with a shell and polling. */
const kinds: Readonly<Record<string, SandboxUnderTest>> =
  podman === undefined
    ? {
        'with the helper': underTest(sandbox),
        'without a helper': underTest(createSandbox({ nativeDir: undefined })),
      }
    : { 'in containers': underTest(sandbox) };

/** Defines the same tests for every kind of sandbox; prints and skips a kind that is missing, such as the helper. */
export function describeEach(title: string, body: (tested: SandboxUnderTest) => void): void {
  for (const [kind, tested] of Object.entries(kinds)) {
    describe(`${title}, ${kind}`, () => {
      before(needsSandbox());
      before(async function () {
        const status = await tested.sandbox.status();
        if (tested !== kinds['with the helper'] || !status.usable || !status.approximate) return;
        // A helper that was compiled but does not work is a fault, not a missing program.
        assert.ok(!existsSync(helperPath), 'the compiled helper is not used');
        console.log('      skipped: the helper was not compiled');
        this.skip();
      });
      body(tested);
    });
  }
}

export function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

/** The ids of all processes of the machine whose arguments contain a word. */
export function processesWith(word: string): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(word);
    } catch {
      return false;
    }
  });
}
