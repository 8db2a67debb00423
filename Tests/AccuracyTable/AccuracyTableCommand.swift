// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Foundation
import TabularData

/// Prints the accuracy of every method as Markdown, writes it into a page, or holds a page to it.
struct AccuracyTableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "AccuracyTable",
    abstract: "The accuracy of every method over the reference functions, as Markdown.",
    discussion: "Without an option the section is printed. Exit codes: 0, 1 where a page differs, 64 for wrong usage.")

  @Option(help: ArgumentHelp("Compare the page's section with what is computed here.", valueName: "page"))
  var check: String?

  @Option(help: ArgumentHelp("Put the section into the page in place of its own.", valueName: "page"))
  var write: String?

  func validate() throws {
    if check != nil, write != nil { throw ValidationError("--check or --write, not both") }
  }

  func run() throws {
    let section = try Accuracy(Registry.standard.differentiators).section
    if let write {
      let page = try String(contentsOf: URL(filePath: write), encoding: .utf8)
      try AtomicFile.write(Data(try section.replaced(in: page).utf8), to: write)
    } else if let check {
      let differences = try section.differences(from: String(contentsOf: URL(filePath: check), encoding: .utf8))
      guard !differences.isEmpty else { return print("\(check): as computed here") }
      for difference in differences { print("\(check): \(difference)") }
      print("\(check): where the change is meant, write the section anew with --write \(check)")
      throw ExitCode(1)
    } else {
      print(section.text)
    }
  }
}
