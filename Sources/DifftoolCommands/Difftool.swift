// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Foundation

/// The command-line tool.
public struct Difftool: ParsableCommand {
  /// The subcommands and the text of `--help`.
  public static let configuration = CommandConfiguration(
    commandName: "difftool",
    abstract: "Differentiate by every method, check them against each other, train and fit with any of them.",
    discussion: """
      Start here:
        difftool check --model mlp     do all methods agree on its gradient?
        difftool train --model mlp --data moons
        difftool fit data.csv --formula 'y = a*exp(-b*x)' --start a=1,b=1
        difftool list                  what can be named on the command line

      Completion of names and files in bash, zsh and fish:
        difftool completion --help

      --config FILE takes options from a file, and --print-config prints one for a
      command line. 'difftool manual | man -l -' shows all commands as one page.

      Exit codes: 0 agreement or success, 1 disagreement or no convergence, 2 the
      data, the model or the tool failed, 64 wrong usage, 130 interrupted (after
      saving).
      """,
    version: difftoolVersion,
    subcommands: [
      CheckCommand.self, FitCommand.self, NistCommand.self, TrainCommand.self, PredictCommand.self,
      GradientCommand.self,
      ExplainCommand.self, ScanCommand.self, PlotCommand.self, ListCommand.self,
      ScheduleCommand.self, ReplayCommand.self, BenchCommand.self, DoctorCommand.self, CompletionCommand.self,
      ManualCommand.self,
    ])

  /// Creates the command.
  public init() {}

  /// Runs the tool on the process's arguments and exits: all that a third party's own `difftool` needs.
  ///
  /// ```swift
  /// Difftool.main(registry: myRegistry)
  /// ```
  public static func main(registry: Registry) -> Never {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let code = DifftoolEnvironment.$registry.withValue(registry) {
      DifftoolEnvironment.$arguments.withValue(arguments) {
        DifftoolEnvironment.$started.withValue(.now) { expand(arguments) }
      }
    }
    Foundation.exit(code)
  }

  /// Runs the command line with its configuration file in it.
  private static func expand(_ typed: [String]) -> Int32 {
    do {
      let line = try CommandLineExpansion(typed)
      guard line.printsConfiguration else {
        return DifftoolEnvironment.$expanded.withValue(line.arguments) { run(line.arguments, places: line.places) }
      }
      let configuration = try line.configuration()
      let code = run(line.arguments, places: line.places, isTrial: true)
      if code == ExitCode.success.rawValue { try Terminal.writeOutput(configuration) }
      return code
    } catch let error as CommandError {
      Terminal.note("error: \(error.description)")
      return error.exitCode.rawValue
    } catch {
      Terminal.note("error: \(error)")
      return ExitCode.runtimeFailure.rawValue
    }
  }

  private static func run(_ arguments: [String], places: [String: String], isTrial: Bool = false) -> Int32 {
    // A shell that asks for completions passes on empty words.
    if arguments.first != "---completion", let refusal = UsageHint.refusal(arguments) {
      Terminal.note("error: \(refusal)")
      return ExitCode.validationFailure.rawValue
    }
    do {
      var command = try parseAsRoot(LeadingSign.moved(arguments))
      if !isTrial { try command.run() }
      return ExitCode.success.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch let error as CommandError {
      Terminal.note("error: \(error.description)")
      return error.exitCode.rawValue
    } catch let error as DifferentiationError {
      Terminal.note("error: \(DifftoolEnvironment.registry.naming(error).description)")
      return exitCode(of: error).rawValue
    } catch {
      // Help, version and usage errors are the parser's own to print.
      let code = Self.exitCode(for: error)
      if code == .success {
        let message = fullMessage(for: error)
        print(DifftoolEnvironment.isASCII ? asciiOnly(message) : message)
      } else if code == .failure {
        Terminal.note("error: \(error)")
        return ExitCode.runtimeFailure.rawValue
      } else {
        let message = UsageHint.unknownWord(arguments).map { "error: \($0)" } ?? usageMessage(error)
        // An option of a configuration file is named with its line.
        let from = places.filter { message.contains("--\($0.key)") }.map { "--\($0.key) is from \($0.value)" }.sorted()
        Terminal.note(([message] + from).joined(separator: "\n"))
      }
      return code.rawValue
    }
  }

  /// The parser's message, begun like every other one and with the long line of all options broken.
  private static func usageMessage(_ error: any Error) -> String {
    let lines = fullMessage(for: error).replacing(#/^Error: /#, with: "error: ").split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.flatMap { line in
      line.hasPrefix("Usage:") ? wrapped(String(line), width: Terminal.width(of: .error), indent: 0) : [String(line)]
    }.joined(separator: "\n")
  }

  /// A name, an option or a combination that does not exist is a wrong command line; the rest failed at run time.
  private static func exitCode(of error: DifferentiationError) -> ExitCode {
    switch error {
    case .unknownName, .unknownOption, .invalidOption, .malformedSpecification, .incompatible: .validationFailure
    case .shape, .unsupported, .tapeMisuse, .notFinite: .runtimeFailure
    }
  }
}
