/** The command, and the tab, of a page that holds nothing but a bar. */
export const BARE_CHART = "Bare page";
