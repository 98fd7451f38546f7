/** A text without the secrets that were in it: each of their characters is ▮, so that lengths and places stay. */
export interface Withheld {
  readonly text: string;
  /** How many secrets were recognised. */
  readonly count: number;
}

/**
 * Forms of keys and tokens as their makers document them. Each begins where no letter of a word stands before it and
 * ends with the word, so that a text is walked through once for each, however long. The secret is the whole match.
 */
const forms: readonly RegExp[] = [
  // Private keys in PEM (RFC 7468), PGP and OpenSSH; one without its end reaches to the text's.
  /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/g,
  /(?<!\w)(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?!\w)/g, // AWS, access key ids
  /(?<!\w)gh[pousr]_\w{36,255}/g, // GitHub
  /(?<!\w)github_pat_\w{22,255}/g,
  /(?<!\w)glpat-[\w.-]{20,300}/g, // GitLab
  /(?<![\w-])sk-[\w-]{20,300}/g, // OpenAI, Anthropic (sk-ant-), OpenRouter (sk-or-)
  /(?<![\w-])xai-\w{40,200}/g,
  /(?<!\w)gsk_\w{40,100}/g, // Groq
  /(?<!\w)hf_[A-Za-z0-9]{30,60}/g, // Hugging Face
  /(?<![\w-])AIza[\w-]{35}(?![\w-])/g, // Google
  /(?<![\w-])GOCSPX-[\w-]{20,60}/g,
  /(?<![\w-])ya29\.[\w-]{20,2000}/g,
  /(?<![\w-])xox[abeoprs]-[\w-]{10,300}/g, // Slack
  /(?<=hooks\.slack\.com\/(?:services|workflows)\/)[\w/-]{20,120}/g,
  /(?<!\w)[rs]k_(?:live|test)_\w{10,200}/g, // Stripe
  /(?<!\w)whsec_[\w+/=]{20,100}/g,
  /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g,
  /(?<![\w-])pypi-[\w-]{50,400}/g,
  /(?<!\w)do[opr]_v1_[a-f0-9]{64}(?!\w)/g, // DigitalOcean
  /(?<![\w.-])SG\.[\w-]{20,30}\.[\w-]{40,50}(?![\w-])/g, // SendGrid
  /(?<![\w:-])\d{8,10}:AA[\w-]{33}(?![\w-])/g, // Telegram
  /(?<![\w-])eyJ[\w-]{8,4000}\.eyJ[\w-]{8,8000}\.[\w-]{8,2000}/g, // JSON Web Tokens (RFC 7519)
  // The password in a URL (RFC 3986, 3.2.1), and what follows the scheme of HTTP credentials (RFC 9110, 11.4).
  /(?<=:\/\/[^\s/:@]{1,64}:)[^\s/:@]{1,200}(?=@)/g,
  /(?<=\b(?:Bearer|Basic|Token)\s)[\w.~+/-]{16,4000}=*/g,
];

/** A word that says what follows: a name in code or settings, or a word of a sentence, and what binds the two. */
const named =
  /(?<![A-Za-z])(?:[A-Za-z0-9]{0,32}[_-]){0,4}(pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|credentials?|пароль|құпиясөз|кілтсөз)["'`]?[ \t]{0,4}(?:=>|:=|==?|:|\bis\b)[ \t]{0,4}(["'`]?)([^\s"'`,;<>(){}[\]]{6,400})/giu;

/** Takes out what looks like a key, a token or a password. Never longer or shorter; a text without any is the same string. */
export function withholdSecrets(text: string): Withheld {
  let found = text;
  let count = 0;
  const take = (secret: string) => {
    // What was withheld before is none again.
    if (/^▮+$/.test(secret)) return secret;
    count++;
    return secret.replace(/[^\n\r]/g, '▮');
  };
  for (const form of forms) found = found.replace(form, take);
  found = found.replace(named, (whole: string, word: string, quote: string, value: string) => {
    if (!isSecret(word, value, quote !== '')) return whole;
    return whole.slice(0, whole.length - value.length) + take(value);
  });
  return { text: found, count };
}

/** Whether a value that is called a secret looks like one, and not like a name, a type or an ordinary word. */
function isSecret(word: string, value: string, quoted: boolean): boolean {
  if (value.includes('▮')) return false;
  const mixed = /\d/.test(value) && /\p{L}/u.test(value);
  // `process.env.TOKEN`, `$TOKEN`, `…/token.ts`: where it stands, not what it is.
  if (/^[$%]|^(?:process|os|env|config|self|this)\.|\.\w{1,4}$/.test(value) && !quoted) return false;
  if (/^(?:p|п|құ)/iu.test(word)) return mixed || (quoted && value.length >= 8 && /[^\p{L}]/u.test(value));
  return mixed && value.length >= 12 && bitsOf(value) >= 3;
}

/** Shannon's entropy of the characters, in bits a character. */
function bitsOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
