import { afterEach, expect, test, vi } from 'vitest';
import {
	formatAge,
	formatClock,
	formatDuration,
	formatTimeOfDay,
	formatTimestamp,
} from '../../src/lib/duration.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;

afterEach(() => {
	vi.unstubAllEnvs();
});

test.each([
	[0, '0s'],
	[-5 * s, '0s'],
	[999, '0s'],
	[42 * s, '42s'],
	[m - 1, '59s'],
	[m, '1m00s'],
	[4 * m + 12 * s, '4m12s'],
	[h - 1, '59m59s'],
	[h + 5 * m, '1h05m'],
	[d - 1, '23h59m'],
	[3 * d + 4 * h, '3d4h'],
])('a duration of %i ms is %s', (ms, text) => {
	expect(formatDuration(ms)).toBe(text);
});

test.each([
	[0, '0:00'],
	[-s, '0:00'],
	[42 * s, '0:42'],
	[m + 23 * s, '1:23'],
	[12 * m + 5 * s, '12:05'],
	[h - 1, '59:59'],
	[h, '1:00:00'],
	[h + 2 * m + 3 * s, '1:02:03'],
	[30 * h, '30:00:00'],
])('%i ms on a stopwatch are %s', (ms, text) => {
	expect(formatClock(ms)).toBe(text);
});

test.each([
	[-s, '0 s'],
	[s, '1 s'],
	[m - 1, '59 s'],
	[m, '1 min'],
	[h - 1, '59 min'],
	[2 * h, '2 h'],
	[3 * d, '3 d'],
])('data of %i ms is %s old', (ms, text) => {
	expect(formatAge(ms)).toBe(text);
});

const at = Date.UTC(2026, 10, 23, 11, 4, 9);

test.each([
	['UTC', '11:04:09', '2026-11-23 11:04:09 +00:00'],
	['Europe/Berlin', '12:04:09', '2026-11-23 12:04:09 +01:00'],
	['Asia/Kolkata', '16:34:09', '2026-11-23 16:34:09 +05:30'],
	['America/St_Johns', '07:34:09', '2026-11-23 07:34:09 -03:30'],
	['Pacific/Kiritimati', '01:04:09', '2026-11-24 01:04:09 +14:00'],
])('local time in %s', (zone, time, timestamp) => {
	vi.stubEnv('TZ', zone);
	expect(formatTimeOfDay(at)).toBe(time);
	expect(formatTimestamp(at)).toBe(timestamp);
});
