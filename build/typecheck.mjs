/** Type checks the projects. Each has its own world: the engine knows no Node, what runs in browsers neither, the panel no `vscode`. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const projects = ['engine', 'engine/workers', 'engine/web', 'extension', 'extension/web', 'webview', 'test'];

/** Resolves to the compiler's complaints, empty when there are none. */
export function typecheck(project) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, '-p', project],
      { cwd: root, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        resolve(error === null ? '' : `${stdout}${stderr}` || String(error));
      },
    );
  });
}

if (process.argv[1] === import.meta.filename) {
  for (const project of projects) {
    const complaints = await typecheck(project);
    console.log(`${project}: ${complaints === '' ? 'no errors' : `\n${complaints}`}`);
    if (complaints !== '') process.exitCode = 1;
  }
}
