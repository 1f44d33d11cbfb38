/** The files of `web/widget/texts`; the loader's own few words are in the same languages. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'ar'] as const
