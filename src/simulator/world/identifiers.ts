import type { Random } from '../../lib/random.ts';
import { drawText } from './chance.ts';

const hex = '0123456789abcdef';

/** AWS: a deployment id is `d-` and nine capital letters and digits. */
export function drawDeploymentId(random: Random): string {
	return `d-${drawText(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 9)}`;
}

/** AWS: an EC2 instance id of the long form. */
export function drawInstanceId(random: Random): string {
	return `i-0${drawText(random, hex, 16)}`;
}

export function drawUuid(random: Random): string {
	const digits = drawText(random, hex, 31);
	return [
		digits.slice(0, 8),
		digits.slice(8, 12),
		`4${digits.slice(12, 15)}`,
		`a${digits.slice(15, 18)}`,
		digits.slice(18, 30),
	].join('-');
}
