import { expect, test } from 'vitest'
import { finding, report } from '../test/finding.ts'
import { GATE } from './report.ts'
import { githubOutputs, tellGithub } from './tell-github.ts'

test.each([
  [
    [finding()],
    '::error file=a.ts,line=1,col=1,title=retired%3A claude-2.1::claude-2.1: retired since 21 Jul 2025.',
  ],
  [
    [finding({ path: 'a,b:c%.ts', successor: 'b' }), finding(), finding()],
    '::error file=a%2Cb%3Ac%25.ts,line=1,col=1,title=retired%3A claude-2.1::claude-2.1: retired since 21 Jul 2025. The newest of its line is b. And in 2 more places.',
  ],
  [
    [finding({ status: 'unknown', text: 'a%\n', nearest: ['b'] }), finding({ status: 'unknown' })],
    '::warning file=a.ts,line=1,col=1,title=unknown%3A a%25\\u{a}::a%25\\u{a}: unknown; nearest: b. And in 1 more place.',
  ],
  [
    [finding({ status: 'active' })],
    '::notice file=a.ts,line=1,col=1,title=active%3A claude-2.1::claude-2.1: active.',
  ],
])('one annotation for a model', (findings, line) => {
  expect(tellGithub(report(findings), GATE)).toBe(`${line}\n`)
})

test('each model has a line, and nothing has none', () => {
  expect(tellGithub(report([]), GATE)).toBe('')
  const lines = tellGithub(report([finding(), finding({ id: 'b', text: 'b' })]), GATE).split('\n')
  expect(lines).toEqual([expect.stringMatching(/^::/), expect.stringMatching(/^::/), ''])
})

test('counts are outputs', () => {
  expect(githubOutputs(report([finding()]))).toBe(
    'files=3\nfiles-with-ids=2\nids=1\nfailing=0\nretired=1\noverdue=0\ndeprecated=0\nunknown=0\nunchecked=0\nother-platform=0\nactive=0\n',
  )
})
