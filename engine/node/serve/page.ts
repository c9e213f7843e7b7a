import type { ServerResponse } from 'node:http';
import type { ToPanel } from '../../protocol/panel.ts';
import { PanelTasks, type TaskSurroundings } from '../../workers/tasks/panel-tasks.ts';

/** What a page is told before its stream of events is there. More is not kept: the stream begins with a whole snapshot. */
const mostWaiting = 100;

/** One page of the browser: what it asks for is answered to it alone, for each numbers its requests by itself. */
export class Page {
  readonly tasks: PanelTasks;
  #stream: ServerResponse | null = null;
  #waiting: ToPanel[] = [];

  constructor(around: Omit<TaskSurroundings, 'send'>) {
    this.tasks = new PanelTasks({ ...around, send: this.send });
  }

  /** Whether anybody listens. */
  get isOpen(): boolean {
    return this.#stream !== null;
  }

  readonly send = (message: ToPanel): void => {
    if (this.#stream) this.#stream.write(`data: ${JSON.stringify(message)}\n\n`);
    else if (this.#waiting.length < mostWaiting) this.#waiting.push(message);
  };

  /** Whether this is the stream that it is told by: of several, the last. */
  hears(stream: ServerResponse): boolean {
    return this.#stream === stream;
  }

  /** A stream that broke off is opened anew by the browser. */
  listen(stream: ServerResponse): void {
    this.#stream = stream;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) this.send(message);
  }

  dispose(): void {
    this.tasks.dispose();
    this.#stream?.end();
    this.#stream = null;
  }
}
