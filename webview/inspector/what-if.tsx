import { useState } from 'preact/hooks';
import { elementAt, indicesOf } from '../../engine/base/indices.ts';
import { t } from '../../engine/base/l10n.ts';
import type { NodeView } from '../../engine/explain/view.ts';
import type { Change, ChangeView, LossChange, WhatIfView } from '../../engine/explain/what-if/view.ts';
import { hasEditor } from '../host.ts';
import { choose } from '../state.ts';
import type { TabProps } from './tabs.ts';
import { WhatIfNumber } from './what-if-number.tsx';
import { canChange, leave, whatIf, write } from './what-if-state.ts';

/** Other numbers for a leaf, and all that they change: loss, values and gradients, beside what the derivative predicted. */
export function WhatIf({ node }: TabProps) {
  const { told = null, problem = null } = whatIf.value ?? {};
  return (
    <div data-testid="what-if" data-told={told ? (told.view.preview ? 'preview' : 'run') : 'nothing'}>
      {canChange(node) ? (
        <>
          <Held key={node.id} node={node} />
          {told === null && <p class="dim">{t('Drag, type, or use the arrow keys to see what would be')}</p>}
        </>
      ) : (
        <p class="dim">{t('Choose a parameter or an input to change its number.')}</p>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
      {told && <Told view={told.view} />}
    </div>
  );
}

/** Which element, where there are several, and its number. */
function Held({ node }: { readonly node: NodeView }) {
  const shape = shapeOf(node);
  const [picked, setElement] = useState(0);
  // An element that is followed is the one that is meant everywhere.
  const element = node.element?.place ?? picked;
  const place = indicesOf(shape, element);
  const name = shape.length === 0 ? node.name : `${node.name}[${place.join(',')}]`;
  return (
    <p class="actions">
      <span>{node.element ? name : node.name}</span>
      {(node.element ? [] : shape).map((size, i) => (
        <input
          key={i}
          class="what-if-index"
          type="number"
          min={0}
          max={size - 1}
          value={place[i]}
          aria-label={t('Index {0} of {1}', i + 1, node.name)}
          onInput={(event) => {
            const index = Number(event.currentTarget.value);
            if (Number.isInteger(index) && index >= 0 && index < size)
              setElement(
                elementAt(
                  shape,
                  place.map((at, j) => (j === i ? index : at)),
                ),
              );
          }}
        />
      ))}
      <span>=</span>
      <WhatIfNumber key={element} node={node} element={element} name={name} />
    </p>
  );
}

/** `[2, 3]`, `scalar`. */
const shapeOf = ({ shape }: NodeView): number[] => (shape.match(/\d+/g) ?? []).map(Number);

function Told({ view }: { readonly view: WhatIfView }) {
  return (
    <>
      <Loss loss={view.loss} />
      {view.notes.map((note) => (
        <p key={note} class="dim">
          {note}
        </p>
      ))}
      <p class="actions">
        <WriteBack changes={view.changes} />
        <vscode-button appearance="secondary" onClick={() => leave()}>
          {t('Leave')}
        </vscode-button>
      </p>
      <table class="what-if">
        <thead>
          <tr>
            <th />
            <th colSpan={3}>{t('value')}</th>
            <th colSpan={3}>{t('gradient')}</th>
          </tr>
        </thead>
        <tbody>
          {view.nodes.map(({ node, name, sourceName, value, gradient }) => (
            <tr key={node} data-changed-node={sourceName}>
              <td>
                <button type="button" title={t('Show {0}', name)} onClick={() => choose(node)}>
                  {name}
                </button>
              </td>
              <Cells change={value} />
              <Cells change={gradient} />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Cells({ change }: { readonly change: Change | null }) {
  if (!change) return <td colSpan={3} class="dim" />;
  return (
    <>
      <td class="right dim">{change.before}</td>
      <td class="right">→ {change.after.text}</td>
      <td class="right warm by">{change.by}</td>
    </>
  );
}

function Loss({ loss: { name, before, after, change, predicted, formula, gap } }: { readonly loss: LossChange }) {
  const row = (label: string, text: string, more = '') => (
    <tr>
      <td>{label}</td>
      <td class="right">{text}</td>
      <td class="dim">{more}</td>
    </tr>
  );
  return (
    <table class="what-if-loss" data-testid="what-if-loss">
      <tbody>
        {row(name, `${before.text} → ${after.text}`)}
        {row(t('change'), change.text)}
        {predicted && row(t('predicted by the derivative'), predicted.text, formula)}
        {gap && row(t('gap'), gap.text, t('what the first order does not see'))}
      </tbody>
    </table>
  );
}

/** Only what the text has as a number can be written to; for the rest it is said why. */
function WriteBack({ changes }: { readonly changes: readonly ChangeView[] }) {
  const whyNot = changes.flatMap(({ literal, name }) =>
    literal && 'why' in literal ? [`${name}: ${literal.why}`] : [],
  );
  const places = changes.flatMap(({ literal, after }) =>
    literal && 'line' in literal
      ? [`${literal.file.split('/').at(-1)}:${literal.line}: ${literal.text} → ${after}`]
      : [],
  );
  return (
    <>
      {hasEditor() && (
        <vscode-button disabled={whyNot.length > 0} onClick={write}>
          {t('Write back')}
        </vscode-button>
      )}
      <span class="dim">{[...whyNot, ...places].join(' · ')}</span>
    </>
  );
}
