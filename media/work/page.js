// Draws the fields of the work's description, sends what is written into them, and shows what the file says.

(() => {
  const host = acquireVsCodeApi();
  const form = document.getElementById('form');
  const told = document.getElementById('told');
  let sections = [];
  let words = {};
  let state;
  let record = { tools: [], files: [], exhibits: [] };
  let sent = 0;
  let drawn = '';
  let drawing = false;
  let focusNext = '';
  let timer;
  /** What was written and is not sent yet, by the field's id. */
  const written = new Map();

  const idOf = path => `f/${path.join('/')}`;
  const at = path =>
    path.reduce((value, step) => (value === null || value === undefined ? undefined : value[step]), state.json);
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

  function make(tag, props = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (value === undefined || value === false) continue;
      if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
      else if (name === 'text') made.textContent = value;
      else made.setAttribute(name, value === true ? '' : value);
    }
    made.append(...children.filter(child => child !== undefined));
    return made;
  }

  // What is written goes out a moment after the last key, and at once when the field is left.
  function send() {
    // What is drawn anew takes the focus from its field: nobody has left it.
    if (drawing) return;
    clearTimeout(timer);
    for (const [id, { path, value }] of written) {
      written.delete(id);
      ask({ kind: 'set', path, value });
    }
  }
  function ask(asked) {
    host.postMessage({ ...asked, id: ++sent });
  }
  function write(path, value) {
    written.set(idOf(path), { path, value });
    clearTimeout(timer);
    timer = setTimeout(send, 300);
  }
  function act(asked) {
    send();
    ask(asked);
  }
  addEventListener('blur', send);
  addEventListener('pagehide', send);
  document.addEventListener('visibilitychange', send);
  document.addEventListener('focusout', send);
  document.addEventListener('change', send);
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey) send();
  });

  // An author may stand there as a name, a title as one text.
  function textsAt(path, field) {
    const name = path.at(-1);
    const holder = at(path.slice(0, -1));
    if (typeof holder === 'string' && (name === 'und' || field.main)) return holder;
    const value = at(path);
    if (field.is === 'texts') return Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];
    return typeof value === 'string' ? value : '';
  }

  const shown = (value, field) => (field.is === 'texts' ? value.join(', ') : value);
  const parts = text =>
    text
      .split(/[,;]/)
      .map(one => one.trim())
      .filter(one => one !== '');

  function input(path, field) {
    const id = idOf(path);
    const control =
      field.is === 'choice'
        ? make(
            'select',
            { id },
            new Option(words.notStated, ''),
            ...field.choices.map(({ value, label }) => new Option(label, value)),
          )
        : field.long
          ? make('textarea', { id, rows: '4' })
          : make('input', { id, autocomplete: 'off', list: field.exhibit ? 'exhibits' : undefined });
    control.value = shown(textsAt(path, field), field);
    control.addEventListener('input', () => {
      const { value } = control;
      write(path, field.is === 'texts' ? parts(value) : value);
    });
    control.field = field;
    control.path = path;
    const hint = field.hint && make('small', { id: `${id}/hint`, text: field.hint });
    return make('div', { class: 'field' }, label(id, field.label, path), control, hint, problem(path));
  }

  function label(id, text, path) {
    return make('label', { for: id }, text, needed(path));
  }
  function needed(path) {
    return make('span', { class: 'needed', 'data-needed': `/${path.join('/')}`, hidden: true, text: words.needed });
  }
  function problem(path) {
    return make('p', {
      class: 'problem',
      id: `${idOf(path)}/problem`,
      'data-problem': `/${path.join('/')}`,
      hidden: true,
    });
  }

  function group(path, { label: text, of, is }) {
    return make(
      'fieldset',
      { class: is },
      make('legend', {}, text, needed(path)),
      problem(path),
      ...of.map(one => field([...path, one.name], one)),
    );
  }

  function list(path, own) {
    const items = at(path);
    const count = Array.isArray(items) ? items.length : 0;
    const said = Array.isArray(items) && count === 0;
    const name = path.join('-');
    const rows = Array.from({ length: count }, (_, rank) => item([...path, rank], own, rank, count));
    const optional = !['authors'].includes(path[0]);
    const none =
      optional && count === 0
        ? make(
            'div',
            { class: 'none' },
            make('input', {
              type: 'checkbox',
              id: `none-${name}`,
              checked: said,
              onchange: event => act({ kind: 'none', path, none: event.target.checked }),
            }),
            make('label', { for: `none-${name}`, text: words.none }),
          )
        : undefined;
    const add = make('button', {
      type: 'button',
      id: `add-${name}`,
      text: words.add,
      onclick: () => grow(path, own, {}, count),
    });
    return make(
      'div',
      { class: 'list', role: 'group', 'aria-label': own.label },
      make('p', { class: 'label' }, own.label, needed(path)),
      problem(path),
      ...rows,
      none,
      ...proposals(path, own, count),
      add,
    );
  }

  function grow(path, own, given, rank) {
    focusNext = idOf([...path, rank, own.main]);
    act({ kind: 'add', path, item: { [own.main]: '', ...given } });
  }

  function item(path, own, rank, count) {
    const list = path.slice(0, -1);
    const name = `${own.label} ${rank + 1}`;
    return make(
      'fieldset',
      { class: 'item' },
      make('legend', {}, name),
      problem(path),
      ...own.of.map(one => field([...path, one.name], one.name === own.main ? { ...one, main: true } : one)),
      order(list, rank, count, name, () => act({ kind: 'remove', path })),
    );
  }

  function order(path, rank, count, name, remove) {
    const move = to => () => {
      focusNext = `${to < rank ? 'up' : 'down'}-${path.join('-')}-${to}`;
      act({ kind: 'move', path, from: rank, to });
    };
    const button = (kind, text, props) =>
      make('button', {
        type: 'button',
        class: 'small',
        id: `${kind}-${path.join('-')}-${rank}`,
        'aria-label': say(text, { name }),
        title: say(text, { name }),
        ...props,
      });
    return make(
      'div',
      { class: 'order' },
      button('up', words.up, { text: '↑', disabled: rank === 0, onclick: move(rank - 1) }),
      button('down', words.down, { text: '↓', disabled: rank === count - 1, onclick: move(rank + 1) }),
      button('remove', words.remove, { text: '×', onclick: remove }),
    );
  }

  // Beside the fields, until the person takes them.
  function proposals(path, own, count) {
    if (path[0] !== 'tools') return [];
    const there = new Set((at(path) ?? []).map(tool => String(tool?.product ?? '').toLowerCase()));
    return record.tools
      .filter(({ product }) => !there.has(product.toLowerCase()))
      .map(({ text, product }, i) =>
        make(
          'p',
          { class: 'proposal' },
          make('span', { id: `proposal-${i}`, text }),
          make('button', {
            type: 'button',
            'aria-describedby': `proposal-${i}`,
            text: words.propose,
            onclick: () => grow(path, own, { product }, count),
          }),
        ),
      );
  }

  function dates() {
    if (record.dates === undefined) return undefined;
    const { text, from, to } = record.dates;
    const take = () => {
      act({ kind: 'set', path: ['created', 'from'], value: from });
      ask({ kind: 'set', path: ['created', 'to'], value: to });
    };
    return make(
      'p',
      { class: 'proposal' },
      make('span', { id: 'proposal-dates', text }),
      make('button', {
        type: 'button',
        id: 'take-dates',
        'aria-describedby': 'proposal-dates',
        text: words.takeDates,
        onclick: take,
      }),
    );
  }

  function files(path, own) {
    const listed = textsAt(path, own);
    const set = value => act({ kind: 'set', path, value });
    const moved = (from, to) => {
      if (to < 0 || to >= listed.length || from === to) return;
      focusNext = `file-${to}`;
      act({ kind: 'move', path, from, to });
    };
    const row = (file, rank) =>
      make(
        'li',
        {
          draggable: 'true',
          tabindex: '0',
          id: `file-${rank}`,
          onkeydown: event => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
            event.preventDefault();
            moved(rank, rank + (event.key === 'ArrowUp' ? -1 : 1));
          },
          ondragstart: event => event.dataTransfer.setData('text/plain', String(rank)),
          ondragover: event => event.preventDefault(),
          ondrop: event => {
            event.preventDefault();
            moved(Number(event.dataTransfer.getData('text/plain')), rank);
          },
        },
        make('span', { class: 'path', text: file }),
        problem([...path, rank]),
        order(path, rank, listed.length, file, () => set(listed.toSpliced(rank, 1))),
      );
    const more = record.files.filter(file => !listed.includes(file));
    return make(
      'div',
      { class: 'list' },
      make('p', { class: 'label' }, own.label, needed(path)),
      make('small', { text: own.hint }),
      problem(path),
      make('ol', { class: 'files' }, ...listed.map(row)),
      more.length > 0 ? make('p', { class: 'label', text: words.filesMore }) : undefined,
      make(
        'ul',
        { class: 'files' },
        ...more.map(file =>
          make(
            'li',
            {},
            make('span', { class: 'path', text: file }),
            make('button', {
              type: 'button',
              class: 'small',
              'aria-label': `${words.add}: ${file}`,
              text: '+',
              onclick: () => set([...listed, file]),
            }),
          ),
        ),
      ),
    );
  }

  function field(path, own) {
    if (own.is === 'list') return list(path, own);
    if (own.is === 'group' || own.is === 'worded') {
      const made = group(path, own);
      const proposed = path[0] === 'created' ? dates() : undefined;
      if (proposed !== undefined) made.append(proposed);
      return made;
    }
    return own.relative ? files(path, own) : input(path, own);
  }

  function section({ name, title, fields }) {
    const open = state.wants[name] ?? true;
    const before = document.getElementById(`section-${name}`);
    return make(
      'details',
      { id: `section-${name}`, open: before === null ? open : before.open },
      make('summary', {}, make('h2', { text: title })),
      ...fields.map(one => field([one.name], one)),
    );
  }

  /** What decides which fields there are; what stands in them is filled in without drawing them anew. */
  function shape() {
    const lists = Object.entries(state.json ?? {}).filter(([, value]) => Array.isArray(value));
    const drawn = value => (typeof value === 'string' ? value : typeof value);
    return JSON.stringify([
      lists.map(([name, value]) => [name, value.map(name === 'files' ? drawn : () => 0)]),
      record,
    ]);
  }

  function draw() {
    if (state === undefined || sections.length === 0) return;
    if (state.broken) {
      form.replaceChildren(
        make('p', { class: 'problem', text: words.broken }),
        make('button', { type: 'button', text: words.openText, onclick: () => host.postMessage({ kind: 'openText' }) }),
      );
      drawn = '';
      return;
    }
    const now = shape();
    if (now !== drawn) redraw();
    drawn = now;
    for (const control of form.querySelectorAll('input, select, textarea')) {
      if (control.field === undefined || written.has(control.id)) continue;
      const value = shown(textsAt(control.path, control.field), control.field);
      // A list of tags as it is being written stays as it is written.
      const same =
        control.field.is === 'texts' && JSON.stringify(parts(control.value)) === JSON.stringify(parts(value));
      const typed = control.value.trim() === value.trim() && control === document.activeElement;
      if (!same && !typed && control.value !== value) control.value = value;
    }
    tell();
    const next = focusNext === '' ? null : document.getElementById(focusNext);
    if (next === null) return;
    focusNext = '';
    next.focus();
  }

  function redraw() {
    const { activeElement } = document;
    const kept = activeElement && form.contains(activeElement) ? activeElement.id : '';
    const range = kept === '' ? [] : [activeElement.selectionStart, activeElement.selectionEnd];
    const top = document.scrollingElement.scrollTop;
    const exhibits = make(
      'datalist',
      { id: 'exhibits' },
      ...record.exhibits.map(({ name, text }) => make('option', { value: name, text })),
    );
    drawing = true;
    form.replaceChildren(exhibits, ...sections.map(section));
    drawing = false;
    for (const [id, { value }] of written) {
      const control = document.getElementById(id);
      if (control) control.value = Array.isArray(value) ? value.join(', ') : value;
    }
    document.scrollingElement.scrollTop = top;
    const again = kept === '' ? null : document.getElementById(kept);
    again?.focus();
    if (again && typeof range[0] === 'number' && again.setSelectionRange) again.setSelectionRange(...range);
  }

  /** Problems at their fields, and what is empty. */
  function tell() {
    for (const line of form.querySelectorAll('[data-problem]')) {
      const text = state.problems[line.dataset.problem];
      line.hidden = text === undefined;
      line.textContent = text ?? '';
    }
    const empty = new Set(state.empty.map(([pointer]) => pointer));
    for (const mark of form.querySelectorAll('[data-needed]')) mark.hidden = !empty.has(mark.dataset.needed);
    for (const control of form.querySelectorAll('input, select, textarea')) {
      if (control.path === undefined) continue;
      const wrong = state.problems[`/${control.path.join('/')}`] !== undefined;
      const hint = control.field.hint && `${control.id}/hint`;
      control.toggleAttribute('aria-invalid', wrong);
      if (wrong) control.setAttribute('aria-invalid', 'true');
      const by = [hint, wrong && `${control.id}/problem`].filter(Boolean).join(' ');
      if (by === '') control.removeAttribute('aria-describedby');
      else control.setAttribute('aria-describedby', by);
    }
    const links = state.empty.map(([pointer, name]) =>
      make('li', {}, make('a', { href: '#', text: name, onclick: event => lead(event, pointer) })),
    );
    const head = make('p', { class: 'label', text: state.empty.length === 0 ? words.full : words.empty });
    const strange = state.strangers.map(text => make('li', { text }));
    told.replaceChildren(
      head,
      ...(links.length > 0 ? [make('ul', {}, ...links)] : []),
      ...(strange.length > 0 ? [make('ul', { class: 'strange' }, ...strange)] : []),
    );
  }

  function lead(event, pointer) {
    event.preventDefault();
    const mark = form.querySelector(`[data-needed="${CSS.escape(pointer)}"]`);
    const section = mark?.closest('details');
    if (!section) return;
    section.open = true;
    const holder = mark.closest('.field, fieldset, .list');
    const control = document.getElementById(`f${pointer}`) ?? holder.querySelector('input, select, textarea, button');
    control?.focus();
    control?.scrollIntoView({ block: 'center' });
  }

  addEventListener('message', ({ data }) => {
    if (data.kind === 'form') {
      ({ sections, words } = data);
      drawn = '';
    } else if (data.kind === 'record') record = data;
    // What comes from before the last wish would take it back for a moment.
    else if (data.kind === 'state' && data.seen >= sent) state = data;
    else return;
    draw();
  });
  host.postMessage({ kind: 'ready' });
})();
