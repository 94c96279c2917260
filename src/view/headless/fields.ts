import { type Tally, tallyTotal } from '../../domain/tally.ts';
import type { CountsDocument } from './status-document.ts';

/** ISO 8601 in UTC; null for no time. */
export function isoTime(at: number): string;
export function isoTime(at: number | undefined): string | null;
export function isoTime(at: number | undefined): string | null {
	return at === undefined ? null : new Date(at).toISOString();
}

/** The overview with its sum. */
export const countsDocument = (tally: Tally): CountsDocument => ({ total: tallyTotal(tally), ...tally });
