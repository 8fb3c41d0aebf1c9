import type { CheckReport } from '../../core/diagnostic.ts';
import type { PanelChecksSide } from '../../protocol/webview.ts';

/**
 * What is to be said of the tools themselves beside what they found: which failed, which are not installed while others
 * looked, and which looked at this answer and not at the other, or the other way round. `others` are the reports of the
 * other answer, once there are any.
 */
export function checkNotes(
  reports: readonly CheckReport[],
  others: readonly CheckReport[],
): Pick<PanelChecksSide, 'notes' | 'absent'> {
  const anyLooked = [...reports, ...others].some(({ status }) => status === 'done');
  const isAbsent = ({ status }: CheckReport): boolean => status === 'missing' && anyLooked;
  const say = ({ check, reason, status }: CheckReport): string => `${check}: ${reason ?? status}`;
  const troubles = reports.filter((report) => report.status !== 'done' && !isAbsent(report));
  return {
    notes: [...troubles.map(say), ...lopsided(reports, others)],
    absent: reports.filter(isAbsent).map(say),
  };
}

/** Findings of a tool that looked at one answer only must not count against that one. */
function lopsided(reports: readonly CheckReport[], others: readonly CheckReport[]): string[] {
  return reports.flatMap(({ check, status }) => {
    const other = others.find((candidate) => candidate.check === check);
    if (other === undefined || (status === 'done') === (other.status === 'done')) return [];
    return [
      status === 'done'
        ? `${check} looked at this answer only: its findings say nothing against the other`
        : `${check} looked at the other answer only: that it found nothing here means nothing`,
    ];
  });
}
