type Colour = [red: number, green: number, blue: number]

/** Source: WCAG 2.2, success criterion 1.4.3. */
const LEAST_CONTRAST = 4.5
const BLACK: Colour = [17, 17, 17]
const WHITE: Colour = [255, 255, 255]

/**
 * Corrects what a theme made unreadable: text on the accent, the accent as text, text on the surface. Sets the corrected colours
 * as properties of `panel` (removing its earlier ones first) and returns the names of the properties that had to give way.
 */
export function readableColours(panel: HTMLElement): string[] {
  // These colours are the reader's own; nothing of the theme is shown.
  if (window.matchMedia('(forced-colors: active)').matches) return []
  for (const name of ['--on-accent', '--accent-text', '--text', '--muted']) panel.style.removeProperty(name)
  const read = colourReader(panel)
  const surface = read('--surface')
  const accent = read('--accent')
  const wrong: string[] = []
  const set = (property: string, name: string, colour: Colour) => {
    panel.style.setProperty(name, `rgb(${colour.join(' ')})`)
    if (property) wrong.push(property)
  }
  if (contrast(read('--text'), surface) < LEAST_CONTRAST) {
    set('--purser-text', '--text', bestOn(surface))
    set('', '--muted', bestOn(surface))
  }
  if (contrast(read('--on-accent'), accent) < LEAST_CONTRAST) set('--purser-on-accent', '--on-accent', bestOn(accent))
  if (contrast(accent, surface) < LEAST_CONTRAST) set('', '--accent-text', towards(accent, bestOn(surface), surface))
  return wrong
}

/** Contrast of two colours, 1–21. Source: WCAG 2.2, relative luminance. */
export function contrast(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** Reads a colour property as the browser understands it, whatever its notation, by painting it. */
function colourReader(panel: HTMLElement): (name: string) => Colour {
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const probe = document.createElement('span')
  probe.hidden = true
  panel.shadowRoot?.append(probe)
  const read = (name: string): Colour => {
    probe.style.setProperty('color', `var(${name})`)
    if (!paint) return BLACK
    paint.fillStyle = getComputedStyle(probe).color
    paint.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data
    return [red, green, blue]
  }
  return (name) => {
    if (!probe.isConnected) panel.shadowRoot?.append(probe)
    const colour = read(name)
    probe.remove()
    return colour
  }
}

function bestOn(ground: Colour): Colour {
  return contrast(WHITE, ground) >= contrast(BLACK, ground) ? WHITE : BLACK
}

/** `colour` moved towards `goal` in tenths until it can be read on `ground`. */
function towards(colour: Colour, goal: Colour, ground: Colour): Colour {
  for (let part = 0.1; part < 1; part += 0.1) {
    const mixed = colour.map((value, index) => Math.round(value + ((goal[index] ?? 0) - value) * part)) as Colour
    if (contrast(mixed, ground) >= LEAST_CONTRAST) return mixed
  }
  return goal
}

function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
