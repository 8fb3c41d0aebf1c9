import type { Json } from '../../core/text/json.ts';
import type { Case, FullLimits, SourceFile } from '../../core/task/task.ts';
import type { Control } from '../control/controlSource.ts';
import type { CaseResult } from '../../core/run/run.ts';
import type { Sandbox, SandboxFile, SandboxJob, SandboxOutcome } from '../sandbox/sandbox.ts';

/** A compiler or interpreter found on this machine. */
export interface FoundToolchain {
  readonly language: string;
  /** For example `CPython` or `Node.js`. */
  readonly name: string;
  readonly version: string;
  /** Absolute path of the program. */
  readonly program: string;
  /** Host paths that the toolchain needs, mounted read-only. */
  readonly readOnly: readonly string[];
  /** Environment variables that the toolchain needs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments for every run of the program. */
  readonly options?: readonly string[];
  /** Folders of installed packages. */
  readonly packages?: readonly string[];
}

export interface MissingToolchain {
  readonly language: string;
  /** The name of the missing program. */
  readonly missing: string;
  /** The command that installs the program on this system. */
  readonly remedy: string;
}

/** A program that is ready to run for one case. */
export interface CaseProgram {
  readonly argv: readonly string[];
  readonly files: SandboxJob['files'];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** The program sends results on descriptor 3. */
  readonly channel?: boolean;
  /** Paths whose content `read` needs. */
  readonly collect?: readonly string[];
  /** Empty, writable folders at the root of the file system. */
  readonly folders?: readonly string[];
}

/**
 * The result of compiling an answer: files to run, or the compiler's message. Without an `outcome`, the
 * compiler did not start because the runner found a reason before.
 */
export type Compiled =
  | { readonly ok: true; readonly files: readonly SandboxFile[] }
  | { readonly ok: false; readonly outcome: SandboxOutcome; readonly reason: string }
  | {
      readonly ok: false;
      readonly outcome?: never;
      readonly verdict: 'error' | 'unsupported';
      readonly reason: string;
      /** See `CaseVerdict`. */
      readonly notInstalled?: boolean;
    };

/** The compiler's input in addition to the answer's files. */
export interface CompileContext {
  readonly found: FoundToolchain;
  readonly sandbox: Sandbox;
  /** The cases of one group; see `compileGroup`. */
  readonly cases: readonly Case[];
  readonly entry: string | undefined;
  readonly signal?: AbortSignal;
}

/** The input for a language's programs in addition to the case. */
export interface ProgramContext {
  readonly found: FoundToolchain;
  readonly files: SandboxJob['files'];
  readonly entry: string | undefined;
  /** The limits of the program, for runtimes that need to know them. */
  readonly limits: FullLimits;
}

/**
 * Two answers that a working toolchain can run: one prints `hello`, the other returns the argument of its
 * function `same`.
 */
export interface SelfTest {
  readonly hello: string;
  readonly same: string;
  /** The argument of `same`, if its type does not accept any JSON. */
  readonly value?: Json;
}

/** The verdict on a case, from the outcome of its program: the part of a result that is not measured. */
export interface CaseVerdict
  extends Pick<CaseResult, 'verdict'>, Partial<Pick<CaseResult, 'reason' | 'expected' | 'actual' | 'tests'>> {
  /**
   * The case needs something that is not installed here. The result is not kept, since the user may install
   * it before the next run.
   */
  readonly notInstalled?: boolean;
}

/** A program that runs many inputs. */
export interface DriverProgram extends CaseProgram {
  /** It gives an input a process of its own if the batch says so. Else the program is started for each such input. */
  readonly isolates?: true;
}

/** A case that a driver can vary. */
export type DrivenCase = Extract<Case, { kind: 'call' | 'stdin' }>;

/** One language: one file. To add a language, add it to `toolchains.ts` with a self-test. */
export interface Toolchain {
  /** The language's canonical name in `core/code/languages.ts`, which lists its other names. */
  readonly language: string;
  /** The file name for a code block without a name: `main.py`. */
  readonly mainFile: string;
  detect(): Promise<FoundToolchain | MissingToolchain>;
  /** The case kinds that the language can run; other kinds get the verdict `unsupported` with a reason. */
  readonly kinds: readonly Case['kind'][];
  /** The runtime reserves far more memory than it uses; see `SandboxJob.reservesMemory`. */
  readonly reservesMemory: boolean;
  /** The memory in bytes that the engine takes before it reads the answer; added to the memory limit. */
  readonly ownMemoryBytes?: number;
  readonly selfTest: SelfTest;
  /**
   * Whether the language's numbers hold an integer beyond 2^53. Without this function, they hold every integer, or the
   * wrapper refuses those that the types of the answer do not hold.
   */
  holdsInteger?(digits: string): boolean;
  /** Cases with the same group are compiled together; without this function, all cases of an answer are. */
  compileGroup?(testCase: Case): string;
  /**
   * Compiles an answer once, together with the parts of its cases that need compiling, in a separate sandbox.
   */
  compile?(files: readonly SourceFile[], context: CompileContext): Promise<Compiled>;
  /**
   * The program that runs many inputs of the kind of this case, without starting the language for each. It reads and
   * writes what `driver/driver.ts` says. `undefined` if there is none for this kind.
   */
  driver?(testCase: DrivenCase, context: ProgramContext): DriverProgram | undefined;
  /** How passes of `unit` cases are checked; missing where no test of the language can be read. */
  readonly controls?: readonly Control[];
  /** The program that runs one case. */
  program(testCase: Case, context: ProgramContext): CaseProgram;
  /**
   * Reads the outcome of `program`; only called if no limit was hit. A `checker` comparator is applied
   * afterwards.
   */
  read(testCase: Case, outcome: SandboxOutcome): CaseVerdict;
}
