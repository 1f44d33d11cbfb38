import type { Spoken } from '../phrases.ts'

/** Spanish; see ../phrases.ts. */
export const ES: Spoken = {
  greeting:
    '¡Hola! Soy el asistente automático de esta tienda. Pregúnteme por productos, envíos, devoluciones o su pedido; una persona puede encargarse en cualquier momento.',
  thanks: '¡De nada! Si necesita algo más, pregunte.',
  goodbye: '¡Adiós y gracias por su visita!',
  about:
    'Soy un asistente automático. Respondo a partir de las páginas de esta tienda y muestro dónde está escrito, puedo consultar su pedido y una persona puede encargarse en cualquier momento.',
  refuse:
    'Solo puedo ayudar con preguntas sobre esta tienda y sus pedidos, así que dejo ese texto como está. ¿Qué desea saber?',
  rephrase: 'No lo he entendido. ¿Podría preguntarlo con otras palabras?',
  added:
    'Eso tampoco lo sé. Lo he transmitido; la persona de nuestro equipo que se encargue lo verá y responderá aquí.',
  person:
    'Por supuesto: una persona de nuestro equipo se encarga a partir de aquí. Ve todo lo que ha escrito y responde en este chat.',
  frustration:
    'Lo siento. Una persona de nuestro equipo se encarga ahora; ve todo lo que ha escrito, así que no tiene que repetir nada.',
  safety:
    'Esto necesita a una persona de inmediato, así que se lo paso ahora. Si alguien está en peligro, deje de usar el producto y llame primero al número de emergencias.',
  sensitive:
    'Esto es para una persona, no para un asistente automático. Una persona de nuestro equipo se encarga y responde aquí.',
  exception:
    'No puedo decidir sobre excepciones, así que se encarga una persona de nuestro equipo. Ve todo lo que ha escrito y responde aquí.',
  unknown: 'No lo sé con seguridad y prefiero no adivinar.',
  silent: 'No lo sé: la ficha de {title} no lo dice.',
  conflict: 'No sé qué es lo correcto: nuestras páginas dicen cosas distintas sobre esto.',
  looked_at: ' He mirado en {titles}.',
  looked_nowhere: ' No he encontrado nada sobre ello en nuestras páginas.',
  next: ' Una persona de nuestro equipo se encarga y responde aquí.',
  as_written: 'Nuestra página lo dice en otro idioma ({language}); la cito tal cual:',
  open_quote: '«',
  close_quote: '»',
  suggested: 'Gracias por su paciencia. Nuestra página {page} dice: {quote}',
}
