// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifftoolCommands
import ExtensionExamples

Difftool.main(registry: Registry.standard.withExamples())
