import { messagesOf, asText } from '../messages.ts';
import { isMembers, listIn, textIn, textsOf, type Members } from '../members.ts';
import { languageNamed, scopedId, sourceId } from '../shape.ts';

/** The parts of another program's programming problem. */
export interface Problem {
  readonly format: string;
  readonly language: string | undefined;
  readonly prompt: string;
  /** The starting code for a record without an answer. */
  readonly start: string;
  readonly entry?: string | undefined;
  readonly cases: readonly Members[];
  readonly reference?: string | undefined;
  readonly limits?: Members | undefined;
}

/**
 * A problem as a task. The answers are the first two completions of the record. A problem without completions asks for an
 * ideal and more cases, and starts from the code in the prompt.
 */
export function problemTask(record: Members, problem: Problem): Members {
  const { format, prompt, start, entry, cases, reference, limits } = problem;
  const texts = completionsOf(record).slice(0, 2);
  const foreignId = ['task_id', 'problem_id', 'question_id', 'name', 'id']
    .map((name) => record[name])
    .find((it) => it !== undefined && it !== null && it !== '');
  return {
    id: scopedId(format, foreignId, [prompt, cases, texts]),
    language: languageNamed(textIn(record, 'language')) ?? problem.language ?? 'python',
    prompt,
    answers:
      texts.length === 0
        ? [{ id: 'start', text: start }]
        : texts.map((text, at) => ({ id: `completion-${at + 1}`, text })),
    cases,
    ...(entry !== undefined && { entry }),
    ...(texts.length === 0 && { ask: ['ideal', 'cases'] }),
    ...(texts.length === 1 && { ask: ['rate', 'flag'] }),
    ...(reference !== undefined && { reference }),
    ...(limits !== undefined && { limits }),
    source: {
      format,
      ...sourceId(foreignId),
      ...('chosen' in record && texts.length === 2 && { winner: 0 }),
    },
  };
}

/** The completions in a problem's row, under the names that harnesses use. */
function completionsOf(record: Members): readonly string[] {
  for (const name of [
    'completions',
    'samples',
    'generations',
    'outputs',
    'responses',
    'candidates',
    'inferences',
    'predictions',
    'code_list',
    'output_list',
  ]) {
    const texts =
      textsOf(record[name]) ??
      textsOf(
        listIn(record, name)?.map((it) => (isMembers(it) ? textIn(it, 'text', 'completion', 'code') : it)),
      );
    if (texts !== undefined) return texts;
  }
  const pair = [record['chosen'], record['rejected']].map((side) => messagesOf(side, 'assistant')?.slice(-1));
  if (pair.every((side) => side !== undefined)) return pair.map((side) => asText(side));
  const one = textIn(record, 'completion', 'generation', 'response', 'prediction', 'output');
  return one === undefined ? [] : [one];
}

/** A case that feeds a program an input and compares its output. */
export function stdinCase(id: string, input: string, output: string, comparator: Members): Members {
  return { id, kind: 'stdin', input, output, comparator };
}
