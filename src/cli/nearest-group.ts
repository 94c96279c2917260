import type { CodeDeployGateway } from '../gateway/gateway.ts';
import { nearest } from '../lib/nearest.ts';
import { type Page, pages } from '../lib/pages.ts';
import { listed, meant } from '../lib/sentence.ts';
import type { GroupName, NoDeploymentError } from '../monitor/find-deployment.ts';
import { type Place, whereWords } from './refusal.ts';
import { MissingError } from './usage-error.ts';

/** More names than that in a line are no help. */
const mostNames = 6;

type Lists = Pick<CodeDeployGateway, 'listApplications' | 'listDeploymentGroups'>;

/**
 * That there is no such application or group, with the name that was probably meant, or all of them where they are few.
 * Whoever may not list them is told what is missing all the same. Throws only when the signal aborts.
 */
export async function missingGroup(
	error: NoDeploymentError,
	{ application, group }: GroupName,
	{
		gateway,
		place,
		signal,
	}: { readonly gateway: Lists; readonly place: Place; readonly signal: AbortSignal },
): Promise<MissingError> {
	const isGroup = error.absent === 'group';
	const names = await readNames(
		token =>
			isGroup
				? gateway.listDeploymentGroups(application, token, signal)
				: gateway.listApplications(token, signal),
		signal,
	);
	const guess = nearest(isGroup ? group : application, names);
	const are =
		guess === undefined && names.length > 0 && names.length <= mostNames
			? `; expected ${listed(names)}`
			: meant(guess);
	const advice = are === '' ? ': check --application, --group, --region and --profile' : are;
	return new MissingError(`${error.message} ${whereWords(place)}${advice}`);
}

async function readNames(
	fetchPage: (token: string | undefined) => Promise<Page<string>>,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const names: string[] = [];
	try {
		for await (const page of pages(fetchPage)) names.push(...page);
	} catch {
		signal.throwIfAborted();
	}
	return names;
}
