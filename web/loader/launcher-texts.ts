export type LauncherTexts = {
  chat: string
  /** `#` is the count, which stands at the end so that no language needs plural forms. */
  unread: string
  failed: string
  retry: string
}

const TEXTS: Record<string, LauncherTexts> = {
  en: { chat: 'Chat with us', unread: 'new messages: #', failed: 'The chat could not be loaded.', retry: 'Try again' },
  de: {
    chat: 'Chat öffnen',
    unread: 'neue Nachrichten: #',
    failed: 'Der Chat konnte nicht geladen werden.',
    retry: 'Erneut versuchen',
  },
  fr: {
    chat: 'Discuter avec nous',
    unread: 'nouveaux messages : #',
    failed: 'Le chat n’a pas pu être chargé.',
    retry: 'Réessayer',
  },
  es: {
    chat: 'Chatea con nosotros',
    unread: 'mensajes nuevos: #',
    failed: 'No se ha podido cargar el chat.',
    retry: 'Reintentar',
  },
  it: {
    chat: 'Chatta con noi',
    unread: 'nuovi messaggi: #',
    failed: 'Non è stato possibile caricare la chat.',
    retry: 'Riprova',
  },
  nl: {
    chat: 'Chat met ons',
    unread: 'nieuwe berichten: #',
    failed: 'De chat kon niet worden geladen.',
    retry: 'Opnieuw',
  },
  pl: {
    chat: 'Czat z nami',
    unread: 'nowe wiadomości: #',
    failed: 'Nie udało się wczytać czatu.',
    retry: 'Spróbuj ponownie',
  },
  ar: { chat: 'تحدث معنا', unread: 'رسائل جديدة: #', failed: 'تعذّر تحميل الدردشة.', retry: 'أعد المحاولة' },
}

/** The texts of the first wished language there are texts for, English else, with that language. */
export function launcherTexts(
  wished: readonly string[],
): LauncherTexts & { language: string; direction: 'ltr' | 'rtl' } {
  const language = wished.map((locale) => locale.toLowerCase().split('-')[0] ?? '').find((name) => TEXTS[name]) ?? 'en'
  return { ...(TEXTS[language] as LauncherTexts), language, direction: language === 'ar' ? 'rtl' : 'ltr' }
}
