import { makeReport } from '../../src/evidence/report.ts';
import { best, say, shown, time } from './measure.ts';
import { packedSource, replayed } from './packedSource.ts';
import { promptedEvents } from './promptedEvents.ts';

console.log(
  'Register of prompts, in the report that it is made with; the floor folds the same events and does no more',
);
for (const count of [1_000, 10_000]) {
  const source = packedSource(promptedEvents(count));
  const floor = best(3, () => time(() => replayed(source)));
  let report = makeReport([]);
  const took = best(3, () =>
    time(() => {
      report = makeReport([source]);
    }),
  );
  const goal = count === 10_000 ? '1 s' : '';
  say(`${count} prompts, ${source.size} events: replay, report`, [floor, took].map(shown).join(', '), goal);
  const { prompts } = report;
  const of = (what: string, n: number) => `${what} ${n}`;
  const written = prompts.filter(prompt => prompt.written !== null).length;
  const loops = prompts.filter(({ loop }) => loop !== null).length;
  const rewords = prompts.filter(prompt => prompt.rewords !== null).length;
  say('  prompts found', [of('written here', written), of('rewords', rewords), of('in loops', loops)].join(', '));
  const json = time(() => JSON.stringify(prompts));
  say('  as JSON', shown(json));
}
