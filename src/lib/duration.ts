/** How durations and times of day are written. All inputs are milliseconds. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** For headers and sentences: `42s`, `4m12s`, `1h05m`, `3d4h`. */
export function formatDuration(ms: number): string {
	const clamped = Math.max(0, ms);
	if (clamped < minute) return `${Math.floor(clamped / second)}s`;
	if (clamped < hour)
		return `${Math.floor(clamped / minute)}m${pad(Math.floor((clamped % minute) / second))}s`;
	if (clamped < day) return `${Math.floor(clamped / hour)}h${pad(Math.floor((clamped % hour) / minute))}m`;
	return `${Math.floor(clamped / day)}d${Math.floor((clamped % day) / hour)}h`;
}

/** For columns: `0:42`, `12:05`, `1:02:03`. */
export function formatClock(ms: number): string {
	const seconds = Math.floor(Math.max(0, ms) / second);
	const tail = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
	return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${tail}` : tail.replace(/^0/, '');
}

/** For the age of data: `1 s`, `45 s`, `3 min`, `2 h`. */
export function formatAge(ms: number): string {
	const clamped = Math.max(0, ms);
	if (clamped < minute) return `${Math.floor(clamped / second)} s`;
	if (clamped < hour) return `${Math.floor(clamped / minute)} min`;
	if (clamped < day) return `${Math.floor(clamped / hour)} h`;
	return `${Math.floor(clamped / day)} d`;
}

/** Local time of day: `12:04:11`. */
export function formatTimeOfDay(at: number): string {
	const date = new Date(at);
	return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** Local date and time to the minute: `2026-11-23 12:04`. */
export function formatMinute(at: number): string {
	return formatTimestamp(at).slice(0, 16);
}

/** Local date and time with the zone's offset: `2026-11-23 12:04:11 +01:00`. */
export function formatTimestamp(at: number): string {
	const date = new Date(at);
	const offset = -date.getTimezoneOffset();
	const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
	return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${formatTimeOfDay(at)} ${zone}`;
}

function pad(value: number): string {
	return String(value).padStart(2, '0');
}
