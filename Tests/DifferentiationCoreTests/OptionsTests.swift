// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Testing

struct OptionsTests {
  static let specifications: [OptionSpecification] = [
    .number("rate", default: 0.01, in: 0...10, "rate"),
    .integer("count", default: 3, in: 1...100, "count"),
    .flag("bias", default: true, "bias"),
    .choice("activation", default: "relu", ["relu", "tanh"], "activation"),
    .word("column", default: nil, "column"),
    .integers("hidden", default: [16, 16], "layers"),
    .numbers("betas", default: [0.9, 0.999], "betas"),
  ]

  private func options(_ typed: [(String, String)]) throws -> Options {
    try Options(entry: "mlp", typed: typed.map { (name: $0.0, value: $0.1) }, specifications: Self.specifications)
  }

  @Test func defaults() throws {
    let options = try options([])
    #expect(try options.number("rate") == 0.01)
    #expect(try options.integer("count") == 3)
    #expect(try options.flag("bias"))
    #expect(try options.word("activation") == "relu")
    #expect(try options.integers("hidden") == [16, 16])
    #expect(try options.numbers("betas") == [0.9, 0.999])
    #expect(options["column"] == nil)
    #expect(!options.isGiven("rate"))
    #expect(options.specification == "mlp")
    #expect(options.all.map(\.name) == ["rate", "count", "bias", "activation", "hidden", "betas"])
  }

  @Test func whatIsTypedIsRead() throws {
    let options = try options([
      ("rate", "1e-3"), ("count", "7"), ("bias", "no"), ("activation", "tanh"), ("column", "species"),
      ("hidden", "8x4x2"), ("betas", "0.5"),
    ])
    #expect(try options.number("rate") == 1e-3)
    #expect(try options.integer("count") == 7)
    #expect(try !options.flag("bias"))
    #expect(try options.word("activation") == "tanh")
    #expect(try options.word("column") == "species")
    #expect(try options.integers("hidden") == [8, 4, 2])
    #expect(try options.numbers("betas") == [0.5])
    #expect(options.isGiven("rate"))
  }

  /// What a specification prints can be read again and makes the same.
  @Test(arguments: [
    [], [("rate", "0.1")], [("hidden", "none"), ("bias", "false")], [("rate", "3"), ("betas", "1e-300x1")],
    [("count", "100"), ("activation", "tanh"), ("column", "a")],
  ])
  func specificationsMakeTheSameAgain(typed: [(String, String)]) throws {
    let first = try options(typed)
    let text = first.specification
    let pairs = text.split(separator: ":").dropFirst().flatMap { $0.split(separator: ",") }.map { pair in
      let parts = pair.split(separator: "=").map(String.init)
      return (parts[0], parts[1])
    }
    let second = try options(pairs)
    #expect(second.specification == text)
    #expect(second.all.map(\.value) == first.all.map(\.value))
  }

  @Test(arguments: [
    ("rate", "-1"), ("rate", "11"), ("rate", "nan"), ("rate", ""), ("count", "0"), ("count", "1.5"), ("count", "101"),
    ("bias", "1"), ("activation", "Relu"), ("column", ""), ("hidden", "8x"), ("hidden", "0"), ("hidden", "8x-1"),
    ("betas", "a"), ("betas", "0.1xinf"),
  ])
  func whatDoesNotFitIsAnError(option: String, value: String) throws {
    let kind = try #require(Self.specifications.first { $0.name == option }).kind
    #expect(
      throws: DifferentiationError.invalidOption(
        entry: "mlp", option: option, value: value, expected: kind.expectation(of: value))
    ) { try options([(option, value)]) }
  }

  @Test func aWordThatIsNearIsSuggested() throws {
    let kind = try #require(Self.specifications.first { $0.name == "activation" }).kind
    #expect(kind.expectation(of: "Relu") == "relu|tanh (did you mean 'relu'?)")
    #expect(kind.expectation(of: "sigmoid") == "relu|tanh")
  }

  @Test func suggestionsYieldToWhatIsTyped() throws {
    var options = try options([("count", "7")])
    options.suggest("count", .integer(9))
    options.suggest("rate", .number(2))
    options.suggest("unknown", .number(2))
    #expect(try options.integer("count") == 7)
    #expect(try options.number("rate") == 2)
    #expect(options["unknown"] == nil)
  }

  @Test func theWrongKindIsAnError() throws {
    let options = try options([])
    #expect(throws: DifferentiationError.self) { try options.integer("rate") }
    #expect(throws: DifferentiationError.self) { try options.word("column") }
    #expect(throws: DifferentiationError.self) { try options.number("nothing") }
  }
}
