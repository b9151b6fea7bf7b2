import { afterEach, expect } from 'vitest'
import { departures } from '../contract.ts'
import { serviceOrigins } from './workerd.ts'

// Whatever a test of this project fetches from the service must be an answer that the contract knows.

const found: string[] = []
const plainFetch = globalThis.fetch

globalThis.fetch = async (input, init) => {
  const response = await send(input, init)
  const { headers, status } = response
  const { method, url } = new Request(input, init)
  const { origin, pathname } = new URL(url)
  // What else a test starts has no such contract, nor has what it asks the harness around the service.
  if (!serviceOrigins.has(origin) || pathname.startsWith('/-/')) return response
  const body = await response.clone().text()
  found.push(...departures({ method, url, status, headers, body }))
  return response
}

/** Sends it again where the connection was idle, and closed just then: workerd waits for five seconds. */
async function send(...asked: Parameters<typeof fetch>): Promise<Response> {
  try {
    return await plainFetch(...asked)
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: string } }
    if (cause?.code !== 'UND_ERR_SOCKET') throw error
    return plainFetch(...asked)
  }
}

afterEach(() => expect(found.splice(0)).toEqual([]))
