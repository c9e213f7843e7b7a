/** Every function that is made of ops and shown as one. */
export * from './losses.ts';
export * from './softmax.ts';
