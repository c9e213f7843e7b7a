import { useEffect, useState } from 'preact/hooks';
import type { NodeId } from '../../engine/base/brand.ts';
import { t } from '../../engine/base/l10n.ts';
import type {
  ComposedView,
  JacobianTold,
  JacobianView,
  MatrixView,
  ReverseView,
} from '../../engine/explain/tensors/jacobian-view.ts';
import { ask, graph, nodeOf, snapshot } from '../state.ts';
import { valueOf } from '../ui/kit.ts';
import { HeatMap } from './heat-map.tsx';
import { firstPair, reachable } from './jacobian-choices.ts';
import './jacobian.css';
import type { TabProps } from './tabs.ts';

interface Asked {
  readonly of: NodeId;
  readonly by: NodeId;
  readonly through: NodeId | null;
}

/** The Jacobian between two nodes, taken apart at a node between them, beside what reverse mode computes in its place. */
export function Jacobian({ node }: TabProps) {
  const edges = graph.value?.edges ?? [];
  const first = firstPair(edges, node.id, graph.value!.loss);
  const [changed, setChanged] = useState<{ readonly for: NodeId; readonly asked: Asked } | null>(null);
  const [told, setTold] = useState<JacobianTold | null>(null);
  const asked = changed?.for === node.id ? changed.asked : first && { ...first, through: null };
  const sequence = snapshot.value?.sequence;
  useEffect(() => {
    if (asked) ask({ kind: 'jacobian', ...asked }, setTold);
  }, [asked?.of, asked?.by, asked?.through, sequence]);
  if (!asked) return <p class="dim">{t('{0} has no neighbours: there is no Jacobian to show.', node.name)}</p>;
  const change = (part: Partial<Asked>): void =>
    setChanged({ for: node.id, asked: { ...asked, through: null, ...part } });
  const view = told?.kind === 'shown' && told.view.of === asked.of && told.view.by === asked.by ? told.view : null;
  return (
    <div class="jacobian" data-testid="jacobian" data-shown={view ? `${asked.of},${asked.by}` : ''}>
      <p class="asked">
        <Choice
          label={t('of')}
          value={asked.of}
          among={[...new Set([asked.of, ...reachable(edges, asked.by, true)])]}
          onChange={(of) => change({ of })}
        />
        <Choice
          label={t('by')}
          value={asked.by}
          among={[...new Set([asked.by, ...reachable(edges, asked.of, false)])]}
          onChange={(by) => change({ by })}
        />
        {view && view.middles.length > 0 && (
          <Choice
            label={t('through')}
            value={asked.through ?? view.composed?.through ?? view.middles[0]!.node}
            among={view.middles.map(({ node: middle }) => middle)}
            onChange={(through) => change({ through })}
          />
        )}
      </p>
      {told?.kind === 'refused' && <p role="alert">{told.text}</p>}
      {view && <Shown view={view} />}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: NodeId;
  readonly among: readonly NodeId[];
  readonly onChange: (node: NodeId) => void;
}

const Choice = ({ label, value, among, onChange }: ChoiceProps) => (
  <label>
    {label}
    <vscode-dropdown
      aria-label={label}
      value={String(value)}
      onChange={(event) => onChange(Number(valueOf(event)) as NodeId)}
    >
      {among.map((id) => (
        <vscode-option key={id} value={String(id)} selected={id === value}>
          {nodeOf(id)?.name ?? `#${id}`}
        </vscode-option>
      ))}
    </vscode-dropdown>
  </label>
);

function Shown({ view: { jacobian, note, composed, notComposed, reverse } }: { readonly view: JacobianView }) {
  return (
    <>
      <Matrix matrix={jacobian} />
      <p class="dim">{note}</p>
      {composed && <Composed view={composed} />}
      {notComposed !== null && <p>{notComposed}</p>}
      {reverse && <Reverse view={reverse} />}
    </>
  );
}

function Composed({ view: { formula, shapes, outer, inner, product, rest, note } }: { readonly view: ComposedView }) {
  return (
    <section data-testid="composed">
      <h4>{formula}</h4>
      <p class="shapes">{shapes}</p>
      <div class="product">
        <Matrix matrix={outer} />
        <span class="sign">·</span>
        <Matrix matrix={inner} />
        <span class="sign">=</span>
        <Matrix matrix={product} />
        {rest && (
          <>
            <span class="sign">+</span>
            <Matrix matrix={rest} />
          </>
        )}
      </div>
      <p class="dim">{note}</p>
    </section>
  );
}

function Reverse({ view: { formula, shapes, upstream, result, note } }: { readonly view: ReverseView }) {
  return (
    <section data-testid="reverse">
      <h4>{formula}</h4>
      <p class="shapes">{shapes}</p>
      <div class="product">
        <Matrix matrix={upstream} />
        <Matrix matrix={result} />
      </div>
      <p class="dim">{note}</p>
    </section>
  );
}

const element = (name: string, place: string): string => (place === '' ? name : `${name}[${place}]`);

function Matrix({ matrix }: { readonly matrix: MatrixView }) {
  const { symbol, shape, of, by, rows, columns, sampled } = matrix;
  // A row vector has no rows to name: its elements are those of what stands beside it.
  const nameOf = (row: number, column: number): string =>
    of === '' ? element(symbol, columns[column]!) : `∂${element(of, rows[row]!)}/∂${element(by, columns[column]!)}`;
  return (
    <div>
      <HeatMap matrix={matrix} caption={`${symbol} ${shape}`} nameOf={nameOf} />
      {sampled !== null && <p class="dim">{sampled}</p>}
    </div>
  );
}
