import { proveIdeal, type Proof, type Proving } from '../../core/ideal/ideal.ts';
import type { IdealDraft } from '../../core/ideal/idealDraft.ts';
import type { RationaleContext } from '../../core/rationale/context.ts';
import { lintNotes } from '../../core/rationale/notes.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import type { Case } from '../../core/task/task.ts';
import type { PanelIdeal } from '../../protocol/panel/state.ts';
import type { IdealRuns } from './idealRuns.ts';

export interface ProofContext {
  readonly runs: IdealRuns;
  readonly cases: () => readonly Case[];
  /** The context in which a rationale on the same task is linted. */
  readonly rationaleContext: () => RationaleContext;
}

/** Whether an ideal is proved, the findings in its notes, and what is missing before it can be submitted. */
export class IdealProof {
  readonly #context: ProofContext;
  /** Cached for each version of the notes: every result needs them. */
  #noted: { readonly key: string; readonly findings: readonly Finding[] } = { key: '', findings: [] };

  constructor(context: ProofContext) {
    this.#context = context;
  }

  /** Whether the current ideal is proved on the current answers and cases. */
  proving({ reason, files }: Pick<IdealDraft, 'reason' | 'files'>): Proving {
    const { cases, runs } = this.#context;
    if (cases().length === 0) return proveWithoutCases(reason);
    const current = runs.current(files);
    if (current !== undefined) return proveIdeal(current, runs.weak(), reason);
    const missing = 'the current version has not run on all cases. Press R to run them';
    return { isProved: false, missing };
  }

  /** The findings of the rules in the notes. */
  findings(draft: IdealDraft): readonly Finding[] {
    const { notes, startedFrom } = draft;
    const proof = this.#proofOf(draft);
    const isChange = startedFrom !== null;
    const cases = this.#context.cases().map(({ id }) => id);
    const key = JSON.stringify([notes, isChange, proof, cases]);
    if (this.#noted.key !== key) {
      const context = { ...this.#context.rationaleContext(), isChange, proof };
      this.#noted = { key, findings: lintNotes(notes, context) };
    }
    return this.#noted.findings;
  }

  /** What is missing before the ideal can be submitted, each as an instruction. */
  obstacles(draft: IdealDraft): string[] {
    const proving = this.proving(draft);
    return [
      ...(proving.isProved ? [] : [`Prove the ideal: ${proving.missing}`]),
      ...this.findings(draft)
        .filter(({ severity }) => severity === 'E')
        .map(({ message }) => message),
    ];
  }

  panel(draft: IdealDraft): PanelIdeal['proof'] {
    const proving = this.proving(draft);
    if (!proving.isProved) return { state: 'missing', missing: proving.missing };
    const { proof } = proving;
    return proof.by === 'cases' ? { state: 'cases', cases: [...proof.cases] } : { state: 'reason' };
  }

  #proofOf(draft: IdealDraft): Proof | undefined {
    const proving = this.proving(draft);
    return proving.isProved ? proving.proof : undefined;
  }
}

/** A task without cases is proved by the reason alone. */
function proveWithoutCases(reason: string): Proving {
  if (reason.trim() === '')
    return { isProved: false, missing: 'the task has no cases, and there is no reason why it needs none' };
  return { isProved: true, proof: { by: 'reason', reason: reason.trim() } };
}
