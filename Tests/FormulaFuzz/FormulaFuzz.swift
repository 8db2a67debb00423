// SPDX-License-Identifier: Apache-2.0
//
// Unsafe here: the fuzzer's interface is C. The invariant: it hands over `count` readable bytes for the time of the call.
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
  /// What the fuzzer's own `main` calls for every input.
  @_cdecl("LLVMFuzzerTestOneInput")
  public func tryInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    unsafe Trial.run(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
    return 0
  }
#else
  /// The program.
  @main
  enum FormulaFuzz {
    static func main() throws {
      let paths = CommandLine.arguments.dropFirst()
      for path in paths { Trial.run(String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)) }
      print("\(paths.count) files tried")
    }
  }
#endif
