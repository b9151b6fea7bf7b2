import { expect, test } from 'vitest'
import { linkHeader } from './link.ts'

const none = { newer: undefined, older: undefined }

test('the pages beside a page are asked for as it was, with a cursor more', () => {
  const carried = new URLSearchParams([
    ['limit', '5'],
    ['lifecycle[]', 'active'],
    ['lifecycle[]', 'retired'],
  ])
  const query = 'limit=5&lifecycle%5B%5D=active&lifecycle%5B%5D=retired'
  expect(linkHeader('/v1/models', carried, { newer: 'a', older: 'b' })).toEqual({
    link: `</v1/models?${query}&before_id=a>; rel="prev", </v1/models?${query}&after_id=b>; rel="next"`,
  })
})

test('there is a link for each page that there is, and no header where there is none', () => {
  const carried = new URLSearchParams()
  expect(linkHeader('/p', carried, { ...none, newer: 'a' })).toEqual({
    link: '</p?before_id=a>; rel="prev"',
  })
  expect(linkHeader('/p', carried, { ...none, older: 'b' })).toEqual({
    link: '</p?after_id=b>; rel="next"',
  })
  expect(linkHeader('/p', carried, none)).toEqual({})
})

test('no id can end its link, or the header', () => {
  const { link = '' } = linkHeader('/p', new URLSearchParams(), { ...none, newer: 'a>; ü\r\n, <b' })
  expect(link).toBe('</p?before_id=a%3E%3B+%C3%BC%0D%0A%2C+%3Cb>; rel="prev"')
})
