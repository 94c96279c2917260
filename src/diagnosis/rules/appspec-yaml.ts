import type { Failure } from '../case.ts';
import { docs } from '../docs.ts';
import { onBundle } from '../host.ts';
import { type FailureRule, onMessage, type Verdict } from '../rule.ts';

/** The parser's own words come through: libyaml's, of either generation of the agent. */
const yamlError =
	/(?:^\(<unknown>\): |\b(?:did not find expected|could not find expected|found character that cannot start any token|mapping values are not allowed|block sequence entries are not allowed|found undefined tag|found duplicate)\b).*?\bat line (?<line>\d+),? column (?<column>\d+)/;

/** A text that is not YAML. */
export const appSpecYaml: FailureRule = onMessage(yamlError, (failure, match) => {
	const { line = '?', column = '?' } = match.groups ?? {};
	const hint = hintFor(failure.message);
	return {
		cause: 'appspec-yaml-invalid',
		title: `The AppSpec is not valid YAML (line ${line})`,
		why: `The agent cannot read appspec.yml: it gives up at line ${line}, column ${column}. ${hint}`,
		confidence: 'certain',
		steps: [
			`Look at line ${line} of appspec.yml, and at the line before it.`,
			'Indent with spaces only, equal things by equal amounts, and quote values that contain a colon.',
			'Check the file with a YAML parser before it is packed.',
		],
		commands: onBundle(failure, 'cat -A', 'appspec.yml'),
		docs: docs.appSpec,
	};
});

function hintFor(message: string): string {
	if (message.includes('cannot start any token'))
		return 'A tab is the usual reason: YAML allows spaces only.';
	if (message.includes('mapping values are not allowed')) return 'A value with a colon has to be quoted.';
	return 'Wrong indentation is the usual reason.';
}

/**
 * A list where a mapping belongs, or the other way round: the agent has no words for it, and Ruby's own come through
 * (AWS CodeDeploy agent 1.8.1, parsing of the AppSpec).
 */
const rubyError =
	/^undefined method [`'](?:has_key\?|each_pair|each|map)' for |^no implicit conversion of String into Integer\b/;

export const appSpecStructure: FailureRule = failure => {
	if (!readsAppSpec(failure) || !rubyError.test(failure.message)) return undefined;
	return structureVerdict(failure, 'likely');
};

/** The agent knows what is wrong, and no other rule does. */
export const appSpecOther: FailureRule = onMessage(/\bapplication specification ?file/, failure =>
	structureVerdict(failure, 'likely'),
);

function structureVerdict(failure: Failure, confidence: Verdict['confidence']): Verdict {
	return {
		cause: 'appspec-structure-invalid',
		title: 'A section of the AppSpec has the wrong shape',
		why: 'The agent read appspec.yml and found a section that is built differently from what it expects, such as a hook without the dash that makes it a list.',
		confidence,
		steps: [
			'Compare appspec.yml with the documented structure: files and permissions are lists, hooks is a mapping, and each hook is a list of scripts.',
			'Correct it, pack the bundle anew and deploy it.',
		],
		commands: onBundle(failure, 'cat', 'appspec.yml'),
		docs: docs.appSpecStructure,
	};
}

const readsAppSpec = ({ errorCode, event, script }: Failure): boolean =>
	(errorCode === 'UnknownError' || errorCode === '') && script === '' && event !== 'DownloadBundle';
