import { errorLineIndexes, type LogLine } from '../../domain/log-tail.ts';
import { failedEvent } from '../../domain/target.ts';
import type { Evidence } from '../finding.ts';
import { showScriptsLog } from '../host.ts';
import { outputInFile, outputOf } from '../script-output.ts';
import { baseName, withoutArchive } from '../words.ts';
import {
	type ExaminedHost,
	type Found,
	type HostJudge,
	notApplicable,
	pending,
	problem,
	unanswered,
	unknown,
} from './found.ts';

const mostLines = 5;

/** What the failing script printed last that looks like an error: from the host's file, else from the end that the API shows. */
export const judgeScriptsLog: HostJudge = host => {
	const snapshot = host.of.targets.get(host.target);
	const event = snapshot && failedEvent(snapshot);
	if (snapshot === undefined || event === undefined) return notApplicable('no event failed here');
	const { scriptName = '', logTail = '', message = '' } = event.diagnostics ?? {};
	const script = scriptName || host.spot.script;
	if (script === '') return notApplicable('no script failed here');
	if (neverRan.test(message)) return notApplicable(`${baseName(script)} never ran`);
	const { scriptsLog, unread } = host.logs;
	const tail = printed(outputOf(logTail, script).lines);
	const file = scriptsLog === undefined ? [] : printed(outputInFile(scriptsLog, event.name, script).lines);
	const lines = file.length > 0 ? file : tail;
	if (lines.length > 0) return judge(host, script, lines, file.length > 0);
	if (scriptsLog === undefined) return unread?.scriptsLog ? unanswered(unread.scriptsLog) : pending;
	return unknown(`${baseName(script)} printed nothing, or its output is gone`);
};

/** The agent did not come to run it (AWS CodeDeploy agent: hook executor). */
const neverRan = /^Script does not exist at |^Unable to set script at | failed with error /;

const printed = (lines: readonly LogLine[]): readonly LogLine[] =>
	lines.filter(({ text }) => text.trim() !== '');

function judge(host: ExaminedHost, script: string, lines: readonly LogLine[], isFile: boolean): Found {
	const marked = errorLineIndexes(lines).flatMap(index => lines[index] ?? []);
	const telling = (marked.length > 0 ? marked : lines).slice(-mostLines);
	const evidence = telling.map(
		({ text }): Evidence => ({ source: isFile ? 'host' : 'log', text: text.trim(), where: host.target }),
	);
	const last = telling.at(-1)?.text.trim() ?? '';
	const finding = host.findings.find(
		({ targets, severity }) => targets.includes(host.target) && severity !== 'info',
	);
	return problem(`${baseName(script)}: ${withoutArchive(last)}`, evidence, {
		steps: finding?.remedy.steps ?? ['Read what the script printed last, correct it and deploy again.'],
		commands: finding?.remedy.commands ?? [showScriptsLog(host.spot)],
	});
}
