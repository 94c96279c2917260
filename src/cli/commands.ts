/**
 * The commands that explain or act, loaded together. Each by itself would share most of what it needs with the others in
 * dozens of small files, and to find and link these takes longer than to load the few that are not asked for.
 */
export { deploy } from './deploy.ts';
export { diagnose } from './diagnose.ts';
export { doctor } from './doctor.ts';
export { fleet } from './fleet.ts';
export { history } from './history.ts';
export { pick } from './pick.ts';
export { preflight } from './preflight.ts';
export { protect } from './protect.ts';
export { wait } from './wait.ts';
export { watch } from './watch.ts';
