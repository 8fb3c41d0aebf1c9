import childProcess from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Program } from './shared/program.ts';

// Pyright's command line, for a process that stays up. The first call runs the command line as it is. Later calls make the
// service that it has created analyse the files anew, as an editor does after a change, and the command line prints its
// report again. Between two answers, everything that came from the answer is dropped, and of other files, such as the stubs
// of the standard library, only what does not depend on the answer is kept: syntax trees and bindings. Their types are
// evaluated anew for each answer. Arguments: the folder of pyright, then the arguments of its command line.

/** What pyright's modules export; its package has no types. */
interface Service {
  readonly backgroundAnalysisProgram: { readonly program: Analysis };
  setCompletionCallback: (this: Service, callback: (results: Results) => void) => void;
  getImportResolver(): { invalidateCache(): void };
  scheduleReanalysis(listFiles: boolean): void;
}

interface Results {
  readonly fatalErrorOccurred: boolean;
  readonly configParseErrorOccurred: boolean;
}

/** A private method of pyright's. */
const isFileNeeded = '_isFileNeeded';

interface Analysis {
  getSourceFileInfoList(): readonly SourceFileInfo[];
  setTrackedFiles(files: readonly object[]): void;
  /** Discards the types of all files. */
  setImportResolver(resolver: object): void;
  [isFileNeeded](info: SourceFileInfo, ...rest: unknown[]): boolean;
}

interface SourceFileInfo {
  readonly uri: { getFilePath(): string };
  readonly sourceFile: { getImports(): readonly { readonly importName: string }[] };
}

let service: Service | undefined;
/** The settings with which the service was created. */
let settings: string | undefined;
let keepsAll = true;
let printed = '';
let finish: (results: Results) => void = () => undefined;

export const check: Program = async ([folder = '', ...words]) => {
  const given = readFileSync('pyrightconfig.json', 'utf8');
  settings ??= given;
  if (settings !== given) return undefined;
  printed = '';
  const results = new Promise<Results>((resolve) => (finish = resolve));
  const names = moduleNames();
  if (service === undefined) start(folder, words);
  else {
    if (isMixedUp(service, names)) forget(service, { all: true });
    service.scheduleReanalysis(true);
  }
  const { fatalErrorOccurred, configParseErrorOccurred } = await results;
  if (fatalErrorOccurred || configParseErrorOccurred || service === undefined)
    throw new Error('pyright cannot check these files');
  forget(service, { all: isMixedUp(service, names) });
  return printed;
};

/** Runs the command line, and keeps the service that it creates. */
function start(folder: string, words: readonly string[]): void {
  const dist = join(folder, 'dist');
  const require = createRequire(import.meta.url);
  Object.assign(globalThis, { __rootDirectory: `${dist}/` });
  process.argv = [process.argv[0]!, join(folder, 'index.js'), ...words];
  console.info = (text: string) => void (printed += `${text}\n`);
  console.log = console.error;
  rememberAnswersOfPython();
  const { modules } = require(join(dist, 'pyright-internal.js')) as { modules: Record<string, Module> };
  for (const [id, make] of Object.entries(modules)) {
    modules[id] = function (module, ...rest) {
      make.call(this, module, ...rest);
      const made = module.exports.AnalyzerService;
      if (made !== undefined) follow(made.prototype);
    };
  }
  require(join(dist, 'pyright.js'));
}

type Module = (
  this: unknown,
  module: { readonly exports: { readonly AnalyzerService?: { readonly prototype: Service } } },
  ...rest: unknown[]
) => void;

/** Tells when the command line has printed its report. */
function follow(prototype: Service): void {
  const set = prototype.setCompletionCallback;
  prototype.setCompletionCallback = function (callback) {
    keep(this);
    set.call(this, (results) => {
      callback(results);
      finish(results);
    });
  };
}

/** Pyright drops files that no file of an answer needs. */
function keep(made: Service): void {
  service = made;
  const analysis = made.backgroundAnalysisProgram.program;
  const isNeeded = analysis[isFileNeeded].bind(analysis);
  analysis[isFileNeeded] = (info, ...rest) => (keepsAll && !isOfAnswer(info)) || isNeeded(info, ...rest);
}

const isOfAnswer = ({ uri }: SourceFileInfo): boolean => uri.getFilePath().startsWith(`${process.cwd()}/`);

/** Drops the files of the answer, or all, and all types. */
function forget(from: Service, { all }: { all: boolean }): void {
  const { program } = from.backgroundAnalysisProgram;
  const resolver = from.getImportResolver();
  keepsAll = !all;
  program.setTrackedFiles([]);
  keepsAll = true;
  resolver.invalidateCache();
  program.setImportResolver(resolver);
}

/**
 * Whether a file outside of the answer imports a name that the answer could define: then it depends on the answer what
 * the import finds.
 */
function isMixedUp({ backgroundAnalysisProgram }: Service, names: ReadonlySet<string>): boolean {
  return backgroundAnalysisProgram.program
    .getSourceFileInfoList()
    .filter((info) => !isOfAnswer(info))
    .some(({ sourceFile }) =>
      sourceFile.getImports().some(({ importName }) => names.has(importName.split('.')[0]!)),
    );
}

/** Every name that an import could find in the answer's files and folders. */
function moduleNames(): Set<string> {
  const names = readdirSync('.', { recursive: true })
    .flatMap((path) => String(path).split('/'))
    .map((name) => name.replace(/(?:-stubs)?(?:\..*)?$/, ''));
  return new Set(names.filter((name) => name !== ''));
}

/** Python is asked for its version and search path, which do not change: it runs only with the first answer. */
function rememberAnswersOfPython(): void {
  const ask = childProcess.execFileSync as (...words: unknown[]) => unknown;
  const known = new Map<string, unknown>();
  Object.assign(childProcess, {
    execFileSync(...words: unknown[]) {
      const question = JSON.stringify(words);
      if (!known.has(question)) known.set(question, ask(...words));
      return known.get(question);
    },
  });
}
