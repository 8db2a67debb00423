// SPDX-License-Identifier: Apache-2.0

import ComplexSteps
import DifferentiableScalars
import DifferentiationCore
import DifferentiationTesting
import Explanations
import ForwardMode
import ReverseMode
import Testing

/// exp(x0) · sin(x1) + x0, in which the product's second factor alone depends on x1.
private struct Product: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    let e = S.exp(x[0])
    let s = S.sin(x[1])
    let p = e * s
    return [S.tanh(p + x[0]), p]
  }
}

/// A long chain with the one product in its middle.
private struct Chain: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    var y = x[0]
    for _ in 0..<200 { y = S.sin(y + x[1]) }
    y = x[0] * y
    for _ in 0..<5 { y = S.cos(y + x[1]) }
    return [y]
  }
}

@Suite("Where methods part")
struct FirstPartingTests {
  static let sound: [(name: String, method: any Differentiator)] = [
    ("tape", TapeDifferentiator()), ("dual", DualDifferentiator()), ("complex-step", ComplexStepDifferentiator()),
  ]
  static let forgetful: [(name: String, method: any Differentiator)] = [
    ("tape", TapeDifferentiator()), ("forgetful", ForgetfulDifferentiator()),
  ]

  @Test("A product rule that lacks a term is found at the product, with each method's derivative of it")
  func product() throws {
    let found = try #require(
      FirstParting(of: Product(), at: [0.3, 0.8], names: ["a", "b"], by: "b", methods: Self.forgetful))
    #expect(found.operation == "v1*v2" && found.input == "b" && Set(found.operands.keys) == ["v1", "v2"])
    // d(e^a sin b)/db = e^a cos b; without its second term the rule gives 0.
    let expected = Double.exp(0.3) * Double.cos(0.8)
    #expect((try #require(found.derivatives["tape"]) - expected).magnitude < 1e-15)
    #expect(found.derivatives["forgetful"] == 0 && (found.difference - expected).magnitude < 1e-15)
    #expect((found.value - Double.exp(0.3) * Double.sin(0.8)).magnitude < 1e-15)
    #expect(found.examined <= found.operations)
  }

  @Test("By an input whose term the rule has, and between sound methods, there is nothing")
  func agreement() {
    for input in ["a", "b"] {
      #expect(FirstParting(of: Product(), at: [0.3, 0.8], names: ["a", "b"], by: input, methods: Self.sound) == nil)
    }
    #expect(FirstParting(of: Product(), at: [0.3, 0.8], names: ["a", "b"], by: "a", methods: Self.forgetful) == nil)
    #expect(FirstParting(of: Product(), at: [0.3, 0.8], names: ["a", "b"], by: "c", methods: Self.forgetful) == nil)
  }

  @Test("In a chain of four hundred operations the one is found, and the second output's own walk is its own")
  func chain() throws {
    let found = try #require(
      FirstParting(of: Chain(), at: [0.4, 0.2], names: ["x", "y"], by: "y", methods: Self.forgetful))
    #expect(found.operation.hasPrefix("x*v") && found.operations == 411)
    let second = try #require(
      FirstParting(of: Product(), at: [0.3, 0.8], names: ["a", "b"], by: "b", output: 1, methods: Self.forgetful))
    #expect(second.node == "f" && second.operation == "v1*v2" && second.operations == 3)
  }

  @Test("A method that is wrong as a whole parts at the input itself")
  func whole() throws {
    let wrong: [(name: String, method: any Differentiator)] = [
      ("dual", DualDifferentiator()), ("wrong", WrongDifferentiator(DualDifferentiator(), .onePercent)),
    ]
    let found = try #require(FirstParting(of: Product(), at: [0.3, 0.8], names: ["a", "b"], by: "b", methods: wrong))
    #expect(found.node == "b" && found.operation == "input" && found.derivatives == ["dual": 1, "wrong": 1.01])
  }
}

@Suite("A planted rule")
struct PlantedRuleExplanationTests {
  @Test("Every kind is found at its own operation, for every operation that it changes", arguments: Mutation.allCases)
  func found(kind: Mutation) throws {
    let plain = try Explanation(of: Product(), at: [0.3, 0.8], names: ["a", "b"])
    #expect(plain.worstDisagreement == nil && plain.planted == nil)
    for node in plain.nodes where node.kind == .operation && (kind != .droppedTerm || node.slopes.count > 1) {
      let rule = PlantedRule(node: node.name, mutation: kind)
      let explanation = try Explanation(of: Product(), at: [0.3, 0.8], names: ["a", "b"], planted: rule)
      let worst = try #require(explanation.worstDisagreement, "\(node.expression)")
      #expect(explanation.nodes[worst.node].name == node.name && explanation.planted == rule)
      // What is measured knows nothing of rules.
      #expect(explanation.nodes.map(\.measured) == plain.nodes.map(\.measured))
      #expect(explanation.nodes.map(\.adjoint) != plain.nodes.map(\.adjoint))
    }
  }

  @Test("Where there is no such operation, or nothing to leave out, the others are named")
  func refused() {
    for (node, kind) in [("v9", Mutation.sign), ("a", .sign), ("v1", .droppedTerm)] {
      #expect(throws: ExplanationError.self) {
        try Explanation(
          of: Product(), at: [0.3, 0.8], names: ["a", "b"], planted: PlantedRule(node: node, mutation: kind))
      }
    }
  }
}

/// x0 · x0 / 1, with a mean of one number.
private struct Square: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [x[0] * x[0] / 1] }
}

@Suite("What is shown of an operation")
struct OperandTests {
  @Test("A number that enters an operation twice has a side each time")
  func sides() throws {
    let explanation = try Explanation(of: Square(), at: [3], names: ["x"])
    let paths = explanation.pathSums[0].paths
    #expect(paths.map(\.slots) == [[0, 0], [0, 1]])
    #expect(explanation.side(of: 1, slot: 0) == "left" && explanation.side(of: 1, slot: 1) == "right")
    #expect(explanation.side(of: explanation.output, slot: 0) == nil)
    #expect(explanation.latex.contains("\\text{left}") && explanation.latex.contains("\\text{right}"))
    #expect(!explanation.latex.contains("\\\\\n\\end"))
  }

  @Test("What changes nothing is left out where that is asked for, and the result keeps its name")
  func elided() throws {
    let whole = try Explanation(of: Square(), at: [3], names: ["x"])
    let short = try Explanation(of: Square(), at: [3], names: ["x"], limits: Explanation.Limits(elides: true))
    #expect(whole.nodes.filter { $0.kind == .operation }.map(\.expression) == ["x*x", "v1/1"])
    #expect(short.nodes.filter { $0.kind == .operation }.map(\.expression) == ["x*x"])
    #expect(short.outputName == "f" && short.nodes[short.output].value == 9 && short.pathSums[0].total == 6)
  }
}
