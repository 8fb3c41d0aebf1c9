import type { Json } from '../core/json.ts';
import type { Case, FullLimits, SourceFile } from '../core/task.ts';
import type { CaseResult } from '../core/run.ts';
import type { Sandbox, SandboxFile, SandboxJob, SandboxOutcome } from './sandbox.ts';

/** A compiler or interpreter found on this machine. */
export interface FoundToolchain {
  readonly language: string;
  /** `CPython`, `Node.js`. */
  readonly name: string;
  readonly version: string;
  /** Absolute path of the program. */
  readonly program: string;
  /** Host paths it needs, read-only. */
  readonly readOnly: readonly string[];
  /** What must stand in the environment for it to work. */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments that every run of it takes. */
  readonly options?: readonly string[];
  /** Folders of installed packages. */
  readonly packages?: readonly string[];
}

export interface MissingToolchain {
  readonly language: string;
  /** What was looked for. */
  readonly missing: string;
  /** The command that installs it on this system. */
  readonly mend: string;
}

/** A program ready to be run for one case. */
export interface Program {
  readonly argv: readonly string[];
  readonly files: SandboxJob['files'];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** The program sends results on descriptor 3. */
  readonly channel?: boolean;
  /** Paths whose content `read` wants. */
  readonly collect?: readonly string[];
  /** Empty folders at the top of the file system that it may write to. */
  readonly folders?: readonly string[];
}

/**
 * What compiling an answer gave: files to run, or what the compiler said. Without an `outcome` nothing was compiled,
 * since the runner saw before that it would be in vain.
 */
export type Compiled =
  | { readonly ok: true; readonly files: readonly SandboxFile[] }
  | { readonly ok: false; readonly outcome: SandboxOutcome; readonly reason: string }
  | {
      readonly ok: false;
      readonly outcome?: never;
      readonly verdict: 'error' | 'unsupported';
      readonly reason: string;
    };

/** What a language's compiler is given beside the answer's files. */
export interface CompileContext {
  readonly found: FoundToolchain;
  readonly sandbox: Sandbox;
  /** The cases of one group; see `compileGroup`. */
  readonly cases: readonly Case[];
  readonly entry: string | undefined;
  readonly signal?: AbortSignal;
}

/** What a language's programs are made from beside the case. */
export interface ProgramContext {
  readonly found: FoundToolchain;
  readonly files: SandboxJob['files'];
  readonly entry: string | undefined;
  /** The limits that the program runs under, for runtimes that want to be told. */
  readonly limits: FullLimits;
}

/** Two answers that a working toolchain runs: one prints `hello`, one gives back what its function `same` is given. */
export interface SelfTest {
  readonly hello: string;
  readonly same: string;
  /** What `same` is given, where its type does not take any JSON. */
  readonly value?: Json;
}

/** What a program's outcome says of the case, before the limits are considered. */
export type Reading = Pick<CaseResult, 'verdict'> &
  Partial<Pick<CaseResult, 'reason' | 'expected' | 'actual' | 'tests'>>;

/** One language: one file. Adding one is adding it to `toolchains.ts` with its self-test. */
export interface Toolchain {
  readonly language: string;
  /** Other names of the language in task files and on fences: `py`, `python3`. */
  readonly aliases: readonly string[];
  /** Name of the file a nameless block becomes: `main.py`. */
  readonly mainFile: string;
  detect(): Promise<FoundToolchain | MissingToolchain>;
  /** Case kinds it can run; others get the verdict `unsupported` with a reason. */
  readonly kinds: readonly Case['kind'][];
  /** Its runtime reserves far more memory than it uses; see `SandboxJob.reservesMemory`. */
  readonly reservesMemory: boolean;
  /** What its engine takes before it has read a line of the answer, in bytes; the limit counts beside it. */
  readonly ownMemoryBytes?: number;
  readonly selfTest: SelfTest;
  /** Cases with the same text are compiled together; without this function all of an answer's cases are. */
  compileGroup?(testCase: Case): string;
  /** Compiles an answer once, together with what its cases need compiled, in a sandbox of its own. */
  compile?(files: readonly SourceFile[], context: CompileContext): Promise<Compiled>;
  /** The program that runs one case. */
  program(testCase: Case, context: ProgramContext): Program;
  /** Reads the outcome of `program`; only called when no limit was hit. A `checker` comparator is applied afterwards. */
  read(testCase: Case, outcome: SandboxOutcome): Reading;
}
