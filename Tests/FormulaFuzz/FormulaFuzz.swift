// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here: the fuzzer's interface is C. The invariant: it hands over `count` readable bytes for the time of the call, and
// its driver reads and rewrites the two locals that it is given pointers to.
//
// Built as it stands this reads files and tries each; with `-D FUZZING` and the fuzzer's library it searches for inputs
// (Tests/FormulaFuzz/run).

import DifferentiableScalars
import Formulas
import Foundation

/// What must hold for every text.
enum Trial {
  /// Reads, prints, reads again, evaluates; a text that is no formula must give an error that can be shown.
  static func run(_ text: String) {
    let formula: Formula
    do {
      formula = try Formula(text)
    } catch {
      let isPlaced = error.offset >= 0 && error.offset <= text.count && error.length >= 1
      precondition(!error.description.isEmpty && isPlaced, "an error without a place")
      return
    }
    let printed = formula.description
    do {
      let again = try Formula(printed)
      precondition(again == formula, "reads back as another tree: \(printed)")
    } catch {
      preconditionFailure("does not read back: \(error)")
    }
    guard let field = try? formula.field() else { preconditionFailure("its own variables are not known") }
    let point = field.variables.indices.map { 0.5 + Double($0) }
    let value = (try? field(point)) ?? .nan
    let dual = try? field(point.map { Dual($0, tangent: 1) })
    precondition(dual?.value == value || value.isNaN, "another value with derivative: \(printed)")
    _ = formula.realPowers
  }
}

#if FUZZING
  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ trial: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt
#endif

/// The program.
@main
enum FormulaFuzz {
  static func main() throws {
    #if FUZZING
      var count = CommandLine.argc
      var arguments = unsafe CommandLine.unsafeArgv
      let code = unsafe runDriver(&count, &arguments) { bytes, count in
        let buffer = unsafe UnsafeBufferPointer(start: bytes, count: count)
        unsafe Trial.run(String(decoding: buffer, as: UTF8.self))
        return 0
      }
      exit(code)
    #else
      let paths = CommandLine.arguments.dropFirst()
      for path in paths { Trial.run(String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)) }
      print("\(paths.count) files tried")
    #endif
  }
}
