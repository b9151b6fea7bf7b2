/** The analyzer reads the sources; users get what is built from them, and nothing internal. */
const asPublished = {
  name: 'as-published',
  packageLinkPhase({ customElementsManifest }) {
    const elements = customElementsManifest.modules
      .flatMap(({ declarations }) => declarations)
      .filter(({ tagName }) => tagName)
    customElementsManifest.modules = elements.flatMap(moduleOf)
  },
}

/** The module of a class, and the one that defines it as an element. */
function moduleOf({ name, tagName, attributes, events, members, ...rest }) {
  const declaration = { name, module: `dist/${tagName}.js` }
  const own = {
    ...rest,
    name,
    tagName,
    superclass: { name: 'HTMLElement' },
    attributes: attributes.filter((each) => isTold(each) || each.default).map(withoutOrigin),
    events: events.filter(isTold).map(withoutOrigin),
    members: members
      .filter((each) => isTold(each) && each.privacy === undefined)
      .map(withoutOrigin),
  }
  const kind = 'javascript-module'
  return [
    {
      kind,
      path: declaration.module,
      declarations: [own],
      exports: [{ kind: 'js', name, declaration }],
    },
    {
      kind,
      path: `dist/define-${tagName}.js`,
      declarations: [],
      exports: [{ kind: 'custom-element-definition', name: tagName, declaration }],
    },
  ]
}

/** What has no words of its own was found in code that both elements share. */
function isTold({ description }) {
  return description
}

function withoutOrigin(each) {
  const own = { ...each }
  delete own.inheritedFrom
  return own
}

export default {
  globs: ['src/model-element.ts', 'src/model-list.ts', 'src/model-picker.ts'],
  outdir: '.',
  packagejson: false,
  plugins: [asPublished],
}
