export type Placeholder = 1;
