import type { CalibrationSettings } from '../../core/calibration/gold.ts';
import { settings } from '../host/settings.ts';

/** The present calibration settings. Rejects with `setting-wrong`, which names the invalid setting. */
export async function calibrationSettings(): Promise<CalibrationSettings> {
  const { readCalibrationSettings } = await import('../../core/calibration/gold.ts');
  return readCalibrationSettings(settings.calibration);
}
