import { plainTime, unixTime, weekday } from '../moments.ts';
import { agentServicePrograms } from './agent-service.ts';
import { filePrograms } from './file-programs.ts';
import { failed, type Outcome, type Program, type Surroundings } from './outcome.ts';

/** The programs of a Linux machine, by name. Each does what a debugging tool asks of it, and no more. */
export const linuxPrograms: Readonly<Record<string, Program>> = {
	...filePrograms,
	...agentServicePrograms,
	date: (args, { now }) => ({ stdout: `${formatted(args, now)}\n` }),
	timedatectl: (_args, surroundings) => ({ stdout: clockReport(surroundings) }),
	df: diskReport,
	uname: (args, surroundings) => ({ stdout: `${systemName(args, surroundings)}\n` }),
	hostname: (_args, surroundings) => ({ stdout: `${hostName(surroundings)}\n` }),
	whoami: () => ({ stdout: 'root\n' }),
	echo: ([first, ...rest]) =>
		first === '-n'
			? { stdout: rest.join(' ') }
			: { stdout: `${[...(first === undefined ? [] : [first]), ...rest].join(' ')}\n` },
	printf: ([format = '', ...values]) => ({ stdout: printed(format, values) }),
	sleep: ([seconds = '0']) => ({ tookMs: Number.parseFloat(seconds) * 1000 }),
	ruby: (_args, { host }) =>
		host.ailment?.agent === 'ruby-missing'
			? failed('sh: 1: ruby: not found', 127)
			: { stdout: 'ruby 3.2.8 (2025-03-26 revision 13f495dc2c) [x86_64-linux]\n' },
	command: ([flag, name = '']) =>
		flag === '-v' && Object.hasOwn(linuxPrograms, name) ? { stdout: `/usr/bin/${name}\n` } : { code: 127 },
	true: () => ({}),
	false: () => ({ code: 1 }),
};

const monthOf = (now: number) => new Date(now).toISOString();

function formatted(args: readonly string[], now: number): string {
	const format = args.find(arg => arg.startsWith('+'))?.slice(1);
	if (format === undefined)
		return args.includes('-Is') ? `${monthOf(now).slice(0, 19)}+00:00` : unixTime(now);
	const iso = new Date(now).toISOString();
	const parts: Readonly<Record<string, string>> = {
		s: String(Math.floor(now / 1000)),
		N: `${iso.slice(20, 23)}000000`,
		Y: iso.slice(0, 4),
		m: iso.slice(5, 7),
		d: iso.slice(8, 10),
		H: iso.slice(11, 13),
		M: iso.slice(14, 16),
		S: iso.slice(17, 19),
		F: iso.slice(0, 10),
		T: iso.slice(11, 19),
		Z: 'UTC',
		z: '+0000',
	};
	return format.replaceAll(/%([a-zA-Z])/g, (all: string, name: string) => parts[name] ?? all);
}

function clockReport({ now, host }: Surroundings): string {
	const isOff = host.ailment?.clockOffsetMs !== undefined;
	const time = `${weekday(now)} ${plainTime(now)}`;
	return [
		`               Local time: ${time} UTC`,
		`           Universal time: ${time} UTC`,
		`                 RTC time: ${time}`,
		'                Time zone: UTC (UTC, +0000)',
		`System clock synchronized: ${isOff ? 'no' : 'yes'}`,
		`              NTP service: ${isOff ? 'inactive' : 'active'}`,
		'          RTC in local TZ: no',
		'',
	].join('\n');
}

const device = '/dev/nvme0n1p1';
const diskKib = 20_959_212;

function diskReport(args: readonly string[], { diskUsedPercent }: Surroundings): Outcome {
	const used = Math.round((diskKib * diskUsedPercent) / 100);
	const paths = args.filter(arg => !arg.startsWith('-'));
	const flags = args.filter(arg => arg.startsWith('-')).join('');
	if (paths.some(path => !path.startsWith('/'))) {
		return failed(`df: ${paths.find(path => !path.startsWith('/'))}: No such file or directory`);
	}
	const [head, row] = flags.includes('i')
		? inodeTable
		: flags.includes('h')
			? humanDisk(used, diskUsedPercent)
			: [
					`Filesystem     ${flags.includes('P') ? '1024-blocks' : '1K-blocks'}     Used Available ${flags.includes('P') ? 'Capacity' : 'Use%'} Mounted on`,
					`${device}   ${diskKib} ${used} ${diskKib - used}     ${diskUsedPercent}% /`,
				];
	const rows = Array.from({ length: Math.max(1, paths.length) }, () => row);
	return { stdout: `${[head, ...rows].join('\n')}\n` };
}

/** Logs fill a disk, and not its table of files. */
const inodeTable = [
	'Filesystem      Inodes  IUsed    IFree IUse% Mounted on',
	`${device} 10484672 128731 10355941    2% /`,
] as const;

function humanDisk(usedKib: number, percent: number): readonly [string, string] {
	const gib = (kib: number) => {
		const size = kib / 1024 / 1024;
		return size === 0 ? '0' : `${size < 10 ? size.toFixed(1) : Math.round(size)}G`;
	};
	const cells = [gib(diskKib), gib(usedKib), gib(diskKib - usedKib)].map(cell => cell.padStart(5)).join(' ');
	return [
		'Filesystem      Size  Used Avail Use% Mounted on',
		`${device} ${cells} ${String(percent).padStart(3)}% /`,
	];
}

function systemName(args: readonly string[], surroundings: Surroundings): string {
	const release = '6.1.112-124.190.amzn2023.x86_64';
	switch (args[0]) {
		case '-a':
			return `Linux ${hostName(surroundings)} ${release} #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux`;
		case '-r':
			return release;
		case '-m':
			return 'x86_64';
		case '-n':
			return hostName(surroundings);
		default:
			return 'Linux';
	}
}

function hostName({ host, world }: Surroundings): string {
	return `ip-${host.machine.privateIp.replaceAll('.', '-')}.${world.region}.compute.internal`;
}

/** The format is used as often as it takes to use all values up. */
function printed(format: string, values: readonly string[]): string {
	const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };
	const places = format.match(/%[sd]/g)?.length ?? 0;
	const left = [...values];
	let text = '';
	do {
		text += format
			.replaceAll(/\\([ntr\\])/g, (_all, name: string) => escapes[name] ?? '')
			.replaceAll(/%([sd%])/g, (_all, name: string) => (name === '%' ? '%' : (left.shift() ?? '')));
	} while (places > 0 && left.length > 0);
	return text;
}
