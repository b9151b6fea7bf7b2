import { expect, test } from 'vitest'
import { integrityOf } from './integrity.ts'

test('an integrity is written as policies and attributes have it', async () => {
  expect(await integrityOf('', 'SHA-256')).toBe(
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  )
})
