#!/usr/bin/env node
// An old Node.js has to understand this file well enough to say that it is too old: no syntax and no static import
// here that is newer than Node.js 12.20.
import module from 'node:module';

// An import of one of these would read every property of it, and so load more than is used.
const load = module.createRequire(import.meta.url);
const fs = load('fs');
const os = load('os');
const path = load('path');

const needed = [22, 12];

/** Compiled code is kept where only its owner can put it: a cache in a shared /tmp could be somebody else's. */
function enableCompileCache() {
	try {
		const home = process.platform === 'win32' ? process.env.LOCALAPPDATA : process.env.XDG_CACHE_HOME;
		const folder = home && path.isAbsolute(home) ? home : path.join(os.homedir(), '.cache');
		// A home that is named as nothing would be the current folder, with anybody's code in it.
		if (!path.isAbsolute(folder)) return;
		// Asked to make several folders at once, Node never ends where the system knows no such place, as below /proc.
		makeFolder(folder);
		makeFolder(path.join(folder, 'rollcall'));
		module.enableCompileCache(path.join(folder, 'rollcall'));
	} catch (_error) {
		// No home, no cache: the start takes a few milliseconds longer.
	}
}

function makeFolder(folder) {
	if (!fs.existsSync(folder)) fs.mkdirSync(folder, { mode: 0o700 });
}

/**
 * A pane that is open for hours keeps little and throws away much. Left to itself, V8 lets the heap of an unhurried
 * program grow to several times of what is in use before it looks, and the space for what is new to twice 64 MiB.
 * Asked to look sooner, and to leave that space at a size that still lets most of what is new die in it, half does.
 */
function keepHeapSmall() {
	const v8 = load('v8');
	v8.setFlagsFromString('--heap-growing-percent=20');
	// Both at once cannot be had by a flag: the space may grow until it is large enough, and again when V8 has shrunk it.
	let growth = '2';
	const watch = setInterval(() => {
		const { space_size: size } = v8.getHeapSpaceStatistics().find(space => space.space_name === 'new_space');
		const wanted = size < newSpaceBytes ? '2' : '1';
		if (wanted !== growth) v8.setFlagsFromString(`--semi-space-growth-factor=${wanted}`);
		growth = wanted;
	}, 250);
	watch.unref();
}

/** Of both halves, as it is reported. */
const newSpaceBytes = 16 * 1024 * 1024;

function isTooOld(version) {
	const [major, minor] = version.split('.').map(Number);
	return major < needed[0] || (major === needed[0] && minor < needed[1]);
}

function fail(exitCode, message) {
	process.stderr.write(`${message}\n`);
	process.exitCode = exitCode;
}

function start() {
	if (isTooOld(process.versions.node)) {
		const install = 'Install a newer one from https://nodejs.org/ or with your version manager.';
		fail(2, `rollcall needs Node.js ${needed.join('.')} or newer; this is ${process.version}. ${install}`);
		return;
	}
	if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
		const manifest = fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8');
		process.stdout.write(`${JSON.parse(manifest).version}\n`);
		return;
	}
	keepHeapSmall();
	enableCompileCache();
	const bundle = new URL('../dist/main.js', import.meta.url);
	import(bundle.href).catch(error => {
		if (fs.existsSync(bundle)) throw error;
		// As src/cli/exit-codes.ts has it: a deployment that failed is 1.
		fail(70, 'rollcall is not built yet: run `npm run build` first.');
	});
}

process.env.NODE_ENV = 'production';
start();
