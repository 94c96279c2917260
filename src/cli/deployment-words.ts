import { type DeploymentId, findDeploymentId, findRegion } from '../domain/ids.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { truncateEnd } from '../lib/width.ts';
import type { CommonOptions } from './command.ts';
import { UsageError } from './usage-error.ts';

/** A URL from the console says where the deployment is; what is asked for by name wins. */
export function readDeployment(words: readonly string[], common: CommonOptions) {
	const region = common.region ?? findRegion(words.join(' '));
	const place = region === undefined ? {} : { region };
	return { deploymentId: readDeploymentId(words), common: { ...common, ...place } };
}

function readDeploymentId(words: readonly string[]): DeploymentId {
	const text = words.join(' ').trim();
	const search = findDeploymentId(text);
	switch (search.found) {
		case 'one':
			return search.id;
		case 'several':
			throw new UsageError(`expected exactly one deployment id, not ${search.ids.join(' and ')}`);
		case 'none': {
			const expected = 'expected a deployment id: d- and nine capital letters or digits, such as d-ABC123DEF';
			const help = 'try rollcall --help';
			if (text === '') throw new UsageError(`${expected}; or --application and --group; ${help}`);
			const shown = truncateEnd(sanitizeLine(text), 60);
			throw new UsageError(`no deployment id in “${shown}”: ${expected}; ${help}`);
		}
	}
}
