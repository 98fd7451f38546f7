/** What is being done on the way to a report or a package, in this order. */
export type Stage = 'reading' | 'measuring' | 'printing' | 'packing' | 'sealing';

/** Told before each stage begins; each is a stretch of work in one go. */
export type OnStage = (stage: Stage) => void;
