import { LineTable } from '../../base/span.ts';
import { replyTo } from '../../explain/reply.ts';
import { rulePage } from '../../explain/health/rule-page.ts';
import type { ToHost, ToPanel } from '../../protocol/panel.ts';
import type { PanelTasks } from '../../workers/tasks/panel-tasks.ts';
import type { LiveFile } from './live-file.ts';

interface Replies {
  readonly tasks: PanelTasks;
  readonly send: (message: ToPanel) => void;
  readonly sendSnapshot: () => void;
  readonly sendComparison: () => void;
  readonly say: (text: string) => void;
}

/** Answers the panel as the editor would; what moves a cursor there is a place in the terminal here. */
export function answer(
  message: ToHost,
  live: LiveFile,
  { tasks, send, sendSnapshot, sendComparison, say }: Replies,
): void {
  const { presenter } = live;
  switch (message.type) {
    case 'ready':
      if (message.view) {
        presenter.choose(message.view.model, message.view.granularity, message.view.opened);
        presenter.chooseElement(message.view.element);
      }
      sendSnapshot();
      send({ type: 'comparison', state: live.comparison });
      return send({ type: 'training', state: live.training.state });
    case 'ask':
      return send(replyTo(message, presenter, presenter.snapshot()));
    case 'beginTask':
      return tasks.begin(message);
    case 'stopTask':
      return tasks.stop(message.request);
    case 'writeBack':
      for (const { text, place, to } of tasks.toWrite(message.request)) {
        const { line, column } = new LineTable(text).positionAt(place.span.start);
        say(`${place.file}:${line}:${column}: ${place.text} → ${to}`);
      }
      return;
    case 'reveal': {
      const source = presenter.sourceOf(message.node);
      const view = presenter.view;
      if (!source || !view) return;
      const { line, column } = view.lines(source.file).positionAt(source.span.start);
      return say(`${source.file}:${line}:${column}`);
    }
    case 'revealProblem': {
      const problem = presenter.snapshot().problems[message.index];
      return problem && say(`${problem.file}:${problem.line}:${problem.column}: ${problem.message}`);
    }
    case 'revealFinding': {
      const source = presenter.view?.findings()[message.index]?.source;
      if (!source) return;
      const { line, column } = presenter.view.lines(source.file).positionAt(source.span.start);
      return say(`${source.file}:${line}:${column}`);
    }
    case 'openRulePage': {
      const finding = presenter.view?.findings()[message.index];
      return finding && say(rulePage(finding.rule));
    }
    case 'choose':
      presenter.choose(message.model, message.granularity, message.opened);
      return sendSnapshot();
    case 'element':
      presenter.chooseElement(message.element);
      return sendSnapshot();
    case 'run':
      return void live.run();
    case 'stop':
      return live.runner.stop();
    case 'training':
      return live.training.move(message.move);
    case 'compareStep':
      live.compareStep();
      return sendComparison();
    case 'endComparison':
      live.endComparison();
      return sendComparison();
    // Trust, stepping through and exporting are the editor's: here nothing begins them.
    case 'manageTrust':
    case 'debug':
    case 'seek':
    case 'picture':
    case 'seekNode':
      return;
  }
}
