import { findSecret } from '../../lib/secret-shapes.ts';
import type { BundleEntry } from '../bundle.ts';
import { type Finding, finding } from '../finding.ts';
import type { BundleTree } from '../tree.ts';

/** Names of files that are there for their secrets. */
const secretNames =
	/(?:^|\/)(?:\.env(?:\.(?!example$|sample$|template$|dist$|defaults?$)[\w.-]+)?|id_(?:rsa|dsa|ecdsa|ed25519)|[^/]+\.(?:ppk|p12|pfx|jks|keystore|kdbx)|\.netrc|\.pgpass|\.htpasswd|\.git-credentials|\.aws\/credentials|[^/]+\.tfstate)$/i;

/** Certificates that everybody may have lie in such files, too. */
const keyNames = /\.(?:pem|key)$/i;

export const secretFiles = (tree: BundleTree): readonly Finding[] =>
	[...tree.entries]
		.filter(([path, { type }]) => type === 'file' && secretNames.test(path) && !isForeign(path))
		.map(([path]) => finding('bundle-secret-file', { file: path }, 'such a file holds secrets'));

/** Files of others, and what has no text: nobody's secrets are in there, or nobody can see them. */
const foreign = /(?:^|\/)(?:node_modules|vendor|bower_components|site-packages|\.git|\.venv|venv|__MACOSX)\//;
const noText =
	/\.(?:png|jpe?g|gif|webp|ico|svg|woff2?|ttf|eot|otf|mp[34]|pdf|zip|gz|tgz|bz2|xz|zst|jar|war|ear|class|so|dll|exe|o|a|pyc|wasm|map|lock|min\.js|min\.css)$/i;

const isForeign = (path: string): boolean => foreign.test(path);

/** Bytes of one file, and of all of them, that are looked through for secrets. */
const fileLimit = 256 * 1024;
const totalLimit = 64 * 1024 * 1024;

/** The files whose text is looked through, in the order of the bundle, and how many are too much. */
export function filesToSearch(tree: BundleTree): {
	readonly files: readonly (readonly [path: string, entry: BundleEntry])[];
	readonly left: number;
} {
	const worth = [...tree.entries].filter(
		([path, { type, size }]) => type === 'file' && size > 0 && !foreign.test(path) && !noText.test(path),
	);
	let total = 0;
	const files = worth.filter(([, { size }]) => {
		if (size > fileLimit || total + size > totalLimit) return false;
		total += size;
		return true;
	});
	return { files, left: worth.length - files.length };
}

/** What has the shape of a secret in a file: where it is, never what it is. */
export function secretsIn(path: string, bytes: Uint8Array): readonly Finding[] {
	if (bytes.subarray(0, 1024).includes(0)) return [];
	// Every byte is a character: the shapes are ASCII.
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
	const secret = findSecret(text);
	if (!secret) return [];
	const before = text.slice(0, secret.offset);
	const line = before.split('\n').length;
	const place = { file: path, line, column: secret.offset - before.lastIndexOf('\n') };
	const rule = keyNames.test(path) ? 'bundle-secret-file' : 'bundle-secret-content';
	return [finding(rule, place, `it has ${secret.name}`)];
}
