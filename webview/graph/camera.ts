import type { Box, Point } from '../../engine/picture/layout.ts';
import type { Size } from '../../engine/picture/size.ts';

/** How graph pixels become panel pixels: first zoom, then move. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export const zoomRange = [0.05, 4] as const;
const margin = 28;
/** Closer to the border a node counts as out of view. */
const edge = 8;

/** The whole graph in view, never larger than life. */
export function fit(content: Size, view: Size): Camera {
  const room = { width: Math.max(1, view.width - 2 * margin), height: Math.max(1, view.height - 2 * margin) };
  const zoom = Math.max(
    zoomRange[0],
    Math.min(1, room.width / Math.max(1, content.width), room.height / Math.max(1, content.height)),
  );
  return { x: (view.width - content.width * zoom) / 2, y: (view.height - content.height * zoom) / 2, zoom };
}

/** Moved as little as brings a box into view; null when it is in view already. */
export function showing(camera: Camera, box: Box, view: Size): Camera | null {
  const { x, y, width, height } = onScreen(camera, box);
  const by = (from: number, length: number, room: number): number =>
    from < edge ? edge - from : Math.min(0, Math.max(room - edge - from - length, edge - from));
  const [dx, dy] = [by(x, width, view.width), by(y, height, view.height)];
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
