/** Where the Keeper publishes, and all places read. */
export const CATALOG_KEY = 'catalog:v2'
