// The text writing itself: states of its files, each made of the one before. Works by mouse, keyboard and ear; moves only when asked.

(() => {
  const place = document.getElementById('replay');
  const data = document.getElementById('replay-data');
  if (!place || !data) return;
  const { names, code, classes, hands: called, words, frames } = JSON.parse(data.textContent);
  const still = () =>
    matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion');
  /** A page of its own, and not a part of the report. */
  const alone = place.dataset.alone !== undefined;
  /** Units shown around what was changed last: of a long text not all is drawn. */
  const reach = 3000;
  /** Units of what is new that are read out. */
  const heard = 200;
  const unseen =
    /(?![\t\n])\p{Cc}|[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}]/gu;

  // A state: by file, text and the hand of each unit as a digit; every so many are kept, the others follow from them.
  const every = 16;
  const kept = new Map([[-1, names.map(() => ({ text: '', hands: '', from: 0, to: 0 }))]]);
  const next = (states, [file, , , parts]) => {
    const before = states[file];
    const now = { text: '', hands: '', from: -1, to: 0 };
    for (const [first, second] of parts) {
      if (typeof first === 'number') {
        now.text += before.text.slice(first, first + second);
        now.hands += before.hands.slice(first, first + second);
        continue;
      }
      if (now.from < 0) now.from = now.text.length;
      now.text += first;
      now.hands += second.map(([hand, length]) => String(hand).repeat(length)).join('');
      now.to = now.text.length;
    }
    if (now.from < 0) {
      let same = 0;
      while (same < now.text.length && now.text[same] === before.text[same]) same++;
      now.from = now.to = same;
    }
    return states.map((state, i) => (i === file ? now : state));
  };
  const stateAt = at => {
    let from = at;
    while (!kept.has(from)) from--;
    let states = kept.get(from);
    while (from < at) {
      states = next(states, frames[++from]);
      if (from % every === 0) kept.set(from, states);
    }
    return states;
  };

  const make = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const bar = make('div', 'replay-bar');
  const play = make('button', '', words.play);
  play.type = 'button';
  const scrub = make('input');
  scrub.type = 'range';
  scrub.min = '0';
  scrub.max = String(frames.length - 1);
  scrub.value = scrub.max;
  scrub.setAttribute('aria-label', words.state);
  const speed = make('select');
  speed.setAttribute('aria-label', words.speed);
  for (const times of [0.5, 1, 2, 4, 8]) speed.append(new Option(`${times}×`, String(times), times === 1, times === 1));
  const said = make('p', 'small');
  const aloud = make('p', 'replay-aloud');
  aloud.setAttribute('role', 'status');
  const page = make('div', 'replay-page');
  page.tabIndex = 0;
  page.setAttribute('role', 'group');
  bar.append(play, scrub, speed);
  place.append(bar, said, page, aloud);
  place.hidden = false;

  const visible = text =>
    text.replace(unseen, char => `⟨U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
  // An editor that shows the page in a panel keeps where it was while the panel is out of sight.
  const host = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;
  const film = `${frames.length} ${frames.at(-1)[2]}`;
  const draw = at => {
    const [file, time, entry] = frames[at];
    const { text, hands, from, to } = stateAt(at)[file];
    const start = Math.max(0, from - reach);
    const stop = Math.min(text.length, Math.max(to, from) + reach);
    const drawn = document.createDocumentFragment();
    if (start > 0) drawn.append('… ');
    for (let i = start; i < stop; ) {
      let end = i + 1;
      const cut = i < from ? from : i < to ? to : stop;
      while (end < stop && end < cut && hands[end] === hands[i]) end++;
      const hand = Number(hands[i]);
      const run = make('span', `${hand === 0 ? '' : classes[hand]}${i >= from && i < to ? ' now' : ''}`.trim());
      if (hand > 0) run.title = called[hand];
      run.textContent = visible(text.slice(i, end));
      drawn.append(run);
      i = end;
    }
    if (stop < text.length) drawn.append(' …');
    page.className = `replay-page ${code.includes(file) ? 'code' : 'prose'}`;
    const name = visible(names[file]);
    page.setAttribute('aria-label', name);
    page.replaceChildren(drawn);
    const shown = page.querySelector('.now');
    if (shown) page.scrollTop = shown.offsetTop - page.offsetTop - page.clientHeight / 2;
    said.textContent = `${name} · ${time} · ${words.entry} ${entry} · ${at + 1} / ${frames.length}`;
    scrub.value = String(at);
    scrub.setAttribute('aria-valuetext', said.textContent);
    host?.setState({ of: film, at, speed: speed.value });
  };
  /** What is new in a state, whose it is before the words; for who hears the page, where it rests. */
  const tell = at => {
    const { text, hands, from, to } = stateAt(at)[frames[at][0]];
    const runs = [];
    const stop = Math.min(to, from + heard);
    for (let i = from; i < stop; ) {
      let end = i + 1;
      while (end < stop && hands[end] === hands[i]) end++;
      runs.push(`${called[Number(hands[i])]}: ${visible(text.slice(i, end))}`);
      i = end;
    }
    const fresh = runs.length === 0 ? '' : `${words.fresh}: ${runs.join('; ')}${stop < to ? ' …' : ''}`;
    aloud.textContent = [said.textContent, fresh].filter(part => part !== '').join('. ');
  };

  let timer;
  const stop = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    play.textContent = words.play;
    tell(Number(scrub.value));
  };
  const tick = () => {
    const at = Number(scrub.value) + 1;
    if (at >= frames.length) return stop();
    draw(at);
    const pace = Math.min(1000, Math.max(60, 30_000 / frames.length)) / Number(speed.value);
    timer = setTimeout(tick, still() ? Math.max(1000, pace) : pace);
  };
  play.addEventListener('click', () => {
    if (timer !== undefined) return stop();
    if (Number(scrub.value) >= frames.length - 1) draw(0);
    play.textContent = words.pause;
    timer = setTimeout(tick, 300);
  });
  scrub.addEventListener('input', () => {
    stop();
    draw(Number(scrub.value));
  });
  const go = at => {
    stop();
    draw(Math.max(0, Math.min(frames.length - 1, at)));
    tell(Number(scrub.value));
  };
  const keys = {
    ' ': () => play.click(),
    ArrowLeft: () => go(Number(scrub.value) - 1),
    ArrowRight: () => go(Number(scrub.value) + 1),
    Home: () => go(0),
    End: () => go(frames.length - 1),
  };
  // What has keys of its own keeps them.
  if (alone)
    addEventListener('keydown', event => {
      const run = keys[event.key];
      if (!run || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const own = event.key === ' ' ? 'button, input, select, a' : 'input, select';
      if (event.target instanceof Element && event.target.closest(own)) return;
      event.preventDefault();
      run();
    });
  // Drawn when it is first near: most readers come for something else.
  new IntersectionObserver((entries, seen) => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    seen.disconnect();
    const kept = host?.getState();
    if (kept?.of === film) speed.value = kept.speed;
    draw(kept?.of === film ? kept.at : frames.length - 1);
    if (alone) play.focus();
  }).observe(place);
})();
