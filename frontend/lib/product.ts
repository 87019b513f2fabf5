/** The name above every page; set NEXT_PUBLIC_PRODUCT_NAME when building to carry your own. */
export const PRODUCT_NAME = process.env.NEXT_PUBLIC_PRODUCT_NAME ?? 'FteAgent';
