import type { CalibrationSettings } from '../../core/gold.ts';
import { settings } from '../settings.ts';

/** The settings of calibration as they hold now. Rejects with `setting-wrong`, which names the one that cannot be. */
export async function calibrationSettings(): Promise<CalibrationSettings> {
  const { readCalibrationSettings } = await import('../../core/gold.ts');
  return readCalibrationSettings(settings.calibration);
}
