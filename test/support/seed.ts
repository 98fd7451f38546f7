import fc from 'fast-check';

/**
 * Loaded before the unit tests: properties run on the same cases every time, so that a red run can be run again.
 * `npm run endurance` gives other seeds.
 */
export const seed = Number(process.env.HOLOGRAPH_SEED ?? 20_261_122);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
