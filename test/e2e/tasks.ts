import type { Task } from '../../src/core/task/task.ts';

const scale = [1, 2, 3].map((value) => ({ value, meaning: `point ${value}` }));

/** A small rubric, so that a test can fill it in. */
const rubric = {
  id: 'two-criteria',
  title: 'Two criteria',
  criteria: [
    {
      id: 'correctness',
      title: 'Correctness',
      description: 'Whether the results are right.',
      weight: 2,
      scale,
    },
    { id: 'clarity', title: 'Clarity', description: 'Whether it can be read.', weight: 1, scale },
  ],
};

/** Adds two numbers: one answer is right, the other is wrong for negative numbers. */
export const addTask: Task = {
  id: 'add',
  title: 'Add two numbers',
  language: 'python',
  prompt: 'Write `add(a, b)` that returns the sum of two integers.',
  entry: 'add',
  rubric,
  answers: [
    {
      id: 'model-one',
      model: 'vendor/secret-model-one',
      text: 'Here it is:\n\n```python\ndef add(a, b):\n    return a + b\n```\n',
    },
    {
      id: 'model-two',
      model: 'vendor/secret-model-two',
      text: 'This adds:\n\n```python\ndef add(a, b):\n    # adds the two\n    return abs(a) + abs(b)\n```\n',
    },
  ],
  cases: [
    { id: 'small', kind: 'call', origin: 'task', args: [1, 2], expected: 3 },
    { id: 'negative', kind: 'call', origin: 'task', args: [-1, -2], expected: -3 },
  ],
  tags: ['arithmetic'],
};

/** A second task, so that there is a next one. */
export const greetTask: Task = {
  id: 'greet',
  title: 'Greet by name',
  language: 'javascript',
  prompt: 'Write `greet(name)` that returns "Hello, NAME!".',
  entry: 'greet',
  rubric,
  answers: [
    { id: 'm1', text: '```js\nfunction greet(name) {\n  return `Hello, ${name}!`;\n}\n```\n' },
    { id: 'm2', text: '```js\nfunction greet(name) {\n  return "Hello " + nmae;\n}\n```\n' },
  ],
  cases: [{ id: 'ada', kind: 'call', origin: 'task', args: ['Ada'], expected: 'Hello, Ada!' }],
};

/** A task for whose answers the editor's own CSS support reports diagnostics. */
export const centreTask: Task = {
  id: 'centre',
  title: 'Centre a box',
  language: 'css',
  prompt: 'Centre the text in `.box`.',
  rubric,
  answers: [
    { id: 'm1', text: '```css\n.box {\n  text-align: center;\n}\n```\n' },
    { id: 'm2', text: '```css\n.box {\n  text-aling: center;\n}\n```\n' },
  ],
};

export function jsonLines(tasks: readonly unknown[]): string {
  return tasks.map((task) => `${JSON.stringify(task)}\n`).join('');
}
