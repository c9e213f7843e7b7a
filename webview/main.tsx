import { render } from 'preact';
import { Comparison } from './compare/comparison.tsx';
import { GraphCanvas } from './graph/graph-view.tsx';
import { Inspector } from './inspector/inspector.tsx';
import './panel.css';
import './debugger/step-bar.css';
import { StepBar } from './debugger/step-bar.tsx';
import './inspector/what-if.css';
import { Findings } from './health/findings.tsx';
import { ElementChip } from './inspector/element.tsx';
import { WhatIfChip } from './inspector/what-if-chip.tsx';
import { speak } from './language.ts';
import { begin, drawn, graph, snapshot } from './state.ts';
import './ui/kit.ts';
import { ShownStep, TrainingStrip } from './training/strip.tsx';
import { EmptyState, LiveRegion, Problems } from './ui/status.tsx';
import { Toolbar } from './ui/toolbar.tsx';

function Panel() {
  const status = snapshot.value?.status.kind ?? 'empty';
  const { sequence, layouts } = drawn.value;
  return (
    <main
      class={`panel ${status}`}
      data-testid="panel"
      data-status={status}
      data-sequence={sequence}
      data-layouts={layouts}
    >
      <Toolbar />
      <StepBar />
      <WhatIfChip />
      <ElementChip />
      <ShownStep />
      <Problems />
      <Findings />
      <Comparison />
      <div class="body">
        {graph.value ? <GraphCanvas /> : <EmptyState />}
        {graph.value && <Inspector />}
      </div>
      {graph.value && <TrainingStrip />}
      <LiveRegion />
    </main>
  );
}

speak();
render(<Panel />, document.getElementById('root')!);
begin();
