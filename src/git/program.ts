import { GitError, type SimpleGit, simpleGit } from 'simple-git';

/** Milliseconds that one call may take, whatever it writes meanwhile. */
const limit = 10_000;

/** What git is told of besides where it is called: it takes no lock it can do without, asks nobody and fetches nothing. */
const own = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  // Older ones know nothing of that; no way of fetching goes by this name.
  GIT_ALLOW_PROTOCOL: 'none',
};

/** Variables of ours that git needs; all others could lead it elsewhere (another repository, an editor, a pager). */
const passed =
  /^(path|home|user|logname|lang|lc_\w+|tmp|temp|tmpdir|xdg_\w+|userprofile|homedrive|homepath|systemroot|windir|comspec|pathext|appdata|localappdata|programdata|programfiles.*|commonprogramfiles.*|msystem)$/i;

/**
 * The git program in a folder (absolute). `input`: what it reads from its standard input; `index`: the file of another
 * index than the repository's. Every call has a time limit.
 */
export function git(folder: string, input?: string, index?: string): SimpleGit {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => passed.test(name)));
  const indexed = index === undefined ? {} : { GIT_INDEX_FILE: index };
  return simpleGit({
    baseDir: folder,
    timeout: { block: limit, stdOut: false, stdErr: false },
    maxConcurrentProcesses: 2,
    allowEnvironment: Object.keys({ ...own, ...indexed }),
    // A program that a repository names as its watcher is not run; only to switch that off is allowed here.
    config: ['core.fsmonitor=false'],
    unsafe: { allowUnsafeFsMonitor: true },
    ...(input === undefined ? {} : { input: () => input }),
  }).env({ ...environment, ...own, ...indexed });
}

/** git did not answer: in time, or at all, or it has not what was asked for. Anything else thrown is a fault of ours. */
export function isRefusal(error: unknown): error is GitError {
  return error instanceof GitError;
}
