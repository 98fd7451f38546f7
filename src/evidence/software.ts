import manifest from '../../package.json' with { type: 'json' };

/** Name and version that the package and its verification state as their maker. */
export const packageSoftware = `holograph/${manifest.version}`;
