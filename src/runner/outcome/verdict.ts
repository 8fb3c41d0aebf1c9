import { rejectionListing, rejectionSentence } from '../../core/extraction/rejections.ts';
import type { Rejection } from '../../core/extraction/types.ts';
import { visibleText } from '../../core/text/visible.ts';
import type { CaseResult, Verdict } from '../../core/run/run.ts';
import type { FullLimits } from '../../core/task/task.ts';
import type { SandboxOutcome } from '../sandbox/sandbox.ts';
import { displayOutput, displayText } from './text.ts';
import type { CaseVerdict } from '../toolchains/toolchain.ts';

/**
 * The machine counts as busy if the program waited for a processor for more than this share of the wall time.
 */
const busyShare = 0.25;

/** Whether a program hit the wall limit because no processor was free. */
export function machineWasBusy(outcome: SandboxOutcome, limits: FullLimits): boolean {
  return (
    outcome.end === 'wall' && outcome.waitedMs > busyShare * limits.wallMs && outcome.cpuMs < limits.cpuMs
  );
}

/** The verdict on a case whose program hit a limit, or `undefined` if the program ended by itself. */
export function limitVerdict(outcome: SandboxOutcome, limits: FullLimits): CaseVerdict | undefined {
  switch (outcome.end) {
    case 'exit':
    case 'cancelled':
      return undefined;
    case 'cpu':
      return { verdict: 'timeout', reason: `it used more than ${seconds(limits.cpuMs)} of processor time` };
    case 'wall':
      return { verdict: 'timeout', reason: wallReason(outcome, limits) };
    case 'memory':
      return {
        verdict: 'memory',
        reason: `it used ${outcome.reason ?? `more than ${mebibytes(limits.memoryBytes)}`}`,
      };
    case 'processes':
      return { verdict: 'error', reason: `it started ${outcome.reason ?? 'too many processes'}` };
    case 'output':
      return { verdict: 'output', reason: `it printed more than ${mebibytes(limits.outputBytes)}` };
    case 'failed':
      return { verdict: 'error', reason: `the sandbox failed: ${outcome.reason ?? 'no reason given'}` };
  }
}

function wallReason(outcome: SandboxOutcome, limits: FullLimits): string {
  const took = `it took longer than ${seconds(limits.wallMs)}`;
  if (machineWasBusy(outcome, limits))
    return `${took}: the machine was busy, so this may not be a fault of the answer`;
  return outcome.cpuMs < limits.wallMs / 10 ? `${took}, mostly waiting` : took;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}

function mebibytes(bytes: number): string {
  return bytes < 1 << 20
    ? `${Math.round(bytes / 1024)} KiB`
    : `${Number((bytes / (1 << 20)).toFixed(1))} MiB`;
}

/** A case's result, from the outcome of its program and the verdict on it. */
export function caseResult(caseId: string, outcome: SandboxOutcome, caseVerdict: CaseVerdict): CaseResult {
  const { notInstalled: _notInstalled, reason, ...verdict } = caseVerdict;
  return {
    caseId,
    ...verdict,
    ...(reason === undefined ? {} : { reason: visibleText(reason) }),
    stdout: displayOutput(outcome.stdout),
    stderr: displayOutput(outcome.stderr),
    wallMs: rounded(outcome.wallMs),
    cpuMs: rounded(outcome.cpuMs),
    peakBytes: outcome.peakBytes,
    exit: outcome.exit,
    signal: outcome.signal,
  };
}

/** The result of a case whose program did not start. */
export function resultWithoutRun(caseId: string, verdict: Verdict, reason: string, stderr = ''): CaseResult {
  const nothing = { stdout: '', wallMs: 0, cpuMs: 0, peakBytes: 0, exit: null, signal: null };
  return { caseId, verdict, reason: visibleText(reason), stderr, ...nothing };
}

/**
 * The result of a case of an answer that cannot run: the answer has no program, or a hunk of its diff does
 * not apply.
 */
export function rejectedResult(caseId: string, rejections: readonly [Rejection, ...Rejection[]]): CaseResult {
  if (rejections[0].path === '') return resultWithoutRun(caseId, 'error', rejections[0].reason);
  const others = rejections.length === 1 ? '' : `, and ${rejections.length - 1} more`;
  const reason = `the patch does not apply: ${displayText(rejectionSentence(rejections[0]))}${others}`;
  return resultWithoutRun(caseId, 'error', reason, displayText(rejectionListing(rejections)));
}

/** Rounds to tenths of a millisecond: the measurement is no more precise. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
