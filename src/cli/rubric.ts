import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, tiebreakError } from '../core/errors.ts';
import { rationaleRubricId, readRubric, type Rubric } from '../core/rubric.ts';
import type { Task } from '../core/task.ts';

const defaultId = 'general';
const ending = '.json';

/** The task's own rubric, the one that ships with Tiebreak under the name it gives, or the general one. */
export async function rubricOf(task: Task, folder: string): Promise<Rubric> {
  if (typeof task.rubric === 'object') return task.rubric;
  const id = task.rubric ?? defaultId;
  const ids = (await readdir(folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter((name) => name !== rationaleRubricId);
  // Looked up in the listing, so that an id cannot lead out of the folder.
  if (!ids.includes(id)) {
    throw tiebreakError('rubric-unknown', {
      what: `there is no rubric "${id}"`,
      where: `task "${task.id}"`,
      mend: `Name one of ${ids.join(', ')}, or put the rubric itself into the task`,
    });
  }
  const path = join(folder, `${id}${ending}`);
  return readRubric(parse(await readFile(path, 'utf8'), path), path);
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const facts = {
      what: `the rubric is not JSON (${messageOf(error)})`,
      where: path,
      mend: 'Install Tiebreak again',
    };
    throw tiebreakError('rubric-invalid', facts, { cause: error });
  }
}
