import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';

/** The sample queue as it ships. */
export const queuePath = inRoot('media/samples/queue.jsonl');

const folder = inRoot('scripts/samples');
/** Members of a case or a file that are lists of lines in the source files and text in a task. */
const textMembers = ['source', 'input', 'output', 'schema', 'stdout', 'text'];

/**
 * A sample from the source files: a task, and facts about its answers that must not ship.
 * @typedef {object} Sample
 * @property {Record<string, unknown>} task The task as in the queue, not yet parsed by its schema.
 * @property {Record<string, Record<string, string>>} outcomes Answer id → case id → verdict; cases left out pass.
 */

/**
 * Every sample, in the order of the queue, which is the order of the folder names.
 * @returns {Sample[]}
 */
export function readSamples() {
  return readdirSync(folder).toSorted().map(readSample);
}

/**
 * The text of the queue. It depends only on the source files, not on the machine.
 * @returns {string}
 */
export function queueText() {
  return readSamples()
    .map(({ task }) => `${JSON.stringify(task)}\n`)
    .join('');
}

/**
 * The faults of an answer are in `source`, which evaluators do not see before they submit; they do see tags.
 * The prompt begins with a line that says what the sample shows.
 * @param {string} name
 * @returns {Sample}
 */
function readSample(name) {
  const text = (/** @type {string} */ file) => readFileSync(join(folder, name, file), 'utf8').trimEnd();
  const {
    id,
    title,
    language,
    try: hint,
    files,
    cases,
    faults,
    outcomes,
    ...rest
  } = JSON.parse(text('task.json'));
  const task = {
    id,
    title,
    language,
    prompt: `> **Try:** ${hint}\n\n${text('prompt.md')}`,
    ...(files && { files: files.map(withText) }),
    answers: Object.keys(outcomes).map((answerId) => ({ id: answerId, text: text(`${answerId}.md`) })),
    ...rest,
    cases: cases.map(withText),
    source: { from: 'written for Tiebreak', licence: 'MIT', faults },
  };
  return { task, outcomes };
}

/**
 * A case, a command's expectations, or a file, with lists of lines joined to text.
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
