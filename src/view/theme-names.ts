/** What the looks of the screen are called. `auto`: dark or light, as the terminal tells. */
export const themeNames = ['auto', 'dark', 'light', 'high-contrast', 'colour-blind', 'inherit'] as const;

export type ThemeName = (typeof themeNames)[number];
