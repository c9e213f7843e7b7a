import type { Box, Point } from '../../engine/picture/layout.ts';
import type { Size } from '../../engine/picture/size.ts';
import { overviewSize } from './overview-size.ts';

/** How graph pixels become panel pixels: first zoom, then move. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const closest = 4;
/** How small the reader may make any graph; one that is larger than the panel even then may be made as small as fits. */
const farthest = 0.2;
/** Around the graph. */
const margin = { side: 16, top: 20, bottom: 20 } as const;
/** Closer to the border a node counts as out of view. */
const edge = 8;
/** Names are 12.5 pixels high: made smaller than 9 they are not read. */
export const leastToRead = 0.72;
/** So small names can still be made out: a graph that is all in view at this size is not cut for the sake of larger ones. */
const leastToSee = 0.6;
/** So many times what fits into the panel, a graph is a long one. */
const long = 2;

export const zoomRange = (content: Size, view: Size): [number, number] => [
  Math.min(farthest, fit(content, view).zoom),
  closest,
];

/** The whole graph in view, never larger than life. */
export function fit(content: Size, view: Size): Camera {
  const room = roomIn(view);
  const zoom = Math.min(1, room.width / Math.max(1, content.width), room.height / Math.max(1, content.height));
  return {
    x: margin.side + (room.width - content.width * zoom) / 2,
    y: margin.top + (room.height - content.height * zoom) / 2,
    zoom,
  };
}

/**
 * What is seen of a graph before the reader moves: all of it where its names can be read then. Else as much as can be read, of a
 * long graph all of it across its flow if possible, with the first of the given boxes amid the room, as far as the graph goes, and the last of
 * them in view whatever that takes.
 */
export function firstView({ size: content, vertical }: Flowing, view: Size, about: readonly Box[]): Camera {
  const whole = fit(content, view);
  const [middle] = about;
  if (whole.zoom >= leastToRead || !middle) return whole;
  const room = roomIn(view);
  const [across, along] = [room.width / content.width, room.height / content.height];
  const [share, rest] = vertical ? [across, along] : [along, across];
  // Of a long graph little is seen at any zoom; of one that is almost in view nothing is given away.
  const zoom = rest < leastToRead / long ? Math.max(leastToRead, Math.min(1, share)) : leastToRead;
  const placed = (at: number, length: number, all: number, from: number, free: number): number =>
    all * zoom <= free
      ? from + (free - all * zoom) / 2
      : Math.min(from, Math.max(from + free - all * zoom, from + free / 2 - (at + length / 2) * zoom));
  const first = {
    x: placed(middle.x, middle.width, content.width, margin.side, room.width),
    y: placed(middle.y, middle.height, content.height, margin.top, room.height),
    zoom,
  };
  // A little of its border is nothing lost; of anything more the reader would have to go and look for it.
  if (isWhole(first, content, view)) return first;
  if (whole.zoom >= leastToSee) return whole;
  const corner = overviewSize(content, view);
  return about.reduce((camera, box) => showing(camera, box, view, corner) ?? camera, first);
}

/** What a camera has to know of a scene. */
interface Flowing {
  readonly size: Size;
  /** Whether its edges run up and down. */
  readonly vertical: boolean;
}

const roomIn = ({ width, height }: Size): Size => ({
  width: Math.max(1, width - 2 * margin.side),
  height: Math.max(1, height - margin.top - margin.bottom),
});

/** Whether nothing of the graph is out of view but borders. */
export function isWhole(camera: Camera, content: Size, view: Size): boolean {
  const { x, y, width, height } = onScreen(camera, { x: 0, y: 0, ...content });
  return x >= -edge && y >= -edge && x + width <= view.width + edge && y + height <= view.height + edge;
}

/** Whether any of the boxes is in view. */
export const showsAny = (camera: Camera, boxes: readonly Box[], view: Size): boolean =>
  boxes.some((box) => {
    const { x, y, width, height } = onScreen(camera, box);
    return x < view.width && y < view.height && x + width > 0 && y + height > 0;
  });

/**
 * Moved as little as brings a box into view; null when it is in view already.
 * @param corner what the picture of the whole takes of the upper right corner: a box under it is not in view
 */
export function showing(camera: Camera, box: Box, view: Size, corner: Size | null = null): Camera | null {
  const { x, y, width, height } = onScreen(camera, box);
  const by = (from: number, length: number, room: number): number =>
    from < edge ? edge - from : Math.min(0, Math.max(room - edge - from - length, edge - from));
  let [dx, dy] = [by(x, width, view.width), by(y, height, view.height)];
  if (corner) {
    const [left, down] = [view.width - corner.width - edge - (x + dx + width), corner.height + edge - (y + dy)];
    if (left < 0 && down > 0) {
      // Whichever is the shorter way out, of those that do not lead out of view.
      const isLeftFree = x + dx + left >= edge;
      if (isLeftFree && -left < down) dx += left;
      else if (y + dy + down + height <= view.height - edge) dy += down;
      else if (isLeftFree) dx += left;
    }
  }
  return dx === 0 && dy === 0 ? null : { ...camera, x: camera.x + dx, y: camera.y + dy };
}

export const toPanel = ({ x, y, zoom }: Camera, point: Point): Point => ({
  x: point.x * zoom + x,
  y: point.y * zoom + y,
});
export const toGraph = ({ x, y, zoom }: Camera, point: Point): Point => ({
  x: (point.x - x) / zoom,
  y: (point.y - y) / zoom,
});

export const onScreen = (camera: Camera, { x, y, width, height }: Box): Box => ({
  ...toPanel(camera, { x, y }),
  width: width * camera.zoom,
  height: height * camera.zoom,
});
