import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withholdSecrets } from '../../../src/agents/secrets.ts';

/** Each is put together here, so that no scanner takes this page for a leak. */
const [upper, lower, digits] = ['ABCDEFGHIJKLMNOP', 'abcdefghijklmnopqrstuvwxyz', '0123456789'];
const mixed = `${lower.slice(0, 10)}${digits}${upper}`;

/** What is withheld stands between « and ». */
const secrets: readonly (readonly [string, string])[] = [
  ['AWS', `use «AKIA${'Q3EGRIM4KX7PZ2AB'}» for it`],
  ['GitHub', `remote says «ghp_${mixed}» and`],
  ['GitHub, fine-grained', `«github_pat_${mixed}_${mixed}»`],
  ['GitLab', `«glpat-${mixed.slice(0, 20)}»`],
  ['OpenAI', `OPENAI: «sk-proj-${mixed}»`],
  ['Anthropic', `key «sk-ant-api03-${mixed}-${mixed}»!`],
  ['Google', `«AIza${`Sy${mixed}`.slice(0, 35)}»`],
  ['Slack', `«xoxb-${digits}-${digits}-${lower}»`],
  [
    'Slack’s hook',
    `https://hooks.slack.com/services/«T${upper.slice(0, 8)}/B${upper.slice(0, 8)}/${lower.slice(0, 24)}»`,
  ],
  ['Stripe', `«sk_live_${mixed.slice(0, 24)}»`],
  ['npm', `«npm_${mixed}»`],
  ['JSON Web Token', `«eyJ${lower.slice(0, 12)}.eyJ${mixed}.${mixed}»`],
  ['a private key', `look:\n«-----BEGIN RSA PRIVATE KEY-----\n${mixed}\n-----END RSA PRIVATE KEY-----»\nthere`],
  ['a private key without its end', `«-----BEGIN PRIVATE KEY-----\n${mixed}»`],
  ['a URL', 'postgres://author:«hunter2»@localhost/book'],
  ['a header', `Authorization: Bearer «${mixed}»`],
  ['a password', 'the password is «hunter2!»'],
  ['a password in Russian', 'пароль: «снег2026»'],
  ['a password in Kazakh', 'құпиясөз: «қар2026»'],
  ['a setting', `DB_PASSWORD="«correct-horse»"`],
  ['a token in JSON', `{"api_key": "«${mixed}»"}`],
  ['a token in an environment', `export MY_SECRET_TOKEN=«${mixed}»`],
  ['two', `«ghp_${mixed}» «ghp_${mixed}»`],
];

const harmless = [
  'A token is the smallest unit: every token counts.',
  'The password is required, and the secret: nobody knows.',
  'function login(password: string, token: CancellationToken) {}',
  'const token = process.env.GITHUB_TOKEN;',
  'const secret = await readSecret(options);',
  'commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'id: 550e8400-e29b-41d4-a716-446655440000',
  'api_key: $API_KEY',
  'Секрет: никто его не знал. Пароль был прост.',
  'Құпиясөз: ешкім білмеді.',
  'https://example.org:8080/a@b',
  'skip-this-long-word-with-dashes, task-oriented-programming-language',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4',
];

describe('secrets in a prompt', () => {
  for (const [what, marked] of secrets) {
    it(`are withheld: ${what}`, () => {
      const text = marked.replace(/[«»]/g, '');
      const expected = marked.replace(/«([^»]*)»/g, (_, secret: string) => secret.replace(/[^\n]/g, '▮'));
      const count = marked.split('«').length - 1;
      assert.deepEqual(withholdSecrets(text), { text: expected, count });
    });
  }

  for (const text of harmless) {
    it(`are not: ${text.slice(0, 50)}`, () => assert.deepEqual(withholdSecrets(text), { text, count: 0 }));
  }

  it('leave length and lines as they are, and nothing is withheld twice', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(...secrets.map(([, marked]) => marked.replace(/[«»]/g, ''))),
      fc.constantFrom('\n', '\r\n', ' ', 'password=', '://', ':', '@'),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), parts => {
        const text = parts.join('');
        const { text: left } = withholdSecrets(text);
        assert.equal(left.length, text.length);
        assert.deepEqual(left.match(/[\n\r]/g), text.match(/[\n\r]/g));
        assert.equal(withholdSecrets(left).text, left);
      }),
    );
  });

  it('take time by the length of the text alone, whatever stands in it', () => {
    const hard = [
      'eyJ',
      'eyJa.',
      'a_',
      '-----BEGIN PRIVATE KEY-----',
      '://a:',
      'password',
      'sk-',
      'Bearer ',
      'a:',
      '_-',
    ];
    const steps = (text: string) => {
      const start = process.cpuUsage().user;
      withholdSecrets(text);
      return process.cpuUsage().user - start;
    };
    for (const one of hard) {
      const [short, long] = [20_000, 320_000].map(length => steps(one.repeat(length / one.length)));
      // Sixteen times the length: a square would be 256 times the time. The floor is the clock's own grain.
      assert.ok(long! < 100 * Math.max(short!, 4000), `${one}: ${short} µs, then ${long} µs`);
    }
  });
});
