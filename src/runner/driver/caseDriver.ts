import type { Outcome } from '../../core/differing/outcome.ts';
import type { CaseResult } from '../../core/run/run.ts';
import type { Case, Limits } from '../../core/task/task.ts';
import type { Runner, RunRequest } from '../runner.ts';
import type { DrivenCase } from '../toolchains/toolchain.ts';
import type { DrivenInput, Driver } from './driver.ts';

/** A driver that gives every input a process in a sandbox of its own, as the case runner does. */
export function createCaseDriver(
  runner: Runner,
  request: RunRequest,
  sample: DrivenCase,
  limits: Limits,
  given?: AbortSignal,
): Driver {
  const ending = new AbortController();
  const signal = given === undefined ? ending.signal : AbortSignal.any([given, ending.signal]);
  return {
    async run(inputs) {
      const cases = inputs.map((input, index) => caseOf(sample, input, `input-${index + 1}`, limits));
      const run = await runner.run({ ...request, cases }, { unrecorded: true, signal });
      const results = new Map(run.results.map((result) => [result.caseId, result]));
      const ran = cases.map(({ id }) => results.get(id));
      const until = ran.indexOf(undefined);
      return ran.slice(0, until === -1 ? ran.length : until).map((result) => outcomeOf(sample, result!));
    },
    close: () => ending.abort(),
  };
}

/** The case that runs an input: it expects nothing. */
export function caseOf(sample: DrivenCase, input: DrivenInput, id: string, limits?: Limits): Case {
  const base = { id, origin: 'difference', ...(limits === undefined ? {} : { limits }) } as const;
  const judge = sample.judge === undefined ? {} : { judge: sample.judge };
  if (sample.kind === 'stdin') {
    const { files, outputFile } = sample;
    const given = {
      ...(files === undefined ? {} : { files }),
      ...(outputFile === undefined ? {} : { outputFile }),
    };
    // Text that no comparator reads: only what the program prints matters.
    return { ...base, ...judge, ...given, kind: 'stdin', input: input as string, output: '' };
  }
  const named = sample.function === undefined ? {} : { function: sample.function };
  return { ...base, ...judge, ...named, kind: 'call', args: [...(input as readonly never[])] };
}

/** The outcome that a case's result shows. */
export function outcomeOf(sample: DrivenCase, result: CaseResult): Outcome {
  const { verdict, reason = '', actual, cpuMs } = result;
  switch (verdict) {
    case 'pass':
    case 'fail':
      return sample.kind === 'call'
        ? { kind: 'value', value: actual ?? null, ms: cpuMs }
        : { kind: 'text', text: result.stdout, ms: cpuMs };
    case 'error':
      if (reason.startsWith('the sandbox failed')) return { kind: 'unknown', reason };
      return { kind: 'crash', error: reason.split(':')[0] ?? 'an error', message: reason };
    case 'timeout':
      return { kind: 'limit', limit: 'time' };
    case 'memory':
    case 'output':
      return { kind: 'limit', limit: verdict };
    case 'unsupported':
      return { kind: 'unknown', reason };
  }
}
