import { t } from '../../base/l10n.ts';
import { serveClient, servePort } from '../dap/serve.ts';

/** `retrograd dap`: a debug adapter for any editor that speaks the protocol. */
export async function dap(port: number | null): Promise<void> {
  if (port === null) return serveClient(process.stdin, process.stdout);
  const server = await servePort(port);
  process.stderr.write(`${t('Waiting for debug clients on 127.0.0.1:{0}', server.port)}\n`);
}
