// Adds what only a screen can do: stress one hand, step through its runs, hide the brackets. The page reads in full without it.

(() => {
  const texts = document.getElementById('control-texts');
  const pages = document.querySelectorAll('.text');
  if (!texts || pages.length === 0) return;
  const words = texts.dataset;
  const names = ['ma', 'me', 'ou', 'ea', 'un'];
  const hands = [...texts.children].map((item, i) => ({ name: names[i], label: item.textContent }));
  const { classList } = document.body;

  const bar = document.createElement('form');
  bar.className = 'controls';
  const marks = document.createElement('input');
  marks.type = 'checkbox';
  marks.checked = true;
  const marksLabel = document.createElement('label');
  marksLabel.append(marks, ` ${words.marks}`);
  const choice = document.createElement('select');
  choice.setAttribute('aria-label', words.only);
  choice.append(new Option(words.all, ''));
  for (const { name, label } of hands) {
    if (document.querySelector(`.text .${name}`)) choice.append(new Option(label, name));
  }
  const button = label => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    return made;
  };
  const previous = button(words.previous);
  const next = button(words.next);
  bar.append(marksLabel, choice, previous, next);
  // It goes with the text, and covers nothing else.
  (document.querySelector('.part-texts') ?? document.body).append(bar);

  const selector = () => (choice.value ? `.text .${choice.value}` : names.map(name => `.text .${name}`).join(','));
  let runs;
  let at = -1;
  const step = by => {
    runs ??= [...document.querySelectorAll(selector())];
    if (runs.length === 0) return;
    at = (at + by + runs.length) % runs.length;
    const run = runs[at];
    run.scrollIntoView({ block: 'center' });
    const selection = getSelection();
    selection?.selectAllChildren(run);
  };
  next.addEventListener('click', () => step(1));
  previous.addEventListener('click', () => step(at < 0 ? 0 : -1));
  marks.addEventListener('change', () => classList.toggle('unmarked', !marks.checked));
  choice.addEventListener('change', () => {
    for (const { name } of hands) classList.toggle(`stress-${name}`, name === choice.value);
    classList.toggle('stress', choice.value !== '');
    runs = undefined;
    at = -1;
  });
  bar.addEventListener('submit', event => event.preventDefault());
})();
