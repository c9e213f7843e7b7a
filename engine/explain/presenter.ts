import type { ModulePath, NodeId } from '../base/brand.ts';
import { LineTable, type Offset, type Span } from '../base/span.ts';
import type { PanelSnapshot, PanelStatus, ProblemView } from '../protocol/panel.ts';
import type { Answer, Question } from '../protocol/questions.ts';
import type { RunResult } from '../protocol/worker.ts';
import type { Problem } from '../base/problem.ts';
import type { Trace } from '../trace/format.ts';
import { answerTo } from './answers.ts';
import { nodeAtOffset, nodeNamed } from './find-node.ts';
import { buildGraph } from './graph.ts';
import type { Examination } from './health/findings.ts';
import { type LossesOf, RunFindings } from './health/of-run.ts';
import { shownFindings } from './health/shown.ts';
import type { FindingView, ShownFinding } from './health/view.ts';
import { hoverMarkdown } from './hover.ts';
import { inlaysOf } from './inlays.ts';
import { formatNumber } from './numbers.ts';
import { PassView } from './pass-view.ts';
import type { Card, Granularity, GraphView, InlayView, ModelSummary, SourceRef } from './view.ts';

/**
 * What is known of the file that is being worked on, as panel, hover, hints and terminal ask for it. Keeps the last good
 * graph while a run is under way or has failed.
 */
export class Presenter {
  #trace: Trace | null = null;
  /** Shown in place of the live run's. */
  #instead: Trace | null = null;
  #problems: readonly Problem[] = [];
  #texts = new Map<ModulePath, string>();
  #status: PanelStatus = { kind: 'empty' };
  #file: ModulePath | null = null;
  #sequence = 0;
  #model: string | null = null;
  #granularity: Granularity = 'named';
  #opened: readonly NodeId[] = [];
  #element: string | null = null;
  #view: PassView | null = null;
  #graph: GraphView | null = null;
  #examination: Examination | null = {};
  #lossesOf: LossesOf = () => null;
  #findings = new WeakMap<Trace, RunFindings>();
  #shownFindings: readonly ShownFinding[] | null = null;

  /** What is shown: the last good run's, or another one in its place. */
  get trace(): Trace | null {
    return this.#instead ?? this.#trace;
  }

  /** Shows another trace of the same program, of a step of its training, until it is taken back. Null: the live run's again. */
  showInstead(trace: Trace | null): void {
    if (trace === this.#instead) return;
    this.#instead = trace;
    this.#reset();
    this.#sequence++;
  }

  /** Who knows of training: asked when a run is examined for the first time. */
  lossesFrom(lossesOf: LossesOf): void {
    this.#lossesOf = lossesOf;
  }

  /** What of health is looked for from now on; null for nothing. */
  examineWith(examination: Examination | null): void {
    this.#examination = examination;
    this.#findings = new WeakMap();
    this.#reset();
    this.#sequence++;
  }

  /** What is sick in all passes of a run, worked out once. */
  findingsIn(trace: Trace): readonly FindingView[] {
    return this.#findingsOf(trace).all;
  }

  /** A run has begun. The graph of another file is let go; that of the same one stays until the run is done. */
  begin(file: ModulePath): void {
    if (file !== this.#file) this.#forget();
    this.#setStatus({ kind: 'running' }, file);
  }

  /** A run is done. Without a new trace the last good one stays, marked stale. */
  finish({ trace, problems, files }: RunResult): void {
    this.#problems = problems;
    this.#texts = new Map(files.map(({ path, text }) => [path, text]));
    const failed = problems.some(({ severity }) => severity === 'error');
    if (trace && (!failed || !this.#trace)) {
      this.#trace = trace;
      this.#reset();
    }
    const kind = !failed ? (trace ? 'live' : 'empty') : this.#trace ? 'stale' : 'failed';
    this.#setStatus({ kind }, this.#file);
  }

  setStatus(status: PanelStatus, file: ModulePath | null): void {
    if (file !== this.#file || status.kind === 'untrusted' || status.kind === 'unasked' || status.kind === 'empty')
      this.#forget();
    this.#setStatus(status, file);
  }

  choose(model: string | null, granularity: Granularity, opened: readonly NodeId[]): void {
    this.#model = model;
    this.#granularity = granularity;
    this.#opened = opened;
    this.#reset();
    this.#sequence++;
  }

  /**
   * Follows one element, `W1[2,0]`, until it is told to follow none: over runs too, by its name and index. While a run has no
   * such element, everything is shown as without one.
   */
  chooseElement(query: string | null): void {
    if (query === this.#element) return;
    this.#element = query;
    this.#reset();
    this.#sequence++;
  }

  snapshot(): PanelSnapshot {
    this.#graph ??= this.#chosen() ? buildGraph(this.#chosen()!) : null;
    const view = this.#chosen();
    if (this.#examination !== null) this.#shownFindings ??= view && shownFindings(view, view.findings());
    return {
      sequence: this.#sequence,
      status: this.#status,
      file: this.#file,
      graph: this.#graph,
      problems: this.#problems.map((problem) => this.#problemView(problem)),
      findings: this.#shownFindings,
      findingsElsewhere: view ? this.#elsewhere(view.pass.name) : [],
    };
  }

  card(node: NodeId): Card | null {
    return this.#chosen() && answerTo(this.#chosen()!, { kind: 'card', node }).told;
  }

  /** To a question of the panel about the graph that it shows; null when there is none. */
  answer(question: Question): Answer | null {
    const view = this.#chosen();
    return view && answerTo(view, question);
  }

  inlays(): InlayView[] {
    const view = this.#chosen();
    return view ? inlaysOf(view) : [];
  }

  summaries(): ModelSummary[] {
    const { trace } = this;
    if (!trace) return [];
    return trace.passes.map((pass) => {
      const view = new PassView(trace, pass, 'named');
      const site = pass.site === null ? null : trace.sites.get(pass.site);
      const source = site
        ? { file: site.file, span: site.span, line: view.lines(site.file).positionAt(site.span.start).line }
        : null;
      const squares = [...pass.gradients]
        .filter(([id]) => trace.nodes[id]!.kind === 'parameter')
        .reduce((sum, [, { statistics }]) => sum + statistics.norm ** 2, 0);
      const loss = formatNumber(trace.nodes[pass.loss]!.value.data?.[0] ?? NaN);
      return {
        name: pass.name,
        source,
        loss: `${view.names.shown(pass.loss)} = ${loss}`,
        trains: pass.kind === 'model' && pass.step !== null,
        gradientNorm: `‖∇‖ = ${formatNumber(Math.sqrt(squares))}`,
      };
    });
  }

  /** The node whose expression or name stands at an offset: the innermost, and of several repetitions the last. */
  nodeAt(file: ModulePath, offset: Offset): NodeId | null {
    const view = this.#chosen();
    return view ? nodeAtOffset(view, file, offset) : null;
  }

  /** By name (`w1`, `h[2]`) or place (`12:5`). */
  findNode(query: string): NodeId | null {
    const view = this.#chosen();
    return view ? nodeNamed(view, query) : null;
  }

  hover(node: NodeId): { markdown: string; span: Span; hasGradient: boolean } | null {
    const card = this.card(node);
    const span = this.#chosen()?.siteOf(node)?.span ?? card?.node.source?.span;
    return card && span ? { markdown: hoverMarkdown(card), span, hasGradient: card.gradient !== null } : null;
  }

  sourceOf(node: NodeId): SourceRef | null {
    const view = this.#chosen();
    return view?.graph.has(node) ? view.source(node) : null;
  }

  /** The pass and granularity that are shown; the first model unless another was chosen. */
  get view(): PassView | null {
    return this.#chosen();
  }

  #chosen(): PassView | null {
    const { trace } = this;
    if (!trace) return null;
    const firstModel = trace.passes.find(({ kind }) => kind === 'model') ?? trace.passes[0]!;
    const pass = trace.passes.find(({ name }) => name === this.#model) ?? firstModel;
    this.#view ??= new PassView(trace, pass, this.#granularity, this.#opened, this.#element, () =>
      this.#findingsOf(trace).of(pass),
    );
    return this.#view;
  }

  #elsewhere(shown: string): PanelSnapshot['findingsElsewhere'] {
    const { trace } = this;
    if (!trace || this.#examination === null) return [];
    const findings = this.#findingsOf(trace);
    return trace.passes
      .filter(({ kind, name }) => kind === 'model' && name !== shown)
      .map((pass) => ({ model: pass.name, count: findings.of(pass).length }))
      .filter(({ count }) => count > 0);
  }

  #findingsOf(trace: Trace): RunFindings {
    const known = this.#findings.get(trace) ?? new RunFindings(trace, this.#examination, this.#lossesOf);
    this.#findings.set(trace, known);
    return known;
  }

  #setStatus(status: PanelStatus, file: ModulePath | null): void {
    this.#status = status;
    this.#file = file;
    this.#sequence++;
  }

  #forget(): void {
    this.#trace = null;
    this.#instead = null;
    this.#problems = [];
    this.#opened = [];
    this.#element = null;
    this.#reset();
  }

  #reset(): void {
    this.#view = null;
    this.#graph = null;
    this.#shownFindings = null;
  }

  #problemView({ code, message, file, span }: Problem): ProblemView {
    const position = new LineTable(this.#texts.get(file) ?? '').positionAt(span.start);
    return { code, message, file, ...position };
  }
}
