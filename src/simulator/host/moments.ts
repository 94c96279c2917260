/** How logs and programs on a machine write the time. All machines are set to UTC. */

/** `2026-11-23 12:00:00` */
export function plainTime(at: number): string {
	return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-11-23 12:00:00.000` */
export function preciseTime(at: number): string {
	return new Date(at).toISOString().slice(0, 23).replace('T', ' ');
}

/** `2026-11-23T12:00:00` */
export function isoTime(at: number): string {
	return new Date(at).toISOString().slice(0, 19);
}

/** `20261123T120000Z`, as signatures have it. */
export function compactTime(at: number): string {
	return `${isoTime(at).replaceAll(/[-:]/g, '')}Z`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Mon` */
export function weekday(at: number): string {
	return weekdays[new Date(at).getUTCDay()] ?? '';
}

/** `Nov` */
export function month(at: number): string {
	return months[new Date(at).getUTCMonth()] ?? '';
}

/** `Mon Nov 23 12:00:00 UTC 2026` */
export function unixTime(at: number): string {
	const date = new Date(at);
	const day = String(date.getUTCDate()).padStart(2);
	return `${weekday(at)} ${month(at)} ${day} ${isoTime(at).slice(11)} UTC ${date.getUTCFullYear()}`;
}

/** `3min 20s`, as systemd counts. */
export function spokenSpan(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const days = Math.floor(seconds / 86_400);
	const hours = Math.floor(seconds / 3600) % 24;
	const minutes = Math.floor(seconds / 60) % 60;
	if (days > 0) return `${days} day${days === 1 ? '' : 's'}`;
	if (hours > 0) return `${hours}h ${minutes}min`;
	return minutes > 0 ? `${minutes}min ${seconds % 60}s` : `${seconds}s`;
}
