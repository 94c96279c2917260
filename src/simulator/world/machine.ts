import type { Random } from '../../lib/random.ts';
import { between, drawText } from './chance.ts';

/** What EC2 knows of a machine, and what was put on it when it was made. */
export type Machine = {
	/** Its Name tag. */
	readonly name: string;
	/** Availability Zone. */
	readonly zone: string;
	readonly instanceType: string;
	readonly imageId: string;
	readonly launchedAt: number;
	readonly privateIp: string;
	readonly platform: 'linux' | 'windows';
	/** Of the CodeDeploy agent, as its `.version` file has it; from 2 on it is another program. */
	readonly agentVersion: string;
	readonly instanceProfile: string | undefined;
	readonly autoScalingGroup: string | undefined;
	/** When it was added to CodeDeploy's register of on-premises instances; undefined: it is an EC2 instance. */
	readonly registeredAt: number | undefined;
	/** The other tags, by which the deployment group finds it. */
	readonly tags: Readonly<Record<string, string>>;
};

/** In what some machines differ from the others. */
export type MachineChange = Partial<Machine>;

export type FleetFacts = {
	/** Names of the machines begin with it. */
	readonly application: string;
	readonly region: string;
	readonly hosts: number;
	readonly imageId: string;
	readonly instanceProfile: string;
	readonly autoScalingGroup: string | undefined;
	readonly tags: Readonly<Record<string, string>>;
	/** When the world begins: by then the fleet has served for weeks. */
	readonly startAt: number;
};

const dayMs = 86_400_000;
const zones = 'abc';

const usualAgent = 'OFFICIAL_1.8.1-6_rpm';

/** The machine with this number in a fleet. */
export function drawMachine(random: Random, fleet: FleetFacts, number: number): Machine {
	const digits = Math.max(2, String(fleet.hosts - 1).length);
	return {
		name: `${fleet.application}-${String(number).padStart(digits, '0')}`,
		zone: `${fleet.region}${zones.charAt(number % zones.length)}`,
		instanceType: number % 5 === 4 ? 'm6a.large' : 'm6i.large',
		imageId: fleet.imageId,
		launchedAt: Math.round(fleet.startAt - between(random, 20, 45) * dayMs),
		privateIp: drawPrivateIp(random, number),
		platform: 'linux',
		agentVersion: usualAgent,
		instanceProfile: fleet.instanceProfile,
		autoScalingGroup: fleet.autoScalingGroup,
		registeredAt: undefined,
		tags: fleet.tags,
	};
}

/** The same as a machine of the team's own, in a rack: EC2 does not know it, and it has no role. */
export function inRack(machine: Machine, name: string): Machine {
	const { launchedAt } = machine;
	return {
		...machine,
		name,
		instanceProfile: undefined,
		autoScalingGroup: undefined,
		registeredAt: launchedAt,
	};
}

/** A machine made later, from the same template. */
export function relaunched(machine: Machine, number: number, at: number, random: Random): Machine {
	return { ...machine, launchedAt: at, privateIp: drawPrivateIp(random, number) };
}

export function drawImageId(random: Random): string {
	return `ami-0${drawText(random, '0123456789abcdef', 16)}`;
}

export function agentGeneration({ agentVersion }: Machine): 1 | 2 {
	return /^\d/.test(agentVersion) && Number.parseInt(agentVersion, 10) >= 2 ? 2 : 1;
}

/** Each zone has its own subnet. */
function drawPrivateIp(random: Random, number: number): string {
	const subnet = 16 * (number % zones.length) + Math.floor(random() * 16);
	return `10.20.${subnet}.${4 + Math.floor(random() * 250)}`;
}
