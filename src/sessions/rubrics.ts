import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { messageOf, tiebreakError } from '../core/errors.ts';
import type { Rubric } from '../core/task/rubric.ts';
import type { Task } from '../core/task/task.ts';

interface Shipped {
  /** By the id that a task names. */
  readonly forAnswers: ReadonlyMap<string, Rubric>;
  readonly forRationales: Rubric;
}

/** The rubrics that ship with Tiebreak, read on first use. Every method rejects with `rubric-invalid` for a damaged file. */
export class ShippedRubrics {
  readonly #folder: string;
  readonly #defaultId: () => string;
  #shipped: Promise<Shipped> | undefined;

  /** `defaultId` names the rubric of tasks that name none. */
  constructor(folder: string, defaultId: () => string = () => 'general') {
    this.#folder = folder;
    this.#defaultId = defaultId;
  }

  /** The task's own rubric, the shipped one for answers that it names, or the default. Rejects with `rubric-unknown`. */
  async of(task: Task): Promise<Rubric> {
    if (typeof task.rubric === 'object') return task.rubric;
    const { forAnswers } = await this.#read();
    const id = task.rubric ?? this.#defaultId();
    const rubric = forAnswers.get(id);
    if (rubric !== undefined) return rubric;
    throw tiebreakError('rubric-unknown', {
      what: `there is no rubric "${id}"`,
      where: `task "${task.id}"`,
      remedy: `Name one of ${[...forAnswers.keys()].join(', ')}, or put the rubric itself into the task`,
    });
  }

  /** The rubric by which reviewers score rationales. */
  async rationale(): Promise<Rubric> {
    return (await this.#read()).forRationales;
  }

  /** A folder that could not be read is read again the next time. */
  #read(): Promise<Shipped> {
    this.#shipped ??= readFolder(this.#folder).catch((error: unknown) => {
      this.#shipped = undefined;
      throw error;
    });
    return this.#shipped;
  }
}

async function readFolder(folder: string): Promise<Shipped> {
  // Loaded with the first task, to keep the schemas out of the extension's start.
  const { rationaleRubricId, readRubric } = await import('../core/task/rubric.ts');
  const read = async (name: string): Promise<Rubric> => {
    const path = join(folder, name);
    return readRubric(parse(await readFile(path, 'utf8'), path), path);
  };
  const rationales = `${rationaleRubricId}.json`;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== rationales);
  const rubrics = await Promise.all(
    names.toSorted().map(async (name) => [basename(name, '.json'), await read(name)] as const),
  );
  return { forAnswers: new Map(rubrics), forRationales: await read(rationales) };
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const facts = {
      what: `The rubric is not valid JSON (${messageOf(error)})`,
      where: path,
      remedy: 'Install Tiebreak again',
    };
    throw tiebreakError('rubric-invalid', facts, { cause: error });
  }
}
