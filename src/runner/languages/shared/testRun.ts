import { decodeOutput } from '../../outcome/text.ts';
import type { SandboxOutcome } from '../../sandbox/sandbox.ts';

// A command that runs tests passes if it exits with status 0. A module that the tests import could exit with
// that status before any test has run. The frameworks here always say at the end how their tests went, so a
// command without these words has not reached its end.

interface Framework {
  readonly name: string;
  readonly isRunBy: (words: readonly string[]) => boolean;
  /** What it prints at the end, whatever the result. */
  readonly ending: RegExp;
  /** Options with which it prints something else. */
  readonly silencing?: RegExp;
}

const frameworks: readonly Framework[] = [
  {
    name: 'pytest',
    isRunBy: ([program = '', ...words]) =>
      /(?:^|\/)(?:pytest|py\.test)$/.test(program) || runsModule('pytest', program, words),
    ending:
      /\b\d+ (?:passed|failed|skipped|deselected|xfailed|xpassed|errors?|tests? collected)\b|no tests (?:ran|collected)|\[100%\]|\[(\d+)\/\1\]/,
    silencing:
      /^(?:-qq+|--help|-h|--version|-V|--markers|--fixtures.*|--funcargs|--cache-show.*)$|no:terminal/,
  },
  {
    name: 'unittest',
    isRunBy: ([program = '', ...words]) => runsModule('unittest', program, words),
    ending: /^Ran \d+ tests? in /m,
    silencing: /^(?:-h|--help)$/,
  },
  {
    name: 'cargo test',
    isRunBy: ([program = '', ...words]) =>
      /(?:^|\/)cargo$/.test(program) && words.find((word) => !/^[+-]/.test(word)) === 'test',
    ending: /^test result: /m,
    silencing: /^(?:-h|--help|--no-run|--list|--format.*|--logfile.*|--config.*)$/,
  },
];

/** Why a command that exited with status 0 has not finished its tests, or `undefined` if nothing speaks for that. */
export function unfinishedTests(argv: readonly string[], outcome: SandboxOutcome): string | undefined {
  const printed = `${decodeOutput(outcome.stdout)}\n${decodeOutput(outcome.stderr)}`;
  const silent = frameworksOf(argv).find(({ ending }) => !ending.test(printed));
  if (silent === undefined) return undefined;
  return `it exited with status 0, but ${silent.name} did not say how the tests ended: the program may have ended before them`;
}

/** The frameworks that a command is known to run and whose ending it is known to print. */
function frameworksOf(argv: readonly string[]): readonly Framework[] {
  return commandsOf(argv).flatMap((words) =>
    frameworks.filter(({ isRunBy, silencing }) => {
      const isSilenced = silencing !== undefined && words.some((word) => silencing.test(word));
      return isRunBy(words) && !isSilenced;
    }),
  );
}

/** `python3 -m NAME`, with options of Python before it. */
function runsModule(name: string, program: string, words: readonly string[]): boolean {
  const at = words.indexOf('-m');
  return /(?:^|\/)python[\d.]*$/.test(program) && at !== -1 && words[at + 1] === name;
}

/**
 * The words of a command, or those of each command in a shell's line. Empty for a line that may hide what its
 * commands print, or run only some of them.
 */
function commandsOf(argv: readonly string[]): string[][] {
  const [shell = '', option = '', line = ''] = argv;
  if (!/(?:^|\/)(?:ba|da)?sh$/.test(shell)) return [[...argv]];
  if (argv.length !== 3 || !/^-[elux]*c$/.test(option) || /\|\||[|<>`$(){}'"\\#]/.test(line)) return [];
  return line
    .split(/&&|[;\n]/)
    .map((command) => command.split(/\s+/).filter((word) => word !== '' && !/^\w+=/.test(word)))
    .filter((words) => words.length > 0);
}
