import type { Failure } from '../case.ts';
import { docs } from '../docs.ts';
import { onLinux, showScriptsLog } from '../host.ts';
import { scriptName, sentence, shorten } from '../words.ts';
import type { LogRule, LogVerdict } from './application.ts';

/** Databases: those that cannot be reached, and those that refuse a statement. */

/** Ports that databases listen on; a connection that is refused elsewhere is not to one. */
const databasePorts = '(?:1433|1521|3306|5432|6379|9042|27017)';

const unreachable: readonly RegExp[] = [
	/\bconnection to server at "(?<host>[^"]+)"(?: \([^)]*\))?, port (?<port>\d+) failed: (?:Connection refused|Connection timed out|timeout expired|No route to host)/,
	/\bcould not connect to server: (?:Connection refused|Connection timed out|No route to host)/,
	/\bcould not translate host name "(?<host>[^"]+)" to address/,
	/\bERROR 200[23] \(HY000\)/,
	/\bSQLSTATE\[HY000\] \[2002\]/,
	/\bCan't connect to (?:local )?MySQL server\b/,
	new RegExp(`\\b(?:ECONNREFUSED|ETIMEDOUT) (?<host>[\\w.:-]+):(?<port>${databasePorts})\\b`),
	/\bMongo(?:Network|ServerSelection)Error\b/,
	/\bCommunications link failure\b/,
	/\bCould not connect to Redis at (?<host>[\w.-]+):(?<port>\d+): (?:Connection refused|Name or service not known)/,
	/\bORA-12(?:541|514|170)\b/,
	/\bP1001\b.*\bCan't reach database server\b/,
];

const refused: readonly RegExp[] = [
	/^(?:sqlite3|django\.db\.utils|sqlalchemy\.exc|psycopg2\.errors|psycopg\.errors|pymysql\.err|MySQLdb)\S*\.?\w*(?:Error|UndefinedTable|UndefinedColumn|DuplicateTable|DuplicateColumn|UniqueViolation): /,
	/^(?:sqlite3|django\.db\.utils|sqlalchemy\.exc|psycopg2\.errors|psycopg\.errors|pymysql\.err)\.(?<what>\w+): /,
	/\bActiveRecord::(?:StatementInvalid|PendingMigrationError|NotNullViolation|RecordNotUnique)\b/,
	/^psql:\S+:\d+: ERROR: {1,2}\S/,
	/\bERROR 1(?:05[0-9]|06[0-9]|146|364) \(\w+\) at line \d+/,
	/\bSQLSTATE\[(?:42|23)\w+\]/,
	/\bFlyway(?:Migrate|Validate)?Exception\b/,
	/\bliquibase\.exception\.\w+Exception\b/,
	/^alembic\.util\.exc\.CommandError\b/,
	/\bError: P30(?:0[0-9]|1[0-9])\b/,
	/^migration "?[^"]+"? failed\b/i,
];

export const databaseLogs: readonly LogRule[] = [
	{
		patterns: unreachable,
		say: (failure, match) => {
			const { host, port } = match.groups ?? {};
			const where = host === undefined ? 'its database' : `${host}${port === undefined ? '' : `:${port}`}`;
			return {
				cause: 'database-unreachable',
				title: shorten(
					host === undefined
						? 'The database cannot be reached'
						: `The database at ${where} cannot be reached`,
					60,
				),
				why: `A program that ${scriptName(failure.script)} runs could not connect to ${where}. The database is down, the address is wrong in this environment, or a security group does not let the host in.`,
				steps: [
					'See that the address in the configuration is the one of this environment.',
					'See that the database runs, and that its security group lets these hosts in.',
				],
				commands: reach(failure, host, port),
				docs: docs.troubleshootHosts,
			};
		},
	},
	{ patterns: refused, say: failure => migrationFailed(failure) },
];

function migrationFailed(failure: Failure): LogVerdict {
	const words = [failure.script, ...failure.lines.map(({ text }) => text)].join('\n');
	return {
		cause: 'database-migration-failed',
		title: 'The database refused a statement',
		why: `${sentence(scriptName(failure.script))} ran a statement that the database refused; its message names the table or column. The schema is not in the state that the statement expects.`,
		confidence: /migrat|alembic|flyway|liquibase|schema/i.test(words) ? 'certain' : 'likely',
		steps: [
			'Compare the schema with the migrations that have run: one was skipped, or ran twice because every host runs it.',
			'Run migrations from one place only, before the rollout.',
			'Correct the migration and deploy again.',
		],
		commands: [showScriptsLog(failure)],
		docs: docs.appSpecHooks,
	};
}

function reach(failure: Failure, host: string | undefined, port: string | undefined): readonly string[] {
	if (host === undefined || port === undefined || !/^[\w.-]+$/.test(host)) return [showScriptsLog(failure)];
	return onLinux(failure, `timeout 5 bash -c '</dev/tcp/${host}/${port}' && echo reachable`);
}
