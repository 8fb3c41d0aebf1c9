import type { Command } from './command.ts';

/** A command in the list of all commands, which is shown without loading any of them. */
interface ListedCommand {
  /** Its required arguments. */
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, by name. */
export const commands: Readonly<Record<string, ListedCommand>> = {
  import: {
    usage: 'FILE…',
    summary: 'Add tasks to the queue, or import records from another Tiebreak',
    load: async () => (await import('./import.ts')).importCommand,
  },
  run: {
    usage: 'TASKS.jsonl',
    summary: 'Run the answers on their cases in the sandbox',
    load: async () => (await import('./run.ts')).runCommand,
  },
  time: {
    usage: 'TASKS.jsonl',
    summary: 'Compare how long two answers take, and how that grows',
    load: async () => (await import('./time.ts')).timeCommand,
  },
  differ: {
    usage: 'TASKS.jsonl',
    summary: 'Find inputs on which two answers differ',
    load: async () => (await import('./differ.ts')).differCommand,
  },
  check: {
    usage: 'TASKS.jsonl',
    summary: 'Show what compilers, type checkers and linters report',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  lint: {
    usage: 'RATIONALE.md',
    summary: 'Show what a reviewer would object to in a rationale',
    load: async () => (await import('./lint.ts')).lintCommand,
  },
  export: {
    usage: '--to FORMAT',
    summary: 'Export reviews as training data',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  exchange: {
    usage: 'FOLDER',
    summary: 'Exchange reviews with others through a shared folder',
    load: async () => (await import('./exchange.ts')).exchangeCommand,
  },
  stats: {
    usage: '',
    summary: 'Show how evaluators agree and how models compare',
    load: async () => (await import('./stats.ts')).statsCommand,
  },
  timesheet: {
    usage: '',
    summary: 'Show how much time was spent, by day, task and record',
    load: async () => (await import('./timesheet.ts')).timesheetCommand,
  },
  verify: {
    usage: '',
    summary: 'Verify the hash chains of all submitted records',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  doctor: {
    usage: '',
    summary: 'Show which sandboxes and languages work on this machine',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
};
