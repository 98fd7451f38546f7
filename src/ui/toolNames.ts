export { toolName } from '../rights/toolNames.ts';
