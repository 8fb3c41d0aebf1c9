import type { FileProblem } from './fileProblem.ts';
import { rules } from '../rationale/lint.ts';
import { nearest } from '../rationale/nearest.ts';
import type { Rubric } from '../task/rubric.ts';

/** Faults that a rubric's schema cannot find: dominant or inconsistent weights, names that look alike, unknown rules. */
export function rubricProblems(rubric: Rubric): FileProblem[] {
  return [
    ...weights(rubric),
    ...names(rubric),
    ...scales(rubric),
    ...ruleNames(rubric),
    ...thresholds(rubric),
  ];
}

function weights({ criteria }: Rubric): FileProblem[] {
  const total = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const dominant = criteria.findIndex(({ weight }) => weight > total - weight);
  const outweighs: FileProblem[] =
    criteria.length < 3 || dominant < 0
      ? []
      : [
          {
            path: ['criteria', dominant, 'weight'],
            severity: 'warning',
            message: `“${criteria[dominant]!.title}” outweighs all other criteria together (${criteria[dominant]!.weight} of ${rounded(total)}). Lower its weight, or remove the other criteria`,
          },
        ];
  return [...outweighs, ...shares(criteria, total)];
}

/** Weights that look like shares of 1 or 100 but do not add up to it. */
function shares(criteria: Rubric['criteria'], total: number): FileProblem[] {
  const isFraction = criteria.length > 1 && criteria.every(({ weight }) => weight < 1);
  const isPercentage =
    criteria.length > 1 && total > 80 && total < 120 && criteria.every(({ weight }) => weight >= 5);
  const whole = isFraction ? 1 : isPercentage ? 100 : undefined;
  if (whole === undefined || Math.abs(total - whole) < 1e-9 * whole) return [];
  return [
    {
      path: ['criteria'],
      severity: 'warning',
      message: `The weights look like shares of ${whole} and add up to ${rounded(total)}. Correct the weight that is wrong`,
    },
  ];
}

function names({ criteria }: Rubric): FileProblem[] {
  return criteria.flatMap(({ id, title }, index) => {
    const earlier = criteria.slice(0, index);
    if (earlier.some((other) => other.id !== id && other.id.toLowerCase() === id.toLowerCase()))
      return [
        problemAt(
          ['criteria', index, 'id'],
          `The id “${id}” differs from another id only in upper and lower case. Rename one of them`,
        ),
      ];
    if (earlier.some((other) => other.title.toLowerCase() === title.toLowerCase()))
      return [
        problemAt(
          ['criteria', index, 'title'],
          `The title “${title}” is used twice, and the panel would show both alike. Rename one of them`,
        ),
      ];
    return [];
  });
}

function scales({ criteria }: Rubric): FileProblem[] {
  return criteria.flatMap(({ scale }, index) => {
    const meanings = scale.map(({ meaning }) => meaning.trim().toLowerCase());
    const twice = meanings.findIndex((meaning, at) => meaning !== '' && meanings.indexOf(meaning) < at);
    if (twice < 0) return [];
    const first = scale[meanings.indexOf(meanings[twice]!)]!.value;
    return [
      problemAt(
        ['criteria', index, 'scale', twice],
        `${scale[twice]!.value} means the same as ${first}. Say how they differ, or remove one`,
      ),
    ];
  });
}

function ruleNames({ rules: chosen = {} }: Rubric): FileProblem[] {
  const ids = rules.map(({ id }) => id);
  return Object.keys(chosen)
    .filter((id) => !ids.includes(id))
    .map((id) => ({
      path: ['rules', id],
      severity: 'error',
      message: `There is no rule “${id}”. ${suggestion(nearest(id, ids)) ?? `The rules are ${ids[0]} to ${ids.at(-1)}`}`,
    }));
}

function thresholds({ thresholds: bounds = {} }: Rubric): FileProblem[] {
  const { fewestWords = 10, briefWords = 25, mostWords = 250 } = bounds;
  if (fewestWords <= briefWords && briefWords < mostWords) return [];
  return [
    {
      path: ['thresholds'],
      severity: 'error',
      message: `No length fits these limits: fewestWords ${fewestWords}, briefWords ${briefWords}, mostWords ${mostWords}. Make each larger than the one before`,
    },
  ];
}

function problemAt(path: FileProblem['path'], message: string): FileProblem {
  return { path, severity: 'warning', message };
}

function suggestion(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `Did you mean “${name}”?`;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
