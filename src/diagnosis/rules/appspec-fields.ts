import type { Failure } from '../case.ts';
import type { Cause } from '../causes.ts';
import { docs } from '../docs.ts';
import { onBundle } from '../host.ts';
import { type FailureRule, onMessage, type Verdict } from '../rule.ts';

/** What the agent checks in an AppSpec; its messages begin with `The deployment failed because` (AWS CodeDeploy agent). */

type Field = {
	readonly cause: Cause;
	readonly pattern: RegExp;
	readonly title: string | ((value: string) => string);
	readonly why: string;
	readonly step: string;
	readonly page: string;
};

const fields: readonly Field[] = [
	{
		cause: 'appspec-empty',
		pattern: /\bthe application specification file was empty\b/,
		title: 'The AppSpec is empty',
		why: 'appspec.yml is there, but holds nothing that the agent can read.',
		step: 'Write at least version and os into appspec.yml, and see that the build does not truncate it.',
		page: docs.appSpec,
	},
	{
		cause: 'appspec-version-invalid',
		pattern:
			/\ban invalid version value \((?<value>[^)]*)\) was entered in the application specification file/,
		title: value => `The AppSpec has version ${value || 'none'}, not 0.0`,
		why: 'The only version is the number 0.0. In quotes it is a text, and refused as well.',
		step: 'Write the first line as: version: 0.0',
		page: docs.appSpecStructure,
	},
	{
		cause: 'appspec-os-invalid',
		pattern: /\bspecifies an unsupported operating system \((?<value>[^)]*)\)/,
		title: value => `os: ${value} in the AppSpec does not fit the host`,
		why: 'os must be linux or windows, in lower case, and the same as on the host: the agent accepts its own system only.',
		step: 'Write os: linux (or os: windows), and deploy to hosts of that kind only.',
		page: docs.appSpecStructure,
	},
	{
		cause: 'appspec-hook-location-missing',
		pattern: /\bspecifies a script with no location value\b/,
		title: 'A hook of the AppSpec names no script',
		why: 'An entry of the hooks section has no location, so the agent does not know what to run.',
		step: 'Give each entry under hooks a location, indented below the dash.',
		page: docs.appSpecHooks,
	},
	{
		cause: 'appspec-timeout-invalid',
		pattern: /\ban invalid timeout value was provided for a script\b/,
		title: 'A timeout in the AppSpec is not valid',
		why: 'A timeout has to be a whole number of seconds above zero.',
		step: 'Correct the timeout in the hooks section; all scripts of one event together may take 3600 seconds.',
		page: docs.appSpecHooks,
	},
	{
		cause: 'appspec-files-invalid',
		pattern:
			/\bspecifies only a source file \((?<value>[^)]*)\)|\bspecifies a destination file, but no source file\b/,
		title: value =>
			value ? `The AppSpec gives ${value} no destination` : 'An entry under files has no source',
		why: 'Every entry of the files section needs a source in the bundle and a destination on the host.',
		step: 'Add what is missing in the files section.',
		page: docs.appSpecFiles,
	},
	{
		cause: 'appspec-file-exists-behavior-invalid',
		pattern:
			/\binvalid file_exists_behavior value \((?<value>[^)]*)\)|\ban invalid option was specified for fileExistsBehavior: (?<option>\w*)/,
		title: 'file_exists_behavior has a value that does not exist',
		why: 'The choices are DISALLOW, OVERWRITE and RETAIN, in capitals.',
		step: 'Write one of the three, or leave the line out.',
		page: docs.appSpecStructure,
	},
	{
		cause: 'appspec-permissions-invalid',
		pattern:
			/\bpermissions? (?:mode|setting|settings)\b|\ba permission listed in the application specification file\b|\bpermissions section\b|\bspecifi\w+ file permissions, but\b|\binvalid context type\b|\baccess control list \(ACL\)|\b-d parameter has been specified to apply an acl\b|\bspecifies a role, but roles are not supported\b|^invalid (?:sensitivity|category|range part)\b/,
		title: 'The permissions section of the AppSpec is not valid',
		why: 'The agent cannot apply what the permissions section asks for; its message names the value.',
		step: 'Correct that entry of the permissions section. It works on Linux only.',
		page: docs.appSpecPermissions,
	},
];

/** One rule for each thing that the agent checks, the more precise ones first. */
export const appSpecFields: readonly FailureRule[] = fields.map(field =>
	onMessage(field.pattern, (failure, match) => verdictFor(field, failure, match.groups?.value ?? '')),
);

function verdictFor(
	{ cause, title, why, step, page }: Field,
	failure: Failure,
	value: string,
): Verdict | undefined {
	if (failure.script !== '') return undefined;
	return {
		cause,
		title: typeof title === 'string' ? title : title(value),
		why,
		confidence: 'certain',
		steps: [step, 'Pack the bundle anew and deploy it.'],
		commands: onBundle(failure, 'cat', 'appspec.yml'),
		docs: page,
	};
}

/** Local deployments list the events they run, and refuse others; the service ignores a misspelt event. */
export const appSpecUnknownEvent: FailureRule = onMessage(
	/file contains unknown lifecycle events: (?<events>.*)$|^You specified a lifecycle event which is not a default one and doesn't exist in your .+? file: (?<custom>.*)$/,
	(failure, match) => {
		const names = (match.groups?.events ?? match.groups?.custom ?? '').replace(/[[\]"]/g, '');
		return {
			cause: 'appspec-unknown-lifecycle-event',
			title: `The AppSpec names an unknown event: ${names}`,
			why: `The hooks section names ${names || 'an event'}, which is not a lifecycle event of this deployment. A misspelt name is the usual reason.`,
			confidence: 'certain',
			steps: [
				'Compare the names under hooks with the documented ones; case counts.',
				'Correct the name, pack the bundle anew and deploy it.',
			],
			commands: onBundle(failure, 'cat', 'appspec.yml'),
			docs: docs.appSpecHooks,
		};
	},
);
