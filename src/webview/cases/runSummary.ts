import type { PanelCases, PanelRunSide } from '../../protocol/panel/state.ts';
import { visibleText } from '../../core/text/visible.ts';
import { duration, moment } from '../text/format.ts';

/** One line on the last runs: how long they took, in which sandbox and with which toolchain. */
export function runSummary({ sides: runs }: PanelCases): string {
  const all = Object.values(runs);
  if (all.some(({ phase }) => phase === 'running')) return 'running…';
  const known = all.find(({ toolchain }) => toolchain !== undefined);
  if (known === undefined) return '';
  const times = all.map(({ wallMs }) => wallMs).filter((ms) => ms !== undefined);
  const cached = all.every((run) => run.toolchain === undefined || run.cached === true);
  const ran = cached
    ? 'cached'
    : times.length > 0
      ? `ran in ${duration(Math.max(...times))}`
      : `ran ${moment(latest(all.flatMap(({ at }) => at ?? [])))}`;
  return `${ran} · ${known.sandbox} · ${known.toolchain}${known.approximate === true ? ' · figures ≈' : ''}`;
}

function latest(dates: readonly string[]): string {
  return dates.toSorted().at(-1) ?? '';
}

/** Why cases cannot run, or did not: each message once. */
export function runMessages({ blocked, sides: runs }: PanelCases, ideal: PanelRunSide | undefined): string[] {
  const errors = [...Object.values(runs), ...(ideal === undefined ? [] : [ideal])].flatMap(
    ({ error }) => error ?? [],
  );
  return [...new Set([...(blocked === undefined ? [] : [blocked]), ...errors].map(visibleText))];
}
