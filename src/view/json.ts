import { redact } from '../lib/redact.ts';

/** JSON for other programs and their logs: without the secrets that texts may hold. */
export const jsonText = (value: unknown): string => JSON.stringify(value, withoutSecrets, 2);

/** The same on one line. */
export const jsonLine = (value: unknown): string => JSON.stringify(value, withoutSecrets);

const withoutSecrets = (_key: string, value: unknown): unknown =>
	typeof value === 'string' ? redact(value) : value;
