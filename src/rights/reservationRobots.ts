import type { CommentStyle } from './comments.ts';
import type { ReservationForm } from './reservation.ts';
import { commented, endPut, endTaken, passageIn, replaced } from './reservationBlock.ts';

const marks: CommentStyle = { line: '# ' };

/** Product tokens that their makers document as those by which they gather texts to train models, as of November 2026. */
export const trainingAgents = [
  'GPTBot',
  'ClaudeBot',
  'Google-Extended',
  'Applebot-Extended',
  'CCBot',
  'meta-externalagent',
  'Amazonbot',
  'Bytespider',
  'cohere-training-data-crawler',
  'AI2Bot',
] as const;

/**
 * A block at the end of `robots.txt`. First `Content-Usage` of draft-ietf-aipref-attach, for all, with an empty `Disallow`,
 * which forbids nothing: so a group that another left open before it takes nothing else from it. Then the agents of makers
 * who listen to no other word. Nothing that others wrote is overruled: equal paths would let `Allow` win.
 */
export const robotsForm: ReservationForm = {
  put(text = '', { site, eol }) {
    const passage = passageIn(text, marks);
    const contrary = contraryIn(
      passage === undefined ? text : `${text.slice(0, passage.from)}${text.slice(passage.to)}`,
    );
    if (contrary !== undefined) return { cannot: 'contrary', detail: contrary };
    const stands = block(site, eol);
    if (passage === undefined) return { changes: [endPut(text, stands, eol)], stands };
    const same = text.slice(passage.from, passage.to) === stands;
    return { changes: same ? [] : [replaced(passage, stands)], stands };
  },
  take(text) {
    const passage = passageIn(text, marks);
    return passage === undefined ? [] : [endTaken(text, passage)];
  },
  standing(text) {
    const passage = passageIn(text, marks);
    return passage && text.slice(passage.from, passage.to);
  },
};

function block(site: string | undefined, eol: string): string {
  const [first, last] = commented([], marks, '\n').split('\n') as [string, string];
  const lines = [
    'User-agent: *',
    'Content-Usage: / train-ai=n',
    'Disallow:',
    '',
    ...trainingAgents.map(agent => `User-agent: ${agent}`),
    'Disallow: /',
    ...(site === undefined ? [] : ['', `License: ${site}license.xml`]),
  ];
  return [first, ...lines, last].join(eol);
}

/** A line of another that lets models be trained, or lets in whom the block would keep out. */
function contraryIn(others: string): string | undefined {
  let agents: string[] = [];
  let ruled = true;
  for (const line of others.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    switch (name.toLowerCase()) {
      case 'user-agent':
        if (ruled) agents = [];
        ruled = false;
        agents.push(value.trim().toLowerCase());
        break;
      case 'content-usage':
        if (/\btrain-ai\s*=\s*(?:y|\?1)/i.test(value)) return line.trim();
        break;
      case 'allow':
      case 'disallow': {
        ruled = true;
        const lets =
          name.toLowerCase() === 'allow' ? /^\/?\*?\s*$/.test(value) && value.trim() !== '' : value.trim() === '';
        if (lets && trainingAgents.some(agent => agents.includes(agent.toLowerCase()))) return line.trim();
        break;
      }
    }
  }
  return undefined;
}
