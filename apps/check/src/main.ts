#!/usr/bin/env node
import { command } from './command.ts'
import { processWorld } from './process-world.ts'

process.exitCode = await command(process.argv.slice(2), processWorld())
