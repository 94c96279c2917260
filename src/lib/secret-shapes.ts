/** A kind of secret that is known by its own shape, whatever stands around it. `pattern` has the flag `g`. */
export type SecretShape = { readonly name: string; readonly pattern: RegExp };

/** A private key; to the end of the text where the end of the key was cut off. */
export const keyBlock =
	/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g;

export const secretShapes: readonly SecretShape[] = [
	// Long-lived and temporary ones.
	{ name: 'the id of an AWS access key', pattern: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,124}/g },
	{
		// How they begin.
		name: 'an AWS session token',
		pattern: /(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|AQoDYXdz)[A-Za-z0-9/+=%_-]*/g,
	},
	{ name: 'a token of GitHub', pattern: /\bgh[opsur]_[A-Za-z0-9]{20,}/g },
	{ name: 'a token of GitHub', pattern: /\bgithub_pat_[A-Za-z0-9_]{20,}/g },
	{ name: 'a token of GitLab', pattern: /\bglpat-[A-Za-z0-9_-]{16,}/g },
	{ name: 'a token of Slack', pattern: /\bxox[a-z]-[A-Za-z0-9-]{10,}/g },
	{
		name: 'a webhook of Slack',
		pattern: /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9/_-]+/g,
	},
	{ name: 'a token of npm', pattern: /\bnpm_[A-Za-z0-9]{30,}/g },
	{ name: 'a key of Stripe', pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{10,}/g },
	{ name: 'a key of Google', pattern: /\bAIza[A-Za-z0-9_-]{30,}/g },
	{
		name: 'a JSON Web Token',
		pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g,
	},
];

/**
 * The first thing in a text that has the shape of a secret. What documentation shows as an example is none, nor is the
 * frame of a key without a key in it, as programs that read keys have it.
 */
export function findSecret(text: string): { readonly name: string; readonly offset: number } | undefined {
	const key = text.search(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----\s*[A-Za-z0-9+/=:,\s-]{80}/);
	const found = key < 0 ? [] : [{ name: 'a private key', offset: key }];
	for (const { name, pattern } of secretShapes) {
		for (const { 0: match, index } of text.matchAll(pattern)) {
			if (/EXAMPLE|X{8}|0{8}/.test(match)) continue;
			found.push({ name, offset: index });
			break;
		}
	}
	return found.sort((a, b) => a.offset - b.offset)[0];
}
