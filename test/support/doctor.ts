import type { Command, Subject } from '../../src/cli/command.ts';
import { doctor } from '../../src/cli/doctor.ts';
import { asDeploymentId, asTargetId } from '../../src/domain/ids.ts';
import type { ScenarioName, Simulator } from '../../src/simulator/simulator.ts';
import type { DoctorDocument } from '../../src/view/doctor-json.ts';
import { runCommand, type Told } from './run-command.ts';

export type Asked = {
	/** How long the story has been going on, in seconds; by default until it is over. */
	readonly after?: number;
	readonly target?: string;
	readonly deploymentId?: string;
	readonly hostCommands?: boolean;
	readonly readOnly?: boolean;
	readonly format?: 'text' | 'json';
	/** Instead of an id. */
	readonly subject?: Subject;
	readonly prepare?: (simulator: Simulator) => void;
	readonly awsAheadMs?: number;
};

/** `rollcall doctor` on a story, in virtual time. */
export const runDoctor = (scenario: ScenarioName, asked: Asked = {}): Promise<Told> =>
	runCommand(
		scenario,
		{
			after: asked.after ?? 600,
			awsAheadMs: asked.awsAheadMs ?? 0,
			...(asked.prepare && { prepare: asked.prepare }),
		},
		(parts, simulator) => {
			const command: Extract<Command, { type: 'doctor' }> = {
				type: 'doctor',
				subject: asked.subject ?? {
					deploymentId: asDeploymentId(asked.deploymentId ?? simulator.deploymentId),
				},
				format: asked.format ?? 'json',
				hostCommands: asked.hostCommands ?? true,
				common: { readOnly: asked.readOnly ?? false, ascii: false, protect: [] },
				...(asked.target !== undefined && { target: asTargetId(asked.target) }),
			};
			return doctor(command, parts);
		},
	);

/** The JSON of a run. */
export const documentOf = ({ stdout }: Told): DoctorDocument => JSON.parse(stdout);
