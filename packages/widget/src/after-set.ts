/**
 * Has something done whenever a script sets a property of this one object. Its class, its prototype and all
 * others of them stay as they are.
 */
export function afterSet<Target extends object>(
  target: Target,
  name: keyof Target & string,
  then: (value: unknown) => void,
): void {
  const inherited = Object.getPrototypeOf(target) as object
  Object.defineProperty(target, name, {
    configurable: true,
    get: () => Reflect.get(inherited, name, target) as unknown,
    set: (value: unknown) => {
      Reflect.set(inherited, name, value, target)
      then(value)
    },
  })
}
