// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Differentiation
import DifferentiationCore
import Testing

@Suite("Completion")
struct CompletionTests {
  @Test("A script for every shell, with all commands", arguments: ["bash", "zsh", "fish"])
  func script(shell: String) throws {
    try Tool.use { tool in
      let run = try tool("--generate-completion-script \(shell)")
      #expect(run.exitCode == 0 && run.errors.isEmpty)
      for word in ["check", "train", "predict", "gradient", "list", "schedule", "replay", "doctor", "differentiator"] {
        #expect(run.output.contains(word), "\(word)")
      }
      // The names come from the tool when they are asked for.
      #expect(run.output.contains("---completion"))
    }
  }

  /// The names that a shell is offered behind an option.
  static let offers: [(line: String, names: [String])] = [
    ("check -- --model", Registry.standard.models.names), ("train -- --model", Registry.standard.models.names),
    ("check -- --loss", Registry.standard.losses.names), ("train -- --loss", Registry.standard.losses.names),
    ("check -- --method", ["all"] + Registry.standard.differentiators.names),
    ("train -- --differentiator", Registry.standard.differentiators.names),
    ("replay -- --differentiator", Registry.standard.differentiators.names),
    ("train -- --optimizer", Registry.standard.optimizers.names),
    ("train -- --schedule", Registry.standard.schedules.names),
    ("train -- --data", Registry.standard.dataSets.names), ("train -- --init", Registry.standard.initializers.names),
    ("check -- --penalty", Registry.standard.penalties.names),
  ]

  @Test("The registry's names, all of them and no other", arguments: offers)
  func names(line: String, names: [String]) throws {
    try Tool.use { tool in
      let run = try tool(
        "---completion \(line) 3 0 difftool x y z", environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5"])
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.output.split(separator: "\n").map(String.init) == names)
    }
  }
}
