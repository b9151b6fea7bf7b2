/**
 * Has something done whenever a script sets a property of this one object. Its class, its prototype and all
 * others of them stay as they are.
 */
export function afterSet<Target extends object, Name extends keyof Target & string>(
  target: Target,
  name: Name,
  then: (value: Target[Name]) => void,
): void {
  const inherited = Object.getPrototypeOf(target) as object
  Object.defineProperty(target, name, {
    configurable: true,
    get: () => Reflect.get(inherited, name, target) as unknown,
    set: (value: Target[Name]) => {
      Reflect.set(inherited, name, value, target)
      then(value)
    },
  })
}
