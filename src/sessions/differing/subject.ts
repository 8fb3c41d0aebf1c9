import { literalCalls } from '../../core/differing/literals.ts';
import { poolsOf } from '../../core/differing/pools.ts';
import { exampleInputs } from '../../core/differing/promptExamples.ts';
import type { SearchParts } from '../../core/differing/search.ts';
import { shapeOf, withLetters } from '../../core/differing/shape.ts';
import { signatureSeeds } from '../../core/differing/signatureSeeds.ts';
import {
  inferTemplate,
  linesOf,
  parseText,
  renderText,
  type Template,
} from '../../core/differing/template.ts';
import { textShape } from '../../core/differing/textShape.ts';
import type { Tree } from '../../core/differing/tree.ts';
import { definedNames } from '../../core/extraction/definitions.ts';
import type { Case, Comparator, Task } from '../../core/task/task.ts';
import { seededRandom } from '../../core/text/random.ts';
import type { DrivenInput } from '../../runner/driver/driver.ts';
import type { DrivenCase } from '../../runner/toolchains/toolchain.ts';

/** What is varied to find a difference. */
export interface Subject {
  /** A case of the kind of the inputs: it says which function is called and what a program finds beside it. */
  readonly sample: DrivenCase;
  readonly comparator: Comparator | undefined;
  /** Inputs to start from. Some may not be valid. */
  readonly seeds: readonly DrivenInput[];
}

/**
 * The subject of a task whose answers have these codes. Without a case that calls a function or gives an input, calls are
 * read from the tests and the prompt, else made from the function's definition. `undefined` if there is no way to start the
 * answers.
 */
export function subjectOf(task: Task, codes: readonly string[]): Subject | undefined {
  const cases = (task.cases ?? []).filter(isDriven);
  const [sample] = cases;
  const examples = exampleInputs(task.prompt);
  if (sample !== undefined) {
    const seeds = cases.filter(({ kind }) => kind === sample.kind).map(inputOf);
    const shown = sample.kind === 'stdin' ? examples : shownCalls(task, sample.function ?? task.entry);
    return {
      sample,
      comparator: sample.comparator,
      seeds: distinct([...seeds, ...shown].flatMap(withVariants)),
    };
  }
  if (examples.length > 0 && codes.every(readsInput)) {
    const stdin: DrivenCase = { ...made, kind: 'stdin', input: '', output: '' };
    return { sample: stdin, comparator: undefined, seeds: distinct(examples.flatMap(withVariants)) };
  }
  const name = functionOf(task, codes);
  if (name === undefined) return undefined;
  const calls = shownCalls(task, name);
  const seeds = calls.length > 0 ? calls : signatureSeeds(codes, name);
  if (seeds.length === 0) return undefined;
  const call: DrivenCase = { ...made, kind: 'call', function: name, args: [] };
  return { sample: call, comparator: undefined, seeds: distinct(seeds) };
}

const mostSeeds = 20;
const made = { id: 'made', origin: 'difference' } as const;

function isDriven(testCase: Case): testCase is DrivenCase {
  return testCase.kind === 'call' || testCase.kind === 'stdin';
}

function inputOf(testCase: DrivenCase): DrivenInput {
  return testCase.kind === 'call' ? testCase.args : testCase.input;
}

/** The arguments of the calls in the tests and the prompt. */
function shownCalls({ cases = [], prompt }: Task, name: string | undefined): Tree[] {
  const last = name?.split('.').at(-1);
  if (last === undefined || !/^[\w$]+$/.test(last)) return [];
  const texts = [...cases.flatMap((each) => (each.kind === 'unit' ? [each.source] : [])), prompt];
  return texts.flatMap((text) => literalCalls(text, last));
}

/** The function to call: the task's entry, else the first function of both answers that the tests or the prompt name. */
function functionOf({ entry, cases = [], prompt }: Task, codes: readonly string[]): string | undefined {
  const [first = '', ...others] = codes;
  if (entry !== undefined && codes.every((code) => code.includes(entry))) return entry;
  const names = [...definedNames(first)].filter(
    (name) => /^[a-zA-Z_$][\w$]*$/.test(name) && others.every((code) => definedNames(code).has(name)),
  );
  const inOrder = names.toSorted((a, b) => first.indexOf(a) - first.indexOf(b));
  const tests = cases.flatMap((each) => (each.kind === 'unit' ? [each.source] : [])).join('\n');
  const isCalledIn = (text: string) => (name: string) => text.includes(`${name}(`);
  return (
    inOrder.find(isCalledIn(tests)) ?? inOrder.find(isCalledIn(prompt)) ?? inOrder.find(isCalledIn(first))
  );
}

function readsInput(code: string): boolean {
  return /\binput\(|stdin|STDIN|readline|\bscanf|\bcin\b|\bScanner\b|\bgets\b|fgets|readFileSync\(0/.test(
    code,
  );
}

/** Some files of tasks have an empty line after each line of an input. */
function withVariants(input: DrivenInput): DrivenInput[] {
  if (typeof input !== 'string' || !/\n[ \t]*\n/.test(input.trim())) return [input];
  return [input, input.replaceAll(/\n(?:[ \t]*\n)+/g, '\n')];
}

/** The first different inputs. */
function distinct(inputs: readonly DrivenInput[]): DrivenInput[] {
  const all = new Map(inputs.map((input) => [JSON.stringify(input), input]));
  return [...all.values()].slice(0, mostSeeds);
}

/** Where to search, from the seeds that are valid. `codes` are the answers' texts. */
export function searchOf(
  task: Task,
  seeds: readonly DrivenInput[],
  codes: readonly string[],
  seed: number,
): SearchParts<DrivenInput> | undefined {
  const random = seededRandom(`differences ${seed}`);
  const sources = { codes, language: task.language, prompt: task.prompt };
  const texts = seeds.filter((input) => typeof input === 'string');
  if (texts.length === 0) {
    const trees = seeds as readonly Tree[];
    const arity = trees[0]?.length ?? 0;
    const same = trees.filter((tree) => tree.length === arity);
    if (same.length === 0) return undefined;
    const items = Array.from({ length: arity }, (_, index) => shapeOf(same.map((tree) => tree[index]!)));
    const pools = poolsOf({ trees: same, ...sources });
    const shape = withLetters({ kind: 'tuple', items }, pools.letters);
    return { space: { shape, pools, random }, seeds: same, render: (tree) => tree };
  }
  const { template, trees } = templateOf(texts);
  const shape = textShape(template, trees, task.prompt);
  const pools = poolsOf({ trees, ...sources });
  return {
    space: { shape: withLetters(shape, pools.letters), pools, random },
    seeds: trees,
    render: (tree) => renderText(template, tree),
  };
}

function templateOf(texts: readonly string[]): { template: Template; trees: Tree[] } {
  const documents = texts.map(linesOf);
  const template = inferTemplate(documents);
  const trees = documents.map((lines) => parseText(template, lines)).filter((tree) => tree !== undefined);
  return { template, trees };
}
