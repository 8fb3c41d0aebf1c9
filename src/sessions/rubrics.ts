import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tiebreakError } from '../core/errors.ts';
import type { Rubric } from '../core/rubric.ts';
import type { Task } from '../core/task.ts';
import { settings } from './settings.ts';

interface Shipped {
  /** By the name that a task gives. */
  readonly forAnswers: ReadonlyMap<string, Rubric>;
  readonly forRationales: Rubric;
}

/** The rubrics that ship with Tiebreak, read on first use. */
export class Rubrics {
  readonly #folder: string;
  #shipped: Promise<Shipped> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The task's own rubric, the shipped one for answers that it names, or the default. Rejects with `rubric-unknown`. */
  async of(task: Task): Promise<Rubric> {
    if (typeof task.rubric === 'object') return task.rubric;
    const { forAnswers } = await this.#read();
    const id = task.rubric ?? settings.defaultRubric;
    const rubric = forAnswers.get(id);
    if (rubric !== undefined) return rubric;
    throw tiebreakError('rubric-unknown', {
      what: `There is no rubric "${id}"`,
      where: `task "${task.id}"`,
      mend: `Name one of ${[...forAnswers.keys()].join(', ')}, or put the rubric itself into the task`,
    });
  }

  /** What reviewers score rationales by. */
  async rationale(): Promise<Rubric> {
    return (await this.#read()).forRationales;
  }

  #read(): Promise<Shipped> {
    return (this.#shipped ??= readFolder(this.#folder));
  }
}

async function readFolder(folder: string): Promise<Shipped> {
  const { rationaleRubricId, readRubric } = await import('../core/rubric.ts');
  const read = async (name: string): Promise<Rubric> => {
    const path = join(folder, name);
    return readRubric(JSON.parse(await readFile(path, 'utf8')) as unknown, path);
  };
  const rationales = `${rationaleRubricId}.json`;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== rationales);
  const rubrics = await Promise.all(
    names.toSorted().map(async (name) => [basename(name, '.json'), await read(name)] as const),
  );
  return { forAnswers: new Map(rubrics), forRationales: await read(rationales) };
}
