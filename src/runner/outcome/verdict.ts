import { rejectionListing, rejectionSentence } from '../core/extraction/rejections.ts';
import type { Rejection } from '../core/extraction/types.ts';
import type { CaseResult, Verdict } from '../core/run.ts';
import type { FullLimits } from '../core/task.ts';
import type { SandboxOutcome } from './sandbox.ts';
import { displayOutput, displayText } from './text.ts';
import type { Reading } from './toolchain.ts';

/** Of the wall time, the share spent waiting for a processor from which the machine is called busy. */
const busyShare = 0.25;

/** The wall ended a program that wanted to work and was not let: the machine is to blame, not the program. */
export function machineWasBusy(outcome: SandboxOutcome, limits: FullLimits): boolean {
  return (
    outcome.end === 'wall' && outcome.waitedMs > busyShare * limits.wallMs && outcome.cpuMs < limits.cpuMs
  );
}

/** What a limit says of a case, or `undefined` for a program that ended by itself. */
export function limitReading(outcome: SandboxOutcome, limits: FullLimits): Reading | undefined {
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
      return { verdict: 'error', reason: `the sandbox failed: ${outcome.reason ?? 'it did not say why'}` };
  }
}

function wallReason(outcome: SandboxOutcome, limits: FullLimits): string {
  const took = `it took longer than ${seconds(limits.wallMs)}`;
  if (machineWasBusy(outcome, limits))
    return `${took}: the machine was busy, so this says little of the answer`;
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

/** A case's result from how its program ended and what that means. */
export function caseResult(caseId: string, outcome: SandboxOutcome, reading: Reading): CaseResult {
  return {
    caseId,
    ...reading,
    stdout: displayOutput(outcome.stdout),
    stderr: displayOutput(outcome.stderr),
    wallMs: rounded(outcome.wallMs),
    cpuMs: rounded(outcome.cpuMs),
    peakBytes: outcome.peakBytes,
    exit: outcome.exit,
    signal: outcome.signal,
  };
}

/** The result of a case for which no program was started. */
export function resultWithoutRun(caseId: string, verdict: Verdict, reason: string, stderr = ''): CaseResult {
  const nothing = { stdout: '', wallMs: 0, cpuMs: 0, peakBytes: 0, exit: null, signal: null };
  return { caseId, verdict, reason, stderr, ...nothing };
}

/** The result of a case where the answer's diff does not apply: which hunk, what it expects and what is there. */
export function rejectedResult(caseId: string, rejections: readonly [Rejection, ...Rejection[]]): CaseResult {
  const others = rejections.length === 1 ? '' : `, and ${rejections.length - 1} more`;
  const reason = `the patch does not apply: ${displayText(rejectionSentence(rejections[0]))}${others}`;
  return resultWithoutRun(caseId, 'error', reason, displayText(rejectionListing(rejections)));
}

/** Tenths of a millisecond: more would pretend. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
