// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// The two expressions of the micrograd walkthrough with the derivatives by every node, inner ones too.
///
/// The derivative by an inner node is that by a number added to it: it is taken by the same method as the others.
public struct ExpressionReplay: Replay {
  /// The name.
  public var name: String { "expression" }
  /// What it shows.
  public var summary: String { "two small expressions, every node with its derivative" }
  /// Where it comes from.
  public var document: TeachingDocument { .micrograd }
  /// The made-up expression, and the labelled graph.
  public var systems: [String] { ["S1.1", "S1.2"] }

  /// Creates the replay.
  public init() {}

  /// Differentiates both.
  public func run(_ settings: ReplaySettings) throws -> ReplayResult {
    var gradient: [Double] = []
    var result = ReplayResult()

    // e = a + b - (a + b⁴) = b - b⁴ does not depend on a, so that dg/da is 0; dg/db = 2e (1 - 4b³).
    let made = MadeUpExpression().erased
    let g = try settings.differentiator.gradient(of: made, at: [2, -3, 0, 0, 0], into: &gradient)
    var figures = FigureList("S1.1", origin: .derived)
    let derived = [
      ("g", "7056.0"), ("dg/da", "0.0"), ("dg/db", "-18312.0"), ("dg/dc", "-168.0"), ("dg/dd", "168.0"),
      ("dg/de", "-168.0"),
    ]
    for ((name, value), here) in zip(derived, [g] + gradient) {
      figures.add("\(name) at a = 2, b = -3", value, python(here))
    }
    result.figures = figures.figures

    // The labels of draw_dot's records, after backward().
    let graph = LabelledGraph().erased
    let l = try settings.differentiator.gradient(of: graph, at: [2, -3, 10, 0, 0], into: &gradient)
    figures = FigureList("S1.2", origin: .derived)
    figures.add("L", "4.0", python(l))
    let nodes = ["a", "b", "c", "d", "L"]
    let values = [2, -3, 10, -6, l]
    let documents = [
      "{ a | data 2.0000 | grad -3.0000 }", "{ b | data -3.0000 | grad 2.0000 }", "{ c | data 10.0000 | grad 1.0000 }",
      "{ d | data -6.0000 | grad 1.0000 }", "{ L | data 4.0000 | grad 1.0000 }",
    ]
    for i in nodes.indices {
      figures.add(
        "record of \(nodes[i])", documents[i],
        "{ \(nodes[i]) | data \(decimals(values[i], 4)) | grad \(decimals(gradient[i], 4)) }")
    }
    result.figures += figures.figures
    result.remarks = [
      "the document draws L before backward(): there every grad is 0.0000",
      "the picture: difftool explain 'a*b+c' --at a=2,b=-3,c=10 --dot",
    ]
    return result
  }
}

/// c = a + b, d = a + b·b³, e = c - d, g = e²; the inputs are a, b and what is added to c, d and e.
private struct MadeUpExpression: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    let (a, b) = (x[0], x[1])
    let c = a + b + x[2]
    let d = a + b * (b * b * b) + x[3]
    let e = c - d + x[4]
    return e * e
  }
}

/// d = a·b, L = c + d; the inputs are a, b, c and what is added to d and L.
private struct LabelledGraph: ScalarField {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S {
    let d = x[0] * x[1] + x[3]
    return x[2] + d + x[4]
  }
}
