import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';

/** The sample queue as it ships. */
export const queuePath = inRoot('media/samples/queue.jsonl');

const folder = inRoot('scripts/samples');
const answerIds = ['first', 'second'];

/** Members of a case that are kept as lists of lines in the maintained files, and are text in a task. */
const textMembers = ['source', 'input', 'output', 'schema', 'stdout'];

/**
 * A sample as it is maintained: a task, and what is known of its answers and must not ship.
 * @typedef {object} Sample
 * @property {Record<string, unknown>} task The task as it stands in the queue, not yet parsed by its schema.
 * @property {Record<string, Record<string, string>>} outcomes Answer id → case id → verdict; cases left out pass.
 */

/**
 * Every sample, in the order of the queue, which is that of the folders' names.
 * @returns {Sample[]}
 */
export function readSamples() {
  return readdirSync(folder).toSorted().map(readSample);
}

/**
 * The text of the queue: the same from the same files, whatever the machine.
 * @returns {string}
 */
export function queueText() {
  return readSamples()
    .map(({ task }) => `${JSON.stringify(task)}\n`)
    .join('');
}

/**
 * What is wrong with an answer stands in `source`, which an evaluator does not see before submitting; tags are shown.
 * @param {string} name
 * @returns {Sample}
 */
function readSample(name) {
  const text = (/** @type {string} */ file) => readFileSync(join(folder, name, file), 'utf8').trimEnd();
  const { id, title, language, cases, faults, outcomes, ...rest } = JSON.parse(text('task.json'));
  const task = {
    id,
    title,
    language,
    prompt: text('prompt.md'),
    answers: answerIds.map((answerId) => ({ id: answerId, text: text(`${answerId}.md`) })),
    ...rest,
    cases: cases.map(withText),
    source: { from: 'written for Tiebreak', licence: 'MIT', faults },
  };
  return { task, outcomes };
}

/**
 * A case, or what a command is expected to do, with its lists of lines as text.
 * @param {Record<string, unknown>} members
 * @returns {Record<string, unknown>}
 */
function withText(members) {
  const entries = Object.entries(members).map(([name, value]) => {
    if (name === 'expect') return [name, withText(/** @type {Record<string, unknown>} */ (value))];
    const isLines = textMembers.includes(name) && Array.isArray(value);
    return [name, isLines ? value.map((line) => `${line}\n`).join('') : value];
  });
  return Object.fromEntries(entries);
}
