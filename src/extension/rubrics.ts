import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tiebreakError } from '../core/errors.ts';
import type { Rubric } from '../core/rubric.ts';
import type { Task } from '../core/task.ts';
import { settings } from './settings.ts';

/** The rubrics that ship with Tiebreak, read on first use. */
export class Rubrics {
  readonly #folder: string;
  #shipped: Promise<Map<string, Rubric>> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The task's own rubric, the shipped one for answers that it names, or the default. Rejects with `rubric-unknown`. */
  async of(task: Task): Promise<Rubric> {
    if (typeof task.rubric === 'object') return task.rubric;
    return this.#named(task.rubric ?? settings.defaultRubric, `task "${task.id}"`);
  }

  /** What reviewers score rationales by. */
  rationale(): Promise<Rubric> {
    return this.#named('rationale', this.#folder);
  }

  async #named(id: string, where: string): Promise<Rubric> {
    const shipped = await (this.#shipped ??= readFolder(this.#folder));
    const rubric = shipped.get(id);
    if (rubric !== undefined) return rubric;
    throw tiebreakError('rubric-unknown', {
      what: `There is no rubric "${id}"`,
      where,
      mend: `Name one of ${[...shipped.keys()].join(', ')}, or put the rubric itself into the task`,
    });
  }
}

async function readFolder(folder: string): Promise<Map<string, Rubric>> {
  const { rationaleRubricId, readRubric } = await import('../core/rubric.ts');
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.json') && name !== `${rationaleRubricId}.json`)
    .toSorted();
  const rubrics = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const rubric = readRubric(JSON.parse(await readFile(path, 'utf8')) as unknown, path);
      return [basename(name, '.json'), rubric] as const;
    }),
  );
  return new Map(rubrics);
}
