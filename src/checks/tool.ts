import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { codeHash, distinctFiles } from '../core/codeHash.ts';
import type { CheckReport, Diagnostic } from '../core/diagnostic.ts';
import { messageOf } from '../core/errors.ts';
import type { FullLimits } from '../core/task.ts';
import { layoutProblem } from '../runner/layout.ts';
import { scratchFolder, type Sandbox, type SandboxFile, type SandboxOutcome } from '../runner/sandbox.ts';
import { decodeOutput, displayText } from '../runner/text.ts';
import type { FoundToolchain, MissingToolchain } from '../runner/toolchain.ts';
import type { CheckRequest } from './check.ts';

/** Where the checkers that ship with Tiebreak are, and what they run on. */
export interface CheckParts {
  readonly sandbox: Sandbox;
  /** The folder of the checkers, by their packages' names: `pyright`, `typescript-checker`, `@types/node`, … */
  readonly checkersDir: string;
  /** Node.js, which the checkers are written for. */
  readonly node: () => Promise<FoundToolchain | MissingToolchain>;
}

/** What a checker is started with, and how its output is read. */
export interface Tool {
  readonly id: string;
  /** Its package, for the version. */
  readonly packageName: string;
  /** Arguments after Node.js's own, files beside the answer's, and paths of the host that it reads. */
  readonly arguments: readonly string[];
  readonly files: readonly SandboxFile[];
  readonly readOnly: readonly string[];
  /** Reads what it printed; throws what it likes when that is not its output. */
  read(stdout: string): Diagnostic[];
}

/** A checker takes under a second of processor; these bounds are for an answer that attacks it. */
const limits: FullLimits = {
  cpuMs: 30_000,
  wallMs: 60_000,
  memoryBytes: 3 << 29,
  processes: 16,
  fileBytes: 16 << 20,
  outputBytes: 16 << 20,
};

/** Runs a checker in the sandbox. Whatever goes wrong is a report: an answer must not be able to hide behind an error. */
export async function runTool(
  parts: CheckParts,
  request: CheckRequest,
  tool: Tool,
  signal: AbortSignal | undefined,
): Promise<CheckReport> {
  const files = distinctFiles(request.files);
  const version = await versionOf(parts, tool.packageName);
  const report = (rest: Pick<CheckReport, 'status'> & Partial<CheckReport>): CheckReport => ({
    check: tool.id,
    version: version ?? '',
    answerId: request.answerId,
    codeHash: codeHash(files),
    diagnostics: [],
    ...rest,
  });
  const problem = layoutProblem(files);
  if (problem !== undefined) return report({ status: 'failed', reason: problem });
  if (version === undefined) {
    const mend = 'Install Tiebreak again, or run "npm run build" in its source';
    return report({ status: 'missing', reason: `${tool.id} is not in ${parts.checkersDir}. ${mend}` });
  }
  const status = await parts.sandbox.status();
  if (!status.usable)
    return report({ status: 'missing', reason: `${status.missing} is missing. ${status.mend}` });
  const node = await parts.node();
  if ('missing' in node) {
    return report({ status: 'missing', reason: `${node.missing} was not found. ${node.mend}` });
  }
  const outcome = await parts.sandbox.run(
    {
      argv: [node.program, ...tool.arguments],
      files: [...files, ...tool.files],
      env: { ...environment, ...node.env },
      readOnly: [...node.readOnly, ...tool.readOnly],
      limits,
      reservesMemory: true,
    },
    signal,
  );
  return report(readOutcome(outcome, tool));
}

const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: scratchFolder, LANG: 'C.UTF-8' };

/** Exit status 1 means that there are findings; what counts is whether the output can be read. */
function readOutcome(
  outcome: SandboxOutcome,
  tool: Tool,
): Pick<CheckReport, 'status'> & Partial<CheckReport> {
  if (outcome.end === 'cpu' || outcome.end === 'wall') {
    return { status: 'timeout', reason: `${tool.id} took too long over this answer` };
  }
  if (outcome.end !== 'exit') {
    return {
      status: 'failed',
      reason: `${tool.id} ended by ${outcome.end}: ${outcome.reason ?? 'a limit was hit'}`,
    };
  }
  try {
    return { status: 'done', diagnostics: tool.read(decodeOutput(outcome.stdout)) };
  } catch (error) {
    const said = displayText(decodeOutput(outcome.stderr)).trim().slice(0, 500);
    return {
      status: 'failed',
      reason: `${tool.id} gave no readable output: ${said === '' ? messageOf(error) : said}`,
    };
  }
}

const packageSchema = z.object({ version: z.string() });

async function versionOf({ checkersDir }: CheckParts, name: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(checkersDir, name, 'package.json'), 'utf8');
    return packageSchema.parse(JSON.parse(text)).version;
  } catch {
    // The report says that it is missing, and where it was looked for.
    return undefined;
  }
}

/** A message as a person may see it: checkers quote the answer. */
export function cleanMessage(message: string): string {
  return displayText(message.replaceAll('\u00a0', ' ')).trim();
}
