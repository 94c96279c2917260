import { redact } from '../lib/redact.ts';

/** JSON for other programs and their logs: without the secrets that texts may hold. */
export const jsonText = (value: unknown): string => escaped(JSON.stringify(value, withoutSecrets, 2));

/** The same on one line. */
export const jsonLine = (value: unknown): string => escaped(JSON.stringify(value, withoutSecrets));

/** What a terminal would obey, or nobody would see, as JSON may write it: a name from the command line has come as it was. */
const escaped = (json: string): string =>
	json.replace(unseen, character =>
		character
			.split('')
			.map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
			.join(''),
	);

/** JavaScript escapes the controls below the space itself. */
const unseen = /[\x7f-\x9f\u2028\u2029\ufff9-\ufffb]|\p{Default_Ignorable_Code_Point}/gu;

const withoutSecrets = (_key: string, value: unknown): unknown =>
	typeof value === 'string' ? redact(value) : value;
