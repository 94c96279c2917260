import type { Clock } from '../../src/lib/clock.ts';

/** A clock that goes with `clock`, and tells a time that is `ms` later. */
export const aheadOf = (clock: Clock, ms: number): Clock => ({ ...clock, now: () => clock.now() + ms });
