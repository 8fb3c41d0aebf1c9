import { compileProblem, createCompiler } from '../compiler.ts';
import { layoutProblem } from '../layout.ts';
import { findRunContext, type ContextParts } from '../runContext.ts';
import type { Runner, RunRequest } from '../runner.ts';
import type { DrivenCase } from '../toolchains/toolchain.ts';
import { createCaseDriver } from './caseDriver.ts';
import type { Driver } from './driver.ts';
import { createTalkingDriver, driverProgramOf } from './talkingDriver.ts';
import { tiebreakError } from '../../core/errors.ts';
import type { Limits } from '../../core/task/task.ts';

/** Opens drivers, in the way that the language and the sandbox allow. */
export interface Drivers {
  /**
   * A driver for an answer, whose inputs are of the kind of a case. Rejects as `Runner.run` does, and with `not-runnable` if
   * the answer does not compile. Close the driver in the end.
   */
  open(request: RunRequest, sample: DrivenCase, signal?: AbortSignal): Promise<Driver>;
}

/** The limits of one input that has a process of its own. */
const processLimits: Limits = { cpuMs: 1000, wallMs: 5000 };

export function createDrivers(parts: ContextParts, runner: Runner): Drivers {
  const compiler = createCompiler();
  return {
    async open(request, sample, signal) {
      const context = await findRunContext(parts, request, signal);
      const { rejections = [] } = request;
      const problem = rejections[0]?.reason ?? layoutProblem(context.files);
      if (problem !== undefined) throw notRunnable(request, problem);
      const byCase = (): Driver => createCaseDriver(runner, request, sample, processLimits, signal);
      if (context.toolchain.driver === undefined) return byCase();
      if (sample.kind === 'stdin' && sample.outputFile !== undefined) return byCase();
      const compiled = await compiler.compile(context, context.files, []);
      if (!compiled.ok) throw notRunnable(request, compileProblem(compiled, 'the answer').reason);
      const program = driverProgramOf({ context, files: compiled.files, sample });
      return program === undefined ? byCase() : createTalkingDriver(context, program, sample.kind === 'call');
    },
  };
}

function notRunnable({ taskId, answerId }: RunRequest, what: string) {
  return tiebreakError('not-runnable', {
    what: `the answer cannot run: ${what}`,
    where: `${taskId}, answer ${answerId}`,
    remedy: 'Look at its code and choose another reading if there is one',
  });
}
