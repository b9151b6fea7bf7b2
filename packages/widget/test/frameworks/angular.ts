import '@angular/compiler'
import {
  Component,
  createComponent,
  CUSTOM_ELEMENTS_SCHEMA,
  inject,
  InjectionToken,
  signal,
  type WritableSignal,
} from '@angular/core'
import { FormsModule } from '@angular/forms'
import { createApplication } from '@angular/platform-browser'

const Saved = new InjectionToken<WritableSignal<string>>('saved')

class Form {
  readonly saved = inject(Saved)
}
// What the decorator does, without a compiler that knows decorators.
Component({
  selector: 'app-form',
  imports: [FormsModule],
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `<form>
    <model-picker>
      <select name="model" [ngModel]="saved()" (ngModelChange)="saved.set($event)">
        <option value="">Choose a model</option>
        @if (saved()) {
          <option [value]="saved()">{{ saved() }}</option>
        }
      </select>
    </model-picker>
  </form>`,
})(Form)

globalThis.mount = (target, _way, first) => {
  const saved = signal(first)
  void start(target, saved)
  return { again: () => {}, set: (value) => saved.set(value) }
}

async function start(target: Element, saved: WritableSignal<string>): Promise<void> {
  const app = await createApplication({ providers: [{ provide: Saved, useValue: saved }] })
  const hostElement = target.appendChild(document.createElement('app-form'))
  const form = createComponent(Form, { environmentInjector: app.injector, hostElement })
  app.attachView(form.hostView)
}
