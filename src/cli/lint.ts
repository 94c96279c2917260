import path from 'node:path';
import { sanitizeLine } from '../lib/sanitize.ts';
import { displayWidth } from '../lib/width.ts';
import { type BundleReader, BundleRefused } from '../lint/bundle.ts';
import { brokenArchive, type LintResult, lintBundle } from '../lint/lint-bundle.ts';
import { BrokenArchive } from '../lint/readers/archive.ts';
import { lintDocument } from '../lint/report/document.ts';
import { type Fixed, type LintReport, localCommandFor } from '../lint/report/report.ts';
import { lintSarif } from '../lint/report/sarif.ts';
import { lintLines } from '../lint/report/text.ts';
import { toAscii } from '../view/glyphs.ts';
import type { Command } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { fixScripts } from './fix-scripts.ts';
import { openBundle } from './open-bundle.ts';
import type { WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

type LintCommand = Extract<Command, { type: 'lint' }>;

/**
 * `rollcall lint`: looks through a bundle and prints what would make its deployment fail. Ends with 1 when there is an
 * error. Asks AWS only for a bundle in S3. Throws UsageError for what is no bundle, or beyond the limits, and NoAwsError.
 */
export async function lint(
	command: LintCommand,
	parts: WatchParts & { readonly version: string },
): Promise<ExitCode> {
	const { bundle, format, common } = command;
	const { io } = parts;
	const before = await look(command, parts);
	if (io.signal.aborted) return exitCodes.succeeded;
	const fixed = command.fix ? await mend(bundle, before) : [];
	const result = fixed.length > 0 ? await look(command, parts) : before;
	const location = sanitizeLine(bundle);
	const report: LintReport = { location, result, fixed, localCommand: localCommandFor(location, result) };
	if (format === 'json') io.out(`${JSON.stringify(lintDocument(report), undefined, 2)}\n`);
	else if (format === 'sarif') io.out(`${JSON.stringify(lintSarif(report, parts.version), undefined, 2)}\n`);
	else for (const line of lintLines(report)) io.out(`${common.ascii ? toAscii(line, displayWidth) : line}\n`);
	return result.findings.some(({ severity }) => severity === 'error')
		? exitCodes.failed
		: exitCodes.succeeded;
}

async function look(command: LintCommand, parts: WatchParts): Promise<LintResult> {
	let reader: BundleReader | undefined;
	try {
		reader = await openBundle(command, parts);
		return await lintBundle(reader, command.platform);
	} catch (error) {
		if (error instanceof BrokenArchive) return brokenArchive(path.basename(command.bundle), error.message);
		if (error instanceof BundleRefused)
			throw new UsageError(sanitizeLine(`${command.bundle}: ${error.message}`));
		throw error;
	} finally {
		await reader?.close();
	}
}

async function mend(bundle: string, { kind, scripts }: LintResult): Promise<readonly Fixed[]> {
	if (kind === 'folder') return fixScripts(bundle, scripts);
	throw new UsageError(
		'--fix mends folders only: mend the folder that the bundle was packed from, and pack it again',
	);
}
