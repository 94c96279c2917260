import { expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { protectCommand } from '../../src/diagnosis/preflight/protect-command.ts';
import type { ProtectionWish } from '../../src/domain/protection.ts';

/** The commands that a preflight names are those that there are. */

const place = { application: 'checkout-api', name: 'prod-blue', region: 'eu-west-1', profile: 'prod' };

test.each<ProtectionWish>([
	{ autoRollback: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
	{ autoRollback: ['DEPLOYMENT_STOP_ON_REQUEST'] },
	{ autoRollback: 'off' },
	{ attach: ['errors', 'slow'] },
	{ detach: ['errors'], ignorePollAlarmFailure: false },
	{ ignorePollAlarmFailure: true },
])('%j', wish => {
	const [program, ...words] = protectCommand(place, wish).split(' ');
	expect(program).toBe('rollcall');
	expect(parseArguments(words, '1.2.3')).toMatchObject({
		type: 'protect',
		subject: { application: 'checkout-api', group: 'prod-blue' },
		wish,
		common: { region: 'eu-west-1', profile: 'prod' },
	});
});
