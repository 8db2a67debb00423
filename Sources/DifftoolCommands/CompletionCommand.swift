// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `difftool completion`: the script that teaches a shell the commands, the options and the registry's names.
struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print a shell's completion script: commands, options, the registry's names, files.",
    usage: "difftool completion <shell>",
    discussion: """
      Examples, each for once and all (open a new shell afterwards):
        bash, with the package bash-completion:
          mkdir -p ~/.local/share/bash-completion/completions
          difftool completion bash \\
            > ~/.local/share/bash-completion/completions/difftool
        zsh, with a folder in fpath before compinit is called:
          mkdir -p ~/.zfunc && difftool completion zsh > ~/.zfunc/_difftool
          and in ~/.zshrc: fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit
        fish:
          mkdir -p ~/.config/fish/completions
          difftool completion fish > ~/.config/fish/completions/difftool.fish
      For this shell only, in bash: source <(difftool completion bash)

      The script asks the tool for the names when they are wanted, so plug-ins of
      your own are completed too. `difftool` has to be in the search path.

      Exit codes: 0 printed, 64 wrong usage.
      """)

  @Argument(
    help: ArgumentHelp("bash, zsh or fish.", valueName: "shell"), completion: .list(["bash", "zsh", "fish"]))
  var shell: String

  @Flag(name: .long, help: "Write ASCII characters only.")
  var ascii = false

  mutating func validate() throws {
    let known = CompletionShell.allCases.map(\.rawValue).sorted()
    guard known.contains(shell) else {
      throw ValidationError(
        "no completion for '\(shell)'\(UsageHint.didYouMean(shell, known)); there is one for: "
          + known.joined(separator: ", "))
    }
  }

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else { return }
    let script = Difftool.completionScript(for: shell)
    try Terminal.writeOutput((ascii ? asciiOnly(script) : script) + "\n")
  }
}
