import { bundleProduct } from '../../fuzz/bundle.ts';
import { play } from '../../fuzz/play.ts';
import { parsed } from '../../fuzz/shrink.ts';

/** What the fuzzer has found in the product, by its seed, as short as it can be told. */
const found: Readonly<Record<string, string>> = {
  'a key that comes before its text is known is understood when all is waited for': `
    seed 2 stories 2
      enter story 1 window 0 file 0 574603 327682 946421
      turn none 112736`,

  'a deleted run does not shift what another window learns of the rest': `
    seed 28 stories 2
      delete story 1 window 0 file 2 402610 940113 997652
      save story 1 window 0 file 2 1201 254044 795702
      turn second 535563
      type story 1 window 1 file 2 202360 971807 513021
      turn none 121997`,

  'ghost text that is accepted soon after one letter was pasted is ghost text': `
    seed 15 stories 2
      copy story 0 window 1 file 1 361230 79664 685786
      pasteOwn story 0 window 0 file 1 591279 530070 983033
      complete story 0 window 0 file 1 848822 121010 114730
      turn none 209493`,

  'an undo is known that the editor tells of the like text beside what was moved': `
    seed 91 stories 20
      unknown story 2 window 1 file 1 812485 400405 723593
      complete story 4 window 0 file 2 433944 203618 87049
      type story 4 window 1 file 2 211098 695413 566546
      copy story 4 window 1 file 0 17308 152127 223776
      pasteOwn story 2 window 0 file 1 742602 485940 230305
      turn none 874424
      moveLine story 2 window 0 file 1 760595 942693 368937
      undo story 2 window 0 file 1 691956 31479 306804
      turn none 224964`,

  'an undo of what was taken back from the file is known though the file was aligned otherwise': `
    seed 81 stories 20
      enter story 4 window 0 file 2 41628 636464 865709
      type story 4 window 1 file 0 98789 489027 571070
      carets story 4 window 1 file 2 167238 648735 282999
      paste story 4 window 0 file 2 424167 725469 320980
      type story 4 window 0 file 0 528683 232231 598837
      type story 4 window 1 file 2 272817 220949 796701
      type story 4 window 0 file 0 158009 765364 921296
      revert story 4 window 1 file 2 609099 99514 658936
      turn none 269227
      undo story 4 window 0 file 2 993721 67205 787936
      turn none 710871`,

  'what stays of a word that another program changed is no one word': `
    seed 99 stories 20
      complete story 1 window 1 file 0 704150 909275 712257
      save story 1 window 1 file 2 170785 778381 421883
      former story 1 window 1 file 0 656230 111089 585753
      turn none 773974`,

  'a window that opens a short file while another one saves it does not know it again': `
    seed 115 stories 20
      over story 6 window 0 file 2 953882 895800 523114
      turn second 50592
      wrapped story 6 window 1 file 2 254440 201449 405763
      save story 6 window 0 file 2 86435 4893 303738
      turn none 88967`,

  'a lone surrogate that another window saves takes the text around it along': `
    seed 100 stories 4
      type story 3 window 0 file 1 3 0 41
      save story 3 window 0 file 1 1 1 1
      turn second 1
      wait story 3 window 1 file 1 0 5 1
      type story 3 window 0 file 1 40 3 1
      type story 3 window 0 file 1 3 0 41
      save story 3 window 0 file 1 1 1 1
      turn none 1`,

  'signs alone on a line go with the words that another program puts before them': `
    seed 209 stories 20
      pair story 19 window 1 file 1 736972 718700 946534
      turn none 404699
      save story 19 window 0 file 1 864054 425651 833463
      outside story 19 window 0 file 1 237959 662003 861430
      turn none 164970`,

  'a space that is typed just after one was pasted may be the paste': `
    seed 287 stories 1
      type story 0 window 0 file 0 4 0 5
      copy story 0 window 0 file 0 4 1 1
      pasteOwn story 0 window 0 file 0 0 1 1
      type story 0 window 0 file 0 9 0 5
      turn none 1`,

  'what an undo takes out is not what is copied from there just after': `
    seed 314 stories 1
      type story 0 window 0 file 0 4 0 1
      undo story 0 window 0 file 0 0 0 0
      copy story 0 window 0 file 0 4 3 1
      pasteOwn story 0 window 0 file 0 0 1 1
      turn none 1`,

  'what was taken back from the file in other pieces than the editor said comes back by an undo': `
    seed 349 stories 20
      type story 0 window 1 file 0 525747 950633 759559
      type story 0 window 1 file 2 412401 407537 697124
      pair story 0 window 0 file 0 68768 753323 964157
      type story 0 window 1 file 2 913492 494294 482446
      moveLine story 0 window 0 file 0 128012 237651 599972
      revert story 0 window 1 file 2 374361 997222 749993
      turn none 62898
      undo story 0 window 1 file 2 703553 850703 488643
      turn none 755053`,

  'a text that is saved under another name is found with the spaces that were between its words before': `
    seed 357 stories 20
      delete story 16 window 0 file 1 82763 669712 255433
      save story 16 window 0 file 1 187209 395887 93445
      outside story 16 window 0 file 1 654535 806012 450451
      turn none 461181
      type story 16 window 1 file 1 815823 942376 224003
      saveAs story 16 window 0 file 1 400359 66312 646000
      turn none 844162`,

  'a key that says what was to be pasted may be the paste, seconds later and in a text of its own': `
    seed 357 stories 20
      paste story 5 window 0 file 0 724323 446122 87843
      turn none 461181
      type story 5 window 0 file 0 524803 761197 758669
      enter story 5 window 1 file 2 858383 578904 197540
      turn none 326669
      type story 5 window 1 file 2 376554 542117 160724
      cut story 5 window 0 file 0 439729 514342 453313
      undo story 5 window 0 file 0 26630 379671 2340
      copy story 5 window 1 file 2 903914 266173 502624
      pasteOwn story 18 window 1 file 1 719755 959477 266997
      pasteOwn story 6 window 0 file 2 999655 291192 302668
      type story 18 window 1 file 1 443139 514921 400522
      turn none 844162`,

  'a text that another window saves while it is opened is the former one to the letter': `
    seed 455 stories 20
      pair story 1 window 0 file 1 628164 441823 640741
      cut story 1 window 0 file 1 112084 231658 380047
      type story 1 window 1 file 1 227871 483251 587192
      enter story 1 window 0 file 1 160175 901506 927934
      turn second 726369
      carets story 1 window 1 file 1 741666 459969 1001630
      save story 1 window 0 file 1 42989 389525 939187
      turn none 808835`,

  'what was copied before it was known may be found where another window has just pasted it': `
    seed 470 stories 1
      turn second 1
      copy story 0 window 1 file 0 0 35 4
      pasteOwn story 0 window 0 file 1 5 1 1
      pasteOwn story 0 window 1 file 1 9 1 1
      turn none 1`,
};

/** What only comes where nothing waits between the acts. */
const inHaste: Readonly<Record<string, string>> = {
  'what was saved in a text that is closed before it is known is not what the watcher tells of': `
    seed 21 stories 20
      delete story 1 window 0 file 0 102575 701289 843611
      save story 1 window 0 file 0 192427 348776 400275
      enter story 1 window 1 file 0 407507 972322 610190
      close story 1 window 0 file 0 966215 833419 671556
      turn none 1`,
};

describe('what the fuzzer has found', () => {
  before(() => bundleProduct());

  for (const [scripts, closely] of [
    [found, true],
    [inHaste, false],
  ] as const) {
    for (const [name, script] of Object.entries(scripts)) {
      it(name, async function () {
        this.timeout(60_000);
        await play(parsed(script), { closely });
      });
    }
  }
});
