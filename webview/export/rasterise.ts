import { toBase64 } from './base64.ts';

/** Dots along one side, and all together, beyond which browsers give an empty picture. */
const mostAlong = 16_384;
const mostDots = 120e6;

/** Draws an SVG as a PNG, in base 64. Null when it is too large, even without the magnification. */
export async function rasterised(svg: string, scale: number): Promise<string | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${toBase64(new TextEncoder().encode(svg))}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const fitting = [scale, 1].find(
    (factor) => Math.max(width, height) * factor <= mostAlong && width * height * factor ** 2 <= mostDots,
  );
  if (fitting === undefined) return null;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * fitting);
  canvas.height = Math.round(height * fitting);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob && toBase64(new Uint8Array(await blob.arrayBuffer()));
}
