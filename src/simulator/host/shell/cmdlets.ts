import { agentServiceState } from '../agent-state.ts';
import { endOfFirstLines, type HostFile, startOfLastLines } from '../host-file.ts';
import { isoTime } from '../moments.ts';
import { excerpt, type Surroundings } from './outcome.ts';

export type Arguments = {
	readonly positional: readonly string[];
	/** By their names in lower case, without the dash; a switch has an empty text. */
	readonly named: ReadonlyMap<string, string>;
};

/** What a cmdlet returns: as it is shown, and its properties. */
export type Thing = {
	readonly text: string;
	readonly properties?: Readonly<Record<string, string | number>>;
};

type Cmdlet = {
	/** In lower case, aliases too. */
	readonly names: readonly string[];
	readonly run: (args: Arguments, surroundings: Surroundings) => Thing | { readonly error: string };
};

const diskBytes = 32_210_153_472;

/** The cmdlets of a Windows machine that only look. */
export const cmdlets: readonly Cmdlet[] = [
	{ names: ['get-content', 'gc', 'type', 'cat'], run: getContent },
	{ names: ['get-service', 'gsv'], run: getService },
	{ names: ['get-date'], run: getDate },
	{ names: ['test-path'], run: testPath },
	{ names: ['get-item', 'gi'], run: getItem },
	{ names: ['get-childitem', 'dir', 'ls', 'gci'], run: getChildItem },
	{ names: ['get-psdrive', 'gdr'], run: getDrive },
	{ names: ['hostname'], run: (_args, { host }) => ({ text: `EC2AMAZ-${host.id.slice(-7).toUpperCase()}` }) },
	{
		names: ['write-output', 'echo', 'write-host'],
		run: ({ positional }) => ({ text: positional.join('\n') }),
	},
	{
		names: ['[datetimeoffset]::utcnow.tounixtimeseconds()'],
		run: (_args, { now }) => ({ text: String(Math.floor(now / 1000)) }),
	},
];

function pathOf({ positional, named }: Arguments): string {
	return named.get('path') ?? named.get('literalpath') ?? positional[0] ?? '';
}

function notFound(cmdlet: string, path: string): { readonly error: string } {
	return { error: `${cmdlet} : Cannot find path '${path}' because it does not exist.` };
}

function getContent(args: Arguments, { files }: Surroundings) {
	const path = pathOf(args);
	const entry = files.find(path);
	if (entry === undefined) return notFound('Get-Content', path);
	const text = cut(entry.open(), args).toString('utf8');
	return { text: text.replace(/\r?\n$/, '') };
}

function cut(file: HostFile, { named }: Arguments): Buffer {
	const last = named.get('tail') ?? named.get('last');
	const first = named.get('totalcount') ?? named.get('head') ?? named.get('first');
	if (last !== undefined) return excerpt(file, startOfLastLines(file, Number(last)), file.size);
	return excerpt(file, 0, first === undefined ? file.size : endOfFirstLines(file, Number(first)));
}

function getService({ positional, named }: Arguments, { host }: Surroundings) {
	const name = named.get('name') ?? positional[0] ?? '';
	const state = name.toLowerCase() === 'codedeployagent' ? agentServiceState(host) : 'not-installed';
	if (state === 'not-installed') {
		return { error: `Get-Service : Cannot find any service with service name '${name}'.` };
	}
	const status = state === 'running' ? 'Running' : 'Stopped';
	const properties = {
		Status: status,
		Name: 'codedeployagent',
		DisplayName: 'AWS CodeDeploy Host Agent Service',
		StartType: state === 'stopped' ? 'Disabled' : 'Automatic',
	};
	return {
		properties,
		text: [
			'',
			'Status   Name               DisplayName',
			'------   ----               -----------',
			`${status.padEnd(8)} codedeployagent    AWS CodeDeploy Host Agent Service`,
			'',
		].join('\n'),
	};
}

function getDate({ named }: Arguments, { now }: Surroundings) {
	if (named.get('uformat') === '%s') return { text: `${Math.floor(now / 1000)}` };
	return { text: `${isoTime(now)}.0000000Z` };
}

function testPath(args: Arguments, { files }: Surroundings) {
	const path = pathOf(args);
	return { text: files.find(path) || files.isFolder(path) ? 'True' : 'False' };
}

function getItem(args: Arguments, { files }: Surroundings) {
	const path = pathOf(args);
	const entry = files.find(path);
	if (entry === undefined) return notFound('Get-Item', path);
	const Length = entry.open().size;
	return { text: `${String(Length).padStart(14)} ${path}`, properties: { Length, FullName: entry.path } };
}

function getChildItem(args: Arguments, { files }: Surroundings) {
	const path = pathOf(args);
	const listed = files.list(path);
	if (listed === undefined) return notFound('Get-ChildItem', path);
	return { text: [...listed.keys()].join('\n') };
}

function getDrive(_args: Arguments, { diskUsedPercent }: Surroundings) {
	const Used = Math.round((diskBytes * diskUsedPercent) / 100);
	const Free = diskBytes - Used;
	const gib = (bytes: number) => (bytes / 1024 ** 3).toFixed(2);
	return {
		properties: { Name: 'C', Used, Free },
		text: [
			'',
			'Name           Used (GB)     Free (GB) Provider      Root',
			'----           ---------     --------- --------      ----',
			`C              ${gib(Used).padStart(9)} ${gib(Free).padStart(13)} FileSystem    C:\\`,
			'',
		].join('\n'),
	};
}
