import { Component } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import './heat-map.css';

export interface HeatMapData {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row-major; null for what is not finite. */
  readonly cells: readonly (number | null)[];
  readonly texts: readonly string[];
  readonly largest: number;
}

interface Props {
  readonly matrix: HeatMapData;
  readonly caption: string;
  /** What a cell is: `∂y[1]/∂x[0]`. */
  readonly nameOf: (row: number, column: number) => string;
  readonly chosen?: number | null;
  readonly onChoose?: (row: number, column: number) => void;
  /** At most so many columns in numbers, however narrow the panel is; the rest scrolls. */
  readonly fewColumns?: number;
}

const characterWidth = 7;
const numberPadding = 16;
let made = 0;

/**
 * Numbers as colours of two hues round zero, and as numbers while they fit. Arrow keys move a cursor whose cell is read out,
 * Enter chooses; pointing at a cell reads it out too.
 */
export function HeatMap({ matrix, caption, nameOf, chosen = null, onChoose, fewColumns = 4 }: Props) {
  const { rows, columns, cells, texts, largest } = matrix;
  const box = useRef<HTMLDivElement>(null);
  const [id] = useState(() => `heat-map-${++made}`);
  const [width, setWidth] = useState(0);
  const [cursor, setCursor] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  useLayoutEffect(() => {
    // Not the parent, whose width may follow from that of the map.
    const room = box.current!.closest('[role=tabpanel]')!;
    const watcher = new ResizeObserver(() => setWidth(room.clientWidth));
    watcher.observe(room);
    setWidth(room.clientWidth);
    return () => watcher.disconnect();
  }, []);
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const side = rows.reduce((most, text) => Math.max(most, text.length), 0) * characterWidth + 12;
  const cell = longest * characterWidth + numberPadding;
  const numbers = columns.length <= fewColumns || side + columns.length * cell <= width;
  const square = Math.max(5, Math.min(18, Math.floor((width - side - 12) / columns.length)));
  const at = Math.min(cursor, cells.length - 1);
  const told = pointed ?? at;
  const name = (place: number): string => nameOf(Math.floor(place / columns.length), place % columns.length);
  const choose = (place: number): void => onChoose?.(Math.floor(place / columns.length), place % columns.length);
  const onKey = (event: KeyboardEvent): void => {
    const next = moved(event.key, at, columns.length, cells.length);
    if (next !== null) setCursor(next);
    else if ((event.key === 'Enter' || event.key === ' ') && onChoose) choose(at);
    else return;
    setPointed(null);
    event.preventDefault();
    event.stopPropagation();
  };
  const placeOf = (event: Event): number | null => {
    const place = (event.target as HTMLElement).dataset.place;
    return place === undefined ? null : Number(place);
  };
  const classes = ['heat-map', numbers ? '' : 'tiny', onChoose ? 'choosable' : ''].filter(Boolean).join(' ');
  return (
    <div class={classes} ref={box} style={{ '--side': `${square}px` }}>
      <span class="caption">
        {caption}
        {largest > 0 && !numbers && <Scale largest={largest} texts={texts} cells={cells} />}
      </span>
      <div
        class="grid"
        role="grid"
        tabIndex={0}
        aria-label={caption}
        aria-rowcount={rows.length}
        aria-colcount={columns.length}
        aria-activedescendant={`${id}-${at}`}
        style={{
          gridTemplateColumns: numbers
            ? `auto repeat(${columns.length}, auto)`
            : `auto repeat(${columns.length}, ${square}px)`,
        }}
        onKeyDown={onKey}
        onMouseOver={(event) => setPointed(placeOf(event))}
        onMouseLeave={() => setPointed(null)}
        onClick={(event) => {
          const place = placeOf(event);
          if (place === null) return;
          setCursor(place);
          choose(place);
        }}
      >
        <div class="row" role="row">
          <span class="place" role="columnheader" />
          {columns.map((column, j) => (
            <span key={j} class="place top" role="columnheader">
              {numbers || j % labelEvery(columns, square) === 0 ? column : ''}
            </span>
          ))}
        </div>
        {rows.map((row, i) => (
          <Row
            key={i}
            id={id}
            start={i * columns.length}
            label={numbers || i % labelEvery(rows, square * 3) === 0 ? row : ''}
            matrix={matrix}
            numbers={numbers}
            cursor={inRow(at, i, columns.length)}
            chosen={chosen === null ? null : inRow(chosen, i, columns.length)}
            nameOf={nameOf}
          />
        ))}
      </div>
      <span class="readout" data-testid="readout" aria-hidden="true">
        {texts.length > 0 && `${name(told)} = ${texts[told]!}`}
      </span>
    </div>
  );
}

const inRow = (place: number, row: number, width: number): number | null =>
  Math.floor(place / width) === row ? place % width : null;

/** Labels that would overlap are left out. */
const labelEvery = (labels: readonly string[], square: number): number =>
  Math.max(1, Math.ceil(((labels.at(-1)?.length ?? 1) * 6 + 4) / square));

interface RowProps {
  readonly id: string;
  readonly start: number;
  readonly label: string;
  readonly matrix: HeatMapData;
  readonly numbers: boolean;
  readonly cursor: number | null;
  readonly chosen: number | null;
  readonly nameOf: Props['nameOf'];
}

/** Only the two rows that the cursor leaves and enters are made anew: there can be thousands of cells. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { matrix, numbers, cursor, chosen, label } = this.props;
    return (
      next.matrix !== matrix ||
      next.numbers !== numbers ||
      next.cursor !== cursor ||
      next.chosen !== chosen ||
      next.label !== label
    );
  }

  override render() {
    const { id, start, label, matrix, numbers, cursor, chosen, nameOf } = this.props;
    const { columns, cells, texts, largest } = matrix;
    return (
      <div class="row" role="row">
        <span class="place side" role="rowheader">
          {label}
        </span>
        {columns.map((_, j) => {
          const place = start + j;
          const x = cells[place] ?? null;
          const sign = x === null ? 'not-finite' : x > 0 ? 'positive' : x < 0 ? 'negative' : '';
          const marks = [sign, j === cursor ? 'cursor' : '', j === chosen ? 'chosen' : ''].filter(Boolean).join(' ');
          return (
            <span
              key={j}
              id={`${id}-${place}`}
              class={`cell ${marks}`}
              role="gridcell"
              aria-selected={j === chosen}
              aria-label={`${nameOf(start / columns.length, j)} = ${texts[place]!}`}
              data-place={place}
              style={{ '--strength': x === null || largest === 0 ? 0 : Math.abs(x) / largest }}
            >
              {numbers ? texts[place] : ''}
            </span>
          );
        })}
      </div>
    );
  }
}

/** What the colours mean, where no number stands beside them. */
function Scale({
  largest,
  texts,
  cells,
}: {
  readonly largest: number;
  readonly texts: readonly string[];
  readonly cells: HeatMapData['cells'];
}) {
  const place = cells.findIndex((x) => x !== null && Math.abs(x) === largest);
  const text = texts[place]!.replace('−', '');
  return (
    <span class="dim" aria-hidden="true">
      {' '}
      −{text}
      <span class="scale" />
      {text}
    </span>
  );
}

/** Where a key leads from a place; null for a key that leads nowhere. */
function moved(key: string, place: number, width: number, size: number): number | null {
  const row = Math.floor(place / width) * width;
  switch (key) {
    case 'ArrowRight':
      return place % width < width - 1 ? place + 1 : place;
    case 'ArrowLeft':
      return place % width > 0 ? place - 1 : place;
    case 'ArrowDown':
      return place + width < size ? place + width : place;
    case 'ArrowUp':
      return place - width >= 0 ? place - width : place;
    case 'Home':
      return row;
    case 'End':
      return Math.min(row + width, size) - 1;
    default:
      return null;
  }
}
