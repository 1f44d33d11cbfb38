import type { Phrases } from '../composer.port.ts'

/** Arabic; see ../phrases.ts. */
export const AR: Phrases = {
  price: '{title}: {price}',
  availability: '{title}: {availability}',
  attribute: '{title} – {name}: {value}',
  products_one: 'هذا يناسب ما تبحث عنه: ',
  products_many: 'هذه تناسب ما تبحث عنه: ',
  which_region: 'يتوقف ذلك على مكانك. عن أي منطقة تسأل؟',
  which_product: 'هناك أكثر من منتج مناسب. أيها تقصد؟',
  listing: 'من صفحة المنتج: ',
  products_some: 'عدد المنتجات المناسبة {count}، وهذه {shown} منها: ',
  products_more: 'من بين {count} تذكر صفحاتها ذلك، القيمة الأعلى ({name}): ',
  products_less: 'من بين {count} تذكر صفحاتها ذلك، القيمة الأدنى ({name}): ',
  products_none: 'لا يناسب أي من المنتجات من هذا النوع وعددها {count}. الأقرب: ',
  products_silent: 'صفحات {count} منتجات أخرى لا تذكر ذلك.',
  unsaid: 'صفحة المنتج لا تذكر ذلك',
  has_more: 'الأعلى ({name}): {title}',
  has_less: 'الأدنى ({name}): {title}',
  both_same: 'متساويان في: {name}',
  which_shown: 'أيّها تقصد؟',
  which_side: 'هناك أكثر من منتج بهذا الاسم. أيها تقصد؟',
  which_field: 'أي قياس تقصد؟',
  which_kind: 'ما نوع المنتج الذي تبحث عنه؟',
  yes: 'نعم',
  no: 'لا',
  price_name: 'السعر',
}
