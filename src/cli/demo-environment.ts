import { devNull } from 'node:os';

/**
 * Takes all AWS settings of the machine out of the environment: the demo works the same everywhere, and nobody's
 * credentials are looked for, let alone sent, even if only to the loopback address.
 */
export function forgetAwsSettings(env: NodeJS.ProcessEnv): void {
	for (const name of Object.keys(env)) {
		if (name.startsWith('AWS_')) delete env[name];
	}
	Object.assign(env, {
		AWS_ACCESS_KEY_ID: 'demo',
		AWS_SECRET_ACCESS_KEY: 'demo',
		AWS_CONFIG_FILE: devNull,
		AWS_SHARED_CREDENTIALS_FILE: devNull,
	});
}
