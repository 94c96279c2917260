import type { HostCommandResult } from './host-command.ts';

/** Reads what the commands of the known set print: facts only, and nothing is made up from what cannot be read. */

type Output = Pick<HostCommandResult, 'stdout' | 'stderr'>;

export type AgentService = {
	readonly state: 'running' | 'stopped' | 'failed' | 'starting' | 'not-installed' | 'unknown';
	/** Whether it starts by itself when the host does. */
	readonly enabled?: boolean;
	/** What it wrote last, of a service that does not run, where the service manager shows it. */
	readonly lastWords?: string;
};

type ServiceWord = readonly [pattern: RegExp, state: AgentService['state']];

/** systemd, the older service script, and Windows, in this order. */
const serviceWords: readonly ServiceWord[] = [
	[/^\s*Active: active/m, 'running'],
	[/^\s*Active: failed/m, 'failed'],
	[/^\s*Active: (activating|reloading)/m, 'starting'],
	[/^\s*Active: /m, 'stopped'],
	[/could not be found|unrecognized service|Cannot find any service/i, 'not-installed'],
	[/agent is running as PID|agent\S* .*is running/i, 'running'],
	[/No AWS CodeDeploy agent running|is stopped|not running/i, 'stopped'],
	[/^Status\s*: Running/m, 'running'],
	[/^Status\s*: StartPending/m, 'starting'],
	[/^Status\s*: /m, 'stopped'],
];

/** Of `systemctl status`, `service … status` or `Get-Service`. */
export function readAgentService({ stdout, stderr }: Output): AgentService {
	const text = `${stdout}\n${stderr}`;
	const state = serviceWords.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
	const enabled =
		/^\s*Loaded: .*?;\s*(?<word>enabled|disabled|masked)/m.exec(text)?.groups?.word ??
		/^StartType\s*: (?<word>\w+)/m.exec(text)?.groups?.word;
	const lastWords = state === 'running' ? undefined : readJournal(stdout).at(-1);
	return {
		state,
		...(enabled !== undefined && { enabled: /^(enabled|Automatic)/.test(enabled) }),
		...(lastWords !== undefined && { lastWords }),
	};
}

/** The lines of the journal that `systemctl status` shows, below an empty one; without those of systemd itself. */
function readJournal(stdout: string): readonly string[] {
	const lines = stdout.split('\n');
	const from = lines.findIndex(line => line.trim() === '');
	if (!lines.some(line => /^\s*Active: /.test(line)) || from < 0) return [];
	return lines.slice(from + 1).flatMap(line => {
		const said = /(?<who>[\w.@-]+)\[\d+\]: (?<text>\S.*)$/.exec(line)?.groups;
		return said?.text === undefined || said.who === 'systemd' ? [] : [said.text.trimEnd()];
	});
}

export type AgentVersion = { readonly version: string; readonly generation: 1 | 2 };

/** Of the agent's file `.version`: `agent_version: OFFICIAL_1.7.0-92_rpm`, `agent_version: 2.0.0`. */
export function readAgentVersion(stdout: string): AgentVersion | undefined {
	const version = /agent_version:\s*(?:[A-Z]+_)?(?<version>\d+\.[\d.]+(?:-\d[\d.]*)?)/.exec(stdout)?.groups
		?.version;
	return version === undefined ? undefined : { version, generation: /^[01]\./.test(version) ? 1 : 2 };
}

export type DiskUsage = {
	/** Where it is mounted, or the letter of the drive. */
	readonly mount: string;
	/** Inodes can run out while there is space left. */
	readonly of: 'space' | 'inodes';
	readonly usedPercent: number;
};

/** Of `df -hP; df -iP`, or of Get-PSDrive as a list. */
export function readDiskUsage(stdout: string): readonly DiskUsage[] {
	let of: DiskUsage['of'] = 'space';
	const usage: DiskUsage[] = [];
	for (const line of stdout.split('\n')) {
		if (line.startsWith('Filesystem')) of = /\bI(nodes|Use%)/.test(line) ? 'inodes' : 'space';
		const { percent, mount } = /\s(?<percent>\d+)%\s+(?<mount>\/.*)$/.exec(line.trimEnd())?.groups ?? {};
		if (mount !== undefined) usage.push({ mount, of, usedPercent: Number(percent) });
	}
	return usage.length > 0 ? usage : readDrives(stdout);
}

function readDrives(stdout: string): readonly DiskUsage[] {
	const drives = stdout.matchAll(
		/^Name\s*: (?<mount>\S+)\s*\nUsed\s*: (?<used>\d+)\s*\nFree\s*: (?<free>\d+)/gm,
	);
	return [...drives].flatMap(({ groups = {} }) => {
		const used = Number(groups.used);
		const size = used + Number(groups.free);
		if (groups.mount === undefined || size === 0) return [];
		return [
			{ mount: `${groups.mount}:`, of: 'space' as const, usedPercent: Math.round((used / size) * 100) },
		];
	});
}

export type HostClock = {
	/** Epoch milliseconds at which the command ran, by the host's own clock, to the second. */
	readonly at: number;
	/** Whether anything keeps it right; absent where the host does not say. */
	readonly synchronized?: boolean;
};

/** Of `date -u` and `timedatectl`, or of Get-Date and `w32tm`. */
export function readHostClock(stdout: string): HostClock | undefined {
	const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/m.exec(stdout)?.[0];
	const at = Date.parse(written ?? '');
	if (Number.isNaN(at)) return undefined;
	const word =
		/(?:System clock|NTP) synchronized: (?<word>yes|no)/.exec(stdout)?.groups?.word ??
		(/^Source: /m.test(stdout)
			? /^Source: (Local CMOS|Free-running)/m.test(stdout)
				? 'no'
				: 'yes'
			: undefined);
	return word === undefined ? { at } : { at, synchronized: word === 'yes' };
}
