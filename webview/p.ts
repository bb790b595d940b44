export type P = 1;
