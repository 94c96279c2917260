import { Command as Commander, CommanderError, InvalidArgumentError } from 'commander';
import { findDeploymentId } from '../domain/ids.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { truncateEnd } from '../lib/width.ts';
import type { Command, CommonOptions } from './command.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads the command line. `version` is what `--version` prints. Throws {@link UsageError} with one line for whatever
 * cannot be understood.
 */
export function parseArguments(args: readonly string[], version: string): Command {
	let parsed: Command | undefined;
	let printed = '';
	const program = createProgram(version, command => {
		parsed = command;
	});
	const output = {
		writeOut: (text: string) => {
			printed += text;
		},
		writeErr: () => {},
	};
	for (const command of [program, ...program.commands]) command.exitOverride().configureOutput(output);
	try {
		program.parse([...args], { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return { type: 'print', text: printed };
		throw new UsageError(explain(error));
	}
	if (!parsed) throw new UsageError('nothing to do: try rollcall --help');
	return parsed;
}

function createProgram(version: string, choose: (command: Command) => void): Commander {
	const program = new Commander('rollcall')
		.description('Roll call for your rollout: a full-screen monitor for AWS CodeDeploy.')
		.version(version, '--version', 'print the version')
		.helpOption('--help', 'print this help')
		.showSuggestionAfterError(true)
		.addHelpText('after', examples);
	withCommonOptions(program);
	withCommonOptions(
		program
			.command('watch', { isDefault: true })
			.argument(
				'[deployment...]',
				'a deployment id, or anything that holds exactly one: a console URL, an ARN, CLI output',
			)
			.description('watch a deployment; rollcall d-ABC123DEF is the same'),
	).action((words: readonly string[], _options, command: Commander) => {
		choose({ type: 'watch', deploymentId: readDeploymentId(words), common: readCommon(command) });
	});
	withCommonOptions(
		program
			.command('demo')
			.argument('[scenario]', 'what happens', 'release')
			.option('--list', 'name the scenarios')
			.description('the same program on the embedded simulator: no AWS account needed'),
	).action((scenario: string, options: { readonly list?: boolean }, command: Commander) => {
		choose(
			options.list ? { type: 'list-scenarios' } : { type: 'demo', scenario, common: readCommon(command) },
		);
	});
	withCommonOptions(
		program
			.command('simulate')
			.argument('[scenario]', 'what happens', 'release')
			.option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', readPort, 0)
			.option('--speed <factor>', 'how many times faster than scripted', readSpeed, 1)
			.description('serve the simulator alone, for the AWS CLI or another program'),
	).action((scenario: string, options: { readonly port: number; readonly speed: number }) => {
		choose({ type: 'simulate', scenario, port: options.port, speed: options.speed });
	});
	return program;
}

const examples = `
Examples:
  rollcall d-ABC123DEF                          watch a deployment
  rollcall watch --profile prod "$URL"          whatever holds its id
  rollcall watch d-ABC123DEF | tee rollout.log  plain lines when it is not a terminal
  rollcall demo                                 see it without an AWS account

Exit codes: 0 succeeded, or still running when you quit; 1 failed; 2 usage; 3 stopped;
5 AWS not reachable, denied or credentials expired; 6 failed or stopped and rolled back.`;

function withCommonOptions(command: Commander): Commander {
	return command
		.helpOption('--help', 'print this help')
		.option('--profile <name>', 'profile of the shared AWS configuration')
		.option('--region <region>', 'AWS region; else AWS_REGION, else the profile’s')
		.option('--endpoint-url <url>', 'ask this endpoint instead of AWS', readUrl)
		.option('--read-only', 'refuse every action')
		.option('--ascii', 'draw with ASCII characters only')
		.option(
			'--protect <glob>',
			'group or profile names that must be typed before an action; default *prod*',
			collect,
		);
}

const defaultProtect: readonly string[] = ['*prod*'];

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
	return [...(before ?? []), value];
}

function readCommon(command: Commander): CommonOptions {
	const options = command.optsWithGlobals<Partial<CommonOptions>>();
	return {
		...(options.profile !== undefined && { profile: options.profile }),
		...(options.region !== undefined && { region: options.region }),
		...(options.endpointUrl !== undefined && { endpointUrl: options.endpointUrl }),
		readOnly: options.readOnly === true,
		ascii: options.ascii === true,
		protect: options.protect ?? defaultProtect,
	};
}

function readDeploymentId(words: readonly string[]) {
	if (words.length === 0) {
		throw new UsageError(
			'what to watch? Expected a deployment id such as d-ABC123DEF; try rollcall demo, or rollcall --help',
		);
	}
	const text = words.join(' ');
	const search = findDeploymentId(text);
	if (search.found === 'one') return search.id;
	if (search.found === 'several') {
		throw new UsageError(`more than one deployment id in it: ${search.ids.join(', ')}; expected exactly one`);
	}
	const shown = truncateEnd(sanitizeLine(text), 60);
	throw new UsageError(
		`no deployment id in “${shown}”: expected d- and nine capital letters or digits, such as d-ABC123DEF; try rollcall --help`,
	);
}

function readPort(text: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
	throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}

function readSpeed(text: string): number {
	const speed = Number(text);
	if (Number.isFinite(speed) && speed > 0 && speed <= 1000) return speed;
	throw new InvalidArgumentError('Expected a number above 0, at most 1000.');
}

function readUrl(text: string): string {
	if (/^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text)) return text;
	throw new InvalidArgumentError('Expected a URL such as http://127.0.0.1:4566.');
}

/** Commander's message as one line of ours. */
function explain(error: CommanderError): string {
	const text = sanitizeLine(error.message.replace(/^error: /, '').trim());
	return `${text}${/[.)]$/.test(text) ? '' : ':'} try rollcall --help`;
}
