/** Global names of Node that the code of the check uses. */
export { Buffer } from './buffer.ts';
