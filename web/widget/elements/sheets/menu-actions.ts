import { printPage } from '../transcript/print-page.ts'
import { saveFile } from '../transcript/save-file.ts'
import { PAGE_STYLE, transcriptPage, transcriptText } from '../transcript/transcript-files.ts'
import type { View } from '../view.ts'
import type { MenuChoice } from './menu-element.ts'

/** Does what was chosen. Resolves with what is to be told to the shopper, or null when the doing shows itself. */
export async function doMenuChoice(
  choice: Exclude<MenuChoice, 'delete_data'>,
  view: View,
  signal: AbortSignal,
): Promise<string | null> {
  const { say, chat } = view
  switch (choice) {
    case 'copy':
      return navigator.clipboard.writeText(transcriptText(view)).then(
        () => say('copied'),
        () => say('copy_failed'),
      )
    case 'print':
      printPage(transcriptPage(view, ''), PAGE_STYLE)
      return null
    case 'download_text':
      saveFile('conversation.txt', 'text/plain', transcriptText(view))
      return null
    case 'download_html':
      saveFile('conversation.html', 'text/html', transcriptPage(view, PAGE_STYLE))
      return null
    case 'download_data':
      try {
        const data = await chat.myData()
        signal.throwIfAborted()
        saveFile('my-data.json', 'application/json', JSON.stringify(data, null, 2))
        return say('downloaded')
      } catch {
        return say('failed')
      }
    case 'start_over':
      await chat.startOver()
      return null
  }
}
