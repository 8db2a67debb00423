// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Explanations
import ForwardMode
import Foundation
import Programs
import RandomStreams
import ReverseMode
import Testing

/// tanh(x1 w1 + x2 w2 + b), the neuron of document 001.
private struct Neuron: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [S.tanh(x[0] * x[2] + x[1] * x[3] + x[4])] }
}

/// A function that uses x along several paths.
private struct Shared: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    let a = x[0] * x[1]
    return [a * a + S.exp(-a) / x[0], x[1]]
  }
}

/// Every operation that a scalar has.
private struct Everything: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    let (a, b) = (x[0], x[1])
    let powers = S.pow(a, 3) + S.pow(b, -2) + S.pow(a, b) + S.sqrt(b) + S.root(b, 3)
    let circular = S.sin(a) + S.cos(b) + S.tan(a) + S.asin(a / 2) + S.acos(a / 3) + S.atan(b)
    let hyperbolic = S.sinh(a) + S.cosh(b) + S.tanh(a) + S.asinh(b) + S.acosh(b + 1) + S.atanh(a / 2)
    let exponential = S.exp(a) + S.expMinusOne(b) + S.log(b) + S.log(onePlus: a) + S.erf(a)
    let edges = S.abs(-b) + S.min(a, b) + S.max(a, b) + S.relu(a) + S.leakyRelu(-b, negativeSlope: 0.1)
    let smooth = S.sigmoid(a) + S.softplus(b) + S.logSumExp([a, b]) + S.atan2(y: a, x: b) + S.hypot(a, b)
    let chosen = S.select(a, isLessThan: b, then: a * b, else: a - b) + S.dot([a, b], [b, a])
    return [powers + circular * hyperbolic - exponential / edges + smooth * chosen]
  }
}

@Suite("A computation taken apart")
struct ExplanationTests {
  @Test("The neuron of document 001: output 0.7071 and the printed gradients")
  func neuron() throws {
    let explanation = try Explanation(
      of: Neuron(), at: [2, 0, -3, 1, 6.8813735870195432], names: ["x1", "x2", "w1", "w2", "b"], outputName: "o")
    let byName = Dictionary(uniqueKeysWithValues: explanation.nodes.map { ($0.name, $0) })
    let near = { (name: String, expected: Double) in
      (try #require(byName[name]).adjoint - expected).magnitude < 1e-12
    }
    #expect((try #require(byName["o"]).value - 0.5.squareRoot()).magnitude < 1e-15)
    #expect(try near("x1", -1.5) && near("w1", 1) && near("x2", 0.5) && near("w2", 0) && near("b", 0.5))
    #expect(byName["o"]?.adjoint == 1 && byName["o"]?.slopes[0].formula == "1 - o^2")
  }

  @Test("Adjoints, tangents, path sums and what is measured agree with each other and with the tape")
  func consistency() throws {
    let x = [0.7, 1.3]
    for f in [AnyVectorFunction(Shared()), AnyVectorFunction(Everything())] {
      let explanation = try Explanation(
        of: f, at: x, names: ["a", "b"], isSecondOrder: true, limits: Explanation.Limits(paths: 10_000))
      let tape = try TapeDifferentiator().jacobian(of: TargetFunction(f), at: x)
      for (i, input) in explanation.directions.enumerated() {
        let expected = tape.rows[0][i]
        let scale = 1e-12 * max(1, expected.magnitude)
        #expect((explanation.nodes[input].adjoint - expected).magnitude <= scale)
        #expect((explanation.nodes[explanation.output].tangents[i] - expected).magnitude <= scale)
        let sum = explanation.pathSums[i]
        #expect(sum.isComplete && !sum.paths.isEmpty)
        #expect((sum.paths.reduce(0) { $0 + $1.product } - expected).magnitude <= 10 * scale)
        #expect(sum.total == explanation.nodes[input].adjoint)
      }
      for node in explanation.nodes {
        #expect((node.measured - node.adjoint).magnitude <= 1e-7 * max(1, node.adjoint.magnitude), "\(node.name)")
        for slope in node.slopes {
          #expect(
            (slope.value - slope.measured).magnitude <= 1e-7 * max(1, slope.value.magnitude), "\(node.expression)")
        }
      }
      let hessian = try #require(explanation.hessian)
      #expect(hessian[0][1] == hessian[1][0] || (hessian[0][1] - hessian[1][0]).magnitude < 1e-12)
      #expect(explanation.nodes[explanation.output].secondTangents == [hessian[0][0], hessian[1][1]])
    }
  }

  @Test("Paths are counted where they are too many to list")
  func manyPaths() throws {
    struct Doubling: VectorFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
        var y = x[0]
        for _ in 0..<40 { y = y * y }
        return [y]
      }
    }
    let explanation = try Explanation(of: Doubling(), at: [1], names: ["x"])
    #expect(explanation.pathSums[0].count == 0x1p40 && explanation.pathSums[0].paths.count == 16)
    #expect(!explanation.pathSums[0].isComplete && explanation.pathSums[0].total == 0x1p40)
    #expect(throws: ExplanationError.tooLong(operations: 41, limit: 10)) {
      try Explanation(of: Doubling(), at: [1], names: ["x"], limits: Explanation.Limits(operations: 10))
    }
    #expect(throws: ExplanationError.unknownInput("z", known: ["x"])) {
      try Explanation(of: Doubling(), at: [1], names: ["x"], wrt: ["z"])
    }
  }

  @Test("The names of nodes avoid those of inputs, and a decision is told")
  func names() throws {
    struct Branching: VectorFunction {
      func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] { [x[0] < x[1] ? S.exp(x[0] * 2) : x[1]] }
    }
    let explanation = try Explanation(of: Branching(), at: [1, 2], names: ["v1", "f1"])
    #expect(explanation.nodes.map(\.name) == ["v1", "f1", "2", "v2", "f"])
    #expect(explanation.nodes.last?.expression == "exp(v2)")
    #expect(explanation.decisions.map(\.text) == ["v1 < f1"])
    #expect(explanation.pathSums[1].paths.isEmpty && explanation.pathSums[1].total == 0)
  }

  @Test("The graphs name every node and every edge")
  func graphs() throws {
    let explanation = try Explanation(
      of: Shared(), at: [0.7, 1.3], names: ["a[0,1]", "b"], output: 0, outputName: "L")
    let edges = explanation.nodes.reduce(0) { $0 + Set($1.operands).count }
    #expect(explanation.dot.components(separatedBy: " -> o").count - 1 == edges)
    #expect(explanation.mermaid.components(separatedBy: "-->|").count - 1 == edges)
    #expect(explanation.dot.components(separatedBy: "shape=record").count - 1 == explanation.nodes.count)
    #expect(explanation.latex.contains("\\frac{\\partial L}{\\partial a_{0,1}}"))
  }
}
