import { readFile } from 'node:fs/promises';
import { sanitizeLine } from '../../lib/sanitize.ts';
import { isSystemError } from '../../lib/system-error.ts';
import { GatewayFailure } from '../failure.ts';

/**
 * The certificate authorities in a file of PEM certificates. Throws GatewayFailure `invalid` when that holds none: to go
 * on with others would be to trust whom nobody has named.
 */
export async function readCaBundle(file: string): Promise<string> {
	const text = await readFile(file, 'utf8').catch((error: unknown) => {
		throw invalidBundle(file, `cannot be read (${isSystemError(error) ? error.code : 'no file name'})`);
	});
	if (!/^-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/m.test(text)) {
		throw invalidBundle(file, 'holds no certificate');
	}
	return text;
}

const invalidBundle = (file: string, problem: string): GatewayFailure =>
	new GatewayFailure({
		kind: 'invalid',
		operation: 'Connect',
		code: 'InvalidCaBundle',
		detail: `AWS_CA_BUNDLE: ${sanitizeLine(file)} ${problem}: expected a file of PEM certificates`,
	});
