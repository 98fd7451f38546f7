import type { Hand } from '../../provenance/origin.ts';

/** Lengths in points, 72 to the inch; the origin is the page's upper left corner. A4, ISO 216. */
export const sheet = {
  width: 595.28,
  height: 841.89,
  /** 30 mm, so that a bound page is read to the end. */
  left: 85.04,
  right: 45.35,
  top: 62,
  bottom: 72,
} as const;

/** From the binding margin to the right one. */
export const measure = sheet.width - sheet.left - sheet.right;

/** Red, green and blue, 0 to 1. */
export type Ink = readonly [number, number, number];

export const black: Ink = [0, 0, 0];
export const soft: Ink = [0.27, 0.27, 0.27];
export const rule: Ink = [0.72, 0.72, 0.72];

/** How a hand's text is underlined and its areas are filled: told apart without colour, so that grey print loses nothing. */
export interface HandInk {
  readonly ink: Ink;
  readonly wash: Ink;
  readonly line: 'solid' | 'dotted' | 'dashed' | 'double' | 'wavy';
  readonly fill: 'full' | 'slanted' | 'dots' | 'level' | 'upright' | 'crossed';
}

export const handInks: Readonly<Record<Hand, HandInk>> = {
  human: { ink: black, wash: [1, 1, 1], line: 'solid', fill: 'full' },
  machine: { ink: [0.09, 0.25, 0.44], wash: [0.91, 0.93, 0.97], line: 'solid', fill: 'slanted' },
  mechanical: { ink: [0.33, 0.33, 0.33], wash: [0.95, 0.95, 0.95], line: 'dotted', fill: 'dots' },
  outside: { ink: [0.43, 0.27, 0], wash: [0.98, 0.94, 0.87], line: 'dashed', fill: 'level' },
  earlier: { ink: [0.19, 0.33, 0.18], wash: [0.92, 0.95, 0.91], line: 'double', fill: 'upright' },
  unknown: { ink: [0.53, 0.1, 0.21], wash: [0.98, 0.91, 0.93], line: 'wavy', fill: 'crossed' },
};

/** Two places are enough for a press, and the same on every machine. */
export function points(n: number): string {
  return String(Math.round(n * 100) / 100);
}

export function inkOf([red, green, blue]: Ink): string {
  return `${points(red)} ${points(green)} ${points(blue)}`;
}
