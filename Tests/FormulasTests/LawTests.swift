// SPDX-License-Identifier: Apache-2.0

import Formulas
import Foundation
import RandomStreams
import Testing

/// What holds for every tree and for every text.
@Suite struct LawTests {
  @Test func printedTreesReadBack() throws {
    var trees = RandomTree(seed: 1)
    var nodes = 0
    for _ in 0..<20_000 {
      let right = try trees.number(6)
      let formula = Formula(left: trees.random.below(3) == 0 ? try trees.number(2) : nil, right: right)
      let printed = formula.description
      #expect(try Formula(printed) == formula, "\(printed)")
      nodes += right.nodes.count
    }
    #expect(nodes > 200_000)
  }

  @Test func codedAsItsText() throws {
    let formula = try Formula("log(y) = b1 - b2*x1 * exp(-b3*x2)")
    let data = try JSONEncoder().encode([formula])
    #expect(String(decoding: data, as: UTF8.self) == #"["log(y) = b1 - b2*x1*exp(-b3*x2)"]"#)
    #expect(try JSONDecoder().decode([Formula].self, from: data) == [formula])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Formula].self, from: Data(#"["a+"]"#.utf8)) }
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([FormulaTree].self, from: Data(#"["a=b"]"#.utf8)) }
  }

  @Test func treesThatCannotBeAreRefused() throws {
    let x = try FormulaTree(variable: "x")
    let condition = try FormulaTree(.less, [x, x])
    #expect(throws: FormulaError.self) { try FormulaTree(.add, [x]) }
    #expect(throws: FormulaError.self) { try FormulaTree(.add, [x, condition]) }
    #expect(throws: FormulaError.self) { try FormulaTree(.choose, [x, x, x]) }
    #expect(throws: FormulaError.self) { try FormulaTree(.call(.min, count: 1), [x]) }
    #expect(throws: FormulaError.self) { try FormulaTree(.nan) }
    #expect(try FormulaTree(-2) == Formula("-2").right)
  }

  /// The fuzzer's corpus: what reached every branch that it found.
  private static func corpus() throws -> [[UInt8]] {
    let path = try #require(Bundle.module.url(forResource: "inputs", withExtension: "txt", subdirectory: "Corpus"))
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
      Array(try #require(Data(base64Encoded: String($0))))
    }
  }

  /// What Tests/FormulaFuzz tries for every input; whether it was a formula.
  private static func isFormula(_ text: String) throws -> Bool {
    guard let formula = try? Formula(text) else { return false }
    #expect(try Formula(formula.description) == formula, "\(text)")
    _ = try formula.field()(formula.right.variables.map { _ in 0.5 })
    return true
  }

  @Test func theFuzzersCorpus() throws {
    let inputs = try Self.corpus()
    let formulas = try inputs.count { try Self.isFormula(String(decoding: $0, as: UTF8.self)) }
    #expect(formulas > 0 && formulas < inputs.count)
  }

  @Test func aMillionMutatedInputs() throws {
    let inputs = try Self.corpus()
    var random = Xoshiro256(seed: 3)
    let pieces = "()+-*/^,.=<>!&|` []_09eπxsin min( if( and not é\u{301}²\n".utf8.map { $0 }
    var formulas = 0
    for round in 0..<1_000_000 {
      var bytes = inputs[random.below(inputs.count)].prefix(60)
      for _ in 0...random.below(4) {
        let place = bytes.startIndex + random.below(bytes.count + 1)
        let piece = round % 3 == 0 ? UInt8(random.below(256)) : pieces[random.below(pieces.count)]
        if place == bytes.endIndex || random.below(2) == 0 {
          bytes.insert(piece, at: place)
        } else if random.below(2) == 0 {
          bytes[place] = piece
        } else {
          bytes.remove(at: place)
        }
      }
      if try Self.isFormula(String(decoding: bytes, as: UTF8.self)) { formulas += 1 }
    }
    #expect(formulas > 1_000)
  }
}
