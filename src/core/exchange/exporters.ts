import { argilla, argillaFlat } from './argilla.ts';
import { bigCodeReward } from './bigCodeReward.ts';
import type { Exporter } from './exporter.ts';
import { helpSteer3 } from './helpSteer3.ts';
import { labelStudio } from './labelStudio.ts';
import { openaiDpo } from './openaiDpo.ts';
import { portfolio } from './portfolio.ts';
import { testSet } from './testSet.ts';
import { tiebreakJsonl } from './tiebreakJsonl.ts';
import { trlChat, trlPreference } from './trl.ts';
import { trlIdeal } from './trlIdeal.ts';
import { trlSft, trlSftChat } from './trlSft.ts';
import { trlUnpaired } from './trlUnpaired.ts';

/** Every export format, in the order of the picker. */
export const exporters: readonly Exporter[] = [
  tiebreakJsonl,
  trlPreference,
  trlChat,
  trlUnpaired,
  trlSft,
  trlSftChat,
  trlIdeal,
  testSet,
  openaiDpo,
  helpSteer3,
  bigCodeReward,
  labelStudio,
  argilla,
  argillaFlat,
  portfolio,
];
