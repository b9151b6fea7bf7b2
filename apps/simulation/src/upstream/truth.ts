/** What Anthropic's API would say at a time, if it were well. */
export interface Version {
  readonly from: number
  /** The models' texts, newest first, by id. */
  readonly models: ReadonlyMap<string, string>
  readonly aliases: ReadonlyMap<string, string>
  /** What happened, in words. */
  readonly why: string
}

/** Every version that there will be in a run, the oldest first. */
export class Truth {
  readonly versions: readonly Version[]

  constructor(versions: readonly Version[]) {
    this.versions = versions
  }

  /** The index of the version that holds at a time. */
  indexAt(time: number): number {
    let low = 0
    let high = this.versions.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.versions[middle]?.from ?? 0) <= time) low = middle
      else high = middle - 1
    }
    return low
  }

  at(time: number): Version {
    return this.version(this.indexAt(time))
  }

  version(index: number): Version {
    const version = this.versions[index]
    if (!version) throw new Error(`there is no version ${index}`)
    return version
  }

  /** The same truth, without what is hidden: what the public may know of it. */
  without(isHidden: (name: string) => boolean): Truth {
    const shown = (map: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
      new Map([...map].filter(([name]) => !isHidden(name)))
    return new Truth(
      this.versions.map(({ aliases, models, ...rest }) => ({
        ...rest,
        models: shown(models),
        aliases: new Map([...shown(aliases)].filter(([, id]) => !isHidden(id))),
      })),
    )
  }
}
