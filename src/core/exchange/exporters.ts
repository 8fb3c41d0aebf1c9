import type { Exporter } from './exporter.ts';
import { tiebreakJsonl } from './tiebreakJsonl.ts';
import { trlChat, trlPreference } from './trl.ts';

/** Every format there is, in the order in which a person is asked. */
export const exporters: readonly Exporter[] = [tiebreakJsonl, trlPreference, trlChat];
