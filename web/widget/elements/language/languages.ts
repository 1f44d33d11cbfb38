/** The files of `web/widget/texts`; English travels with the panel. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'ar'] as const
