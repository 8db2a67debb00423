// SPDX-License-Identifier: Apache-2.0
//
// The table of docs/numerics.md. Run: swift run -c release AccuracyTable

import ArgumentParser

AccuracyTableCommand.main()
