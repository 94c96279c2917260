import type { AuditEntry, AuditTrail } from '../../src/actions/audit.ts';
import type { ShellProgram } from '../../src/ui/run-shell.ts';
import type { KeepReport } from '../../src/view/report.ts';

/** What a program would leave on the disk, in memory. */
export type TestRecords = {
	readonly audited: AuditEntry[];
	/** The incident reports that were written. */
	readonly reports: string[];
	readonly audit: AuditTrail;
	readonly keepReport: KeepReport;
	readonly version: string;
};

/** A line about a stop that was accepted. */
export const stopEntry: AuditEntry = {
	time: '2026-11-23T12:01:00.000Z',
	outcome: 'accepted',
	detail: 'hooks that run end first',
	action: 'Stop and roll back',
	command: 'aws deploy stop-deployment --deployment-id d-9FG52BI40 --auto-rollback-enabled',
	deploymentId: 'd-9FG52BI40',
	application: 'checkout-api',
	group: 'prod-blue',
	region: 'eu-west-1',
	endpoint: '',
	account: '123456789012',
	identity: 'arn:aws:sts::123456789012:assumed-role/Engineer/kim',
};

/** As on a machine without the AWS CLI. */
export const noShell: ShellProgram = async () => ({ type: 'not-started', code: 'ENOENT' });

export function createRecords(): TestRecords {
	const audited: AuditEntry[] = [];
	const reports: string[] = [];
	return {
		audited,
		reports,
		audit: {
			write: entry => void audited.push(entry),
			read: id => audited.filter(({ deploymentId }) => deploymentId === id),
		},
		keepReport(id, text) {
			reports.push(text);
			return `~/reports/${id}.md`;
		},
		version: '0.0.0-test',
	};
}
