import type { Case, SourceFile } from '../core/task.ts';
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
}

/** What compiling an answer gave: files to run, or what the compiler said. */
export type Compiled =
  | { readonly ok: true; readonly files: readonly SandboxFile[] }
  | { readonly ok: false; readonly outcome: SandboxOutcome; readonly reason: string };

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
  /** Compiles an answer once, together with the sources of its `unit` cases, in a sandbox of its own. */
  compile?(
    files: readonly SourceFile[],
    context: {
      readonly found: FoundToolchain;
      readonly sandbox: Sandbox;
      readonly cases: readonly Case[];
      readonly entry: string | undefined;
      readonly signal?: AbortSignal;
    },
  ): Promise<Compiled>;
  /** The program that runs one case. */
  program(
    testCase: Case,
    context: { found: FoundToolchain; files: SandboxJob['files']; entry: string | undefined },
  ): Program;
  /** Reads the outcome of `program`; only called when no limit was hit. A `checker` comparator is applied afterwards. */
  read(testCase: Case, outcome: SandboxOutcome): Reading;
}
