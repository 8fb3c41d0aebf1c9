import type { CheckReport } from '../../core/run/diagnostic.ts';
import type { PanelChecksSide } from '../../protocol/panel/state.ts';

/**
 * Notes about the tools themselves: which checked the answer, which failed, which are not installed here, and which checked only one of the two
 * answers. `others`: the reports of the other answer, if they are complete.
 */
export function checkNotes(
  reports: readonly CheckReport[],
  others: readonly CheckReport[],
): Pick<PanelChecksSide, 'notes' | 'absent' | 'tools'> {
  const anyLooked = [...reports, ...others].some(({ status }) => status === 'done');
  const isAbsent = ({ status }: CheckReport): boolean => status === 'missing' && anyLooked;
  const say = ({ check, reason, status }: CheckReport): string => `${check}: ${reason ?? status}`;
  const troubles = reports.filter((report) => report.status !== 'done' && !isAbsent(report));
  return {
    notes: [...troubles.map(say), ...lopsided(reports, others)],
    absent: reports.filter(isAbsent).map(say),
    tools: reports
      .filter(({ status }) => status === 'done')
      .map(({ check, version }) => `${check} ${version}`.trim()),
  };
}

/** Findings of a tool that checked only one answer must not count against that answer. */
function lopsided(reports: readonly CheckReport[], others: readonly CheckReport[]): string[] {
  return reports.flatMap(({ check, status }) => {
    const other = others.find((candidate) => candidate.check === check);
    if (other === undefined || (status === 'done') === (other.status === 'done')) return [];
    return [
      status === 'done'
        ? `${check} checked only this answer, so its findings must not count against the answer`
        : `${check} checked only the other answer, so it may have missed problems here`,
    ];
  });
}
