// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

extension ExitCode {
  /// The result was delivered, and it is that the methods disagree or the training did not converge.
  static let disagreement = ExitCode(1)
  /// The tool, the data or a plug-in failed; there is no result.
  static let runtimeFailure = ExitCode(2)
  /// Interrupted with Ctrl-C after the step was finished and saved.
  static let interrupted = ExitCode(130)
}

/// An error with the exit code that belongs to it.
struct CommandError: Error, CustomStringConvertible {
  let description: String
  let exitCode: ExitCode

  /// The command line is wrong: exit code 64.
  static func usage(_ message: String) -> CommandError {
    CommandError(description: message, exitCode: .validationFailure)
  }

  /// The data or a plug-in failed: exit code 2.
  static func runtime(_ message: String) -> CommandError {
    CommandError(description: message, exitCode: .runtimeFailure)
  }
}
