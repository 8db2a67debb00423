// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifftoolCommands

Difftool.main(registry: .standard)
