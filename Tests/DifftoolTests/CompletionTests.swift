// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Differentiation
import DifferentiationCore
import Foundation
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

  @Test("The command prints the same script, and its help says how to install it", arguments: ["bash", "zsh", "fish"])
  func command(shell: String) throws {
    try Tool.use { tool in
      let run = try tool("completion \(shell)")
      #expect(run.exitCode == 0)
      #expect(run.output == (try tool("--generate-completion-script \(shell)").output))
      #expect(try tool("completion --help").output.contains("difftool completion \(shell)"))
    }
  }

  @Test("Files behind the options that take one, in bash as it completes")
  func files() throws {
    try Tool.use { tool in
      for name in ["iris.csv", "notes.txt", "run.json"] { try tool.write("x,y\n1,2\n", to: name) }
      try FileManager.default.createDirectory(
        at: tool.folder.appending(path: "irises"), withIntermediateDirectories: false)
      func offered(_ line: String) throws -> [String] {
        let script = """
          source <(difftool completion bash)
          COMP_LINE='\(line)'; COMP_WORDS=(\(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_POINT=${#COMP_LINE}
          _difftool difftool "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
          printf '%s\\n' "${COMPREPLY[@]}"
          """
        try tool.write(script, to: "complete.sh")
        let run = try tool.shell("bash --norc complete.sh")
        return run.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.sorted()
      }
      #expect(try offered("difftool train --data iri") == ["iris.csv", "irises/"])
      #expect(try offered("difftool train --resume ru") == ["run.json"])
      for option in ["--save", "--checkpoint", "--history", "--output"] {
        #expect(try offered("difftool train \(option) run") == ["run.json"], "\(option)")
      }
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
